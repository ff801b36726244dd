import type { Problem } from '../parcel/parcel.ts'
import { type Raw, shown } from './raw.ts'

/** Most misspelt fields that one record is told of. */
const mostTold = 20

/** Whether an object has any field that is not known: most have none, and are not looked at more closely. */
export function hasUnknown(object: Raw, known: ReadonlySet<string>): boolean {
  for (const field in object) if (!known.has(field)) return true
  return false
}

/**
 * Tells fields of an object that are not known but look like a misspelt known one; all others that are not known are nobody's
 * business and are dropped without a word. `at` is the path of the object, empty for the record.
 */
export function tellUnknown(object: Raw, known: ReadonlySet<string>, at: string, problems: Problem[]): void {
  if (!hasUnknown(object, known)) return
  for (const field in object) {
    if (known.has(field) || problems.length >= mostTold) continue
    const meant = misspelt(field, known)
    if (meant === null || object[meant] !== undefined) continue
    const path = at === '' ? meant : `${at}.${meant}`
    problems.push({ kind: 'field-misspelt', at: path, facts: { found: shown(field), meant } })
  }
}

/** The known field that a name is meant for: other case or joints (`origin_country`), or a letter or two amiss; else null. */
function misspelt(field: string, known: ReadonlySet<string>): string | null {
  if (field.length < 2 || field.length > 40) return null
  const bare = joined(field)
  for (const [own, name] of joinedNames(known)) {
    if (own === bare) return name
    const allowed = own.length < 5 ? 0 : own.length < 9 ? 1 : 2
    if (allowed > 0 && Math.abs(own.length - bare.length) <= allowed && distance(own, bare) <= allowed) return name
  }
  return null
}

const joinedOf = new WeakMap<ReadonlySet<string>, readonly (readonly [string, string])[]>()

function joinedNames(known: ReadonlySet<string>): readonly (readonly [string, string])[] {
  const before = joinedOf.get(known)
  if (before !== undefined) return before
  const made = [...known].map((name) => [joined(name), name] as const)
  joinedOf.set(known, made)
  return made
}

function joined(name: string): string {
  return name.replace(/[_\s-]/g, '').toLowerCase()
}

/** Letters to change, add, take away or swap with a neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let [before, last, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at), [] as number[]]
  for (let at = 1; at <= one.length; at += 1) {
    row = [at]
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1
      let least = Math.min((last[to] as number) + 1, (row[to - 1] as number) + 1, (last[to - 1] as number) + same)
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1])
        least = Math.min(least, (before[to - 2] as number) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[other.length] as number
}
