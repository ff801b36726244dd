import { kindOf, space } from '../fold.ts'
import { childOf, type Lexicon, termAtNode } from '../lexicon.ts'

/** One typing error put right: the folded units `from .. to` stand for `letters`. */
export interface Mend {
  readonly from: number
  readonly to: number
  readonly letters: readonly number[]
}

/** Most letters of a text that is read as misspelt. */
export const longestMended = 80

/**
 * Ways to read folded units as a whole term of the vocabulary by putting one typing error right: a letter or blank dropped,
 * added, replaced or swapped with its neighbour. None for a text that is a term as it stands.
 */
export function nearTerms({ nodes, classOf }: Lexicon, units: Uint16Array, length: number): Mend[] {
  if (length > longestMended) return []
  const found: Mend[] = []
  const alphabet = alphabetOf(classOf, units, length)
  const step = (node: number, unit: number): number => childOf(nodes, node, classOf[unit] as number)
  const ends = (node: number, from: number): boolean => {
    let last = node
    for (let at = from; at < length && last >= 0; at += 1) last = step(last, units[at] as number)
    return last >= 0 && termAtNode(nodes, last) >= 0
  }
  if (ends(0, 0)) return []
  let node = 0
  for (let at = 0; at <= length && node >= 0; at += 1) {
    const unit = at < length ? (units[at] as number) : -1
    const before = at > 0 ? (units[at - 1] as number) : -1
    if (unit >= 0 && unit !== before && ends(node, at + 1)) found.push({ from: at, to: at + 1, letters: [] })
    for (const letter of alphabet) {
      const next = step(node, letter)
      if (next < 0) continue
      if (unit >= 0 && letter !== unit && ends(next, at + 1)) found.push({ from: at, to: at + 1, letters: [letter] })
      if (letter !== before && ends(next, at)) found.push({ from: at, to: at, letters: [letter] })
    }
    if (unit < 0) break
    const other = at + 1 < length ? (units[at + 1] as number) : unit
    const swapped = other === unit ? -1 : step(node, other)
    const both = swapped < 0 ? -1 : step(swapped, unit)
    if (both >= 0 && ends(both, at + 2)) found.push({ from: at, to: at + 2, letters: [other, unit] })
    node = step(node, unit)
  }
  return found
}

/** The blank, and the letters of the scripts of a text; scripts without blanks are typed in other ways. */
function alphabetOf(classOf: Uint16Array, units: Uint16Array, length: number): readonly number[] {
  const letters = new Set<number>([space])
  for (let at = 0; at < length; at += 1) {
    const unit = units[at] as number
    if (kindOf(unit) !== 1 || letters.has(unit)) continue
    const first = unit & ~127
    for (let letter = first; letter < first + 128; letter += 1)
      if (classOf[letter] !== 0 && kindOf(letter) === 1) letters.add(letter)
  }
  return [...letters]
}
