import type { Places } from '../core/parcel/places.ts'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import { findCode } from './places.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { asMap, asText, asTexts, checkKeys, type MapNode, type Node, readYaml } from './yaml.ts'

/** Places that are inside and places that are left out, by number. */
export interface Membership {
  readonly inside: ReadonlySet<number>
  readonly outside: ReadonlySet<number>
}

/** Sets of places by name. */
export type Sets = ReadonlyMap<string, Membership>

/** What a member of a list of places is looked up in. */
export interface Atlas {
  readonly places: Places
  readonly sets: Sets
}

interface Draft {
  readonly node: MapNode
  open: boolean
  done: Membership | null
}

/** Reads `places/sets*.yaml`: `NAME: { title, members, except, source }`. Members are places and other sets. */
export function readSets(files: readonly SourceFile[], places: Places, faults: Fault[]): Sets {
  const drafts = new Map<string, Draft>()
  for (const file of filesLike(files, /^places\/sets[^/]*\.yaml$/)) addDrafts(file, drafts, faults)
  const sets = new Map<string, Membership>()
  for (const name of drafts.keys()) sets.set(name, resolve(name, drafts, places, faults))
  return sets
}

function addDrafts(file: SourceFile, drafts: Map<string, Draft>, faults: Fault[]): void {
  const root = readYaml(file, faults)
  const map = root === null ? null : asMap(root, 'the file', faults)
  for (const [name, entry] of map?.entries ?? []) {
    const node = asMap(entry, name, faults)
    if (!/^[A-Z][A-Z0-9_]{2,}$/.test(name))
      tell(faults, entry, `"${name}" is no name of a set. Write capitals, digits and _.`)
    if (node === null) continue
    if (drafts.has(name)) tell(faults, entry, `The set "${name}" is there already. Keep one.`)
    checkKeys(node, ['title', 'members'], ['except', 'source', 'note', 'read', 'unverified'], faults)
    drafts.set(name, { node, open: false, done: null })
  }
}

function resolve(name: string, drafts: ReadonlyMap<string, Draft>, places: Places, faults: Fault[]): Membership {
  const draft = drafts.get(name) as Draft
  if (draft.done !== null) return draft.done
  if (draft.open) {
    tell(faults, draft.node, `The set "${name}" is a member of itself. Take it out.`)
    return { inside: new Set(), outside: new Set() }
  }
  draft.open = true
  const lookUp = (member: string, spot: Spot): Membership | null => {
    if (drafts.has(member)) return resolve(member, drafts, places, faults)
    return memberOf(member, { places, sets: new Map() }, [...drafts.keys()], { spot, faults })
  }
  draft.done = joinMembers(
    membersUnder(draft.node, 'members', faults),
    membersUnder(draft.node, 'except', faults),
    lookUp,
  )
  return draft.done
}

function membersUnder(node: MapNode, key: string, faults: Fault[]): Member[] {
  const list = node.entries.get(key)
  return list === undefined ? [] : membersIn(list, key, faults)
}

/** A member of a list of places as it is written. */
interface Member {
  readonly name: string
  readonly spot: Spot
}

function membersIn(list: Node, key: string, faults: Fault[]): Member[] {
  if (list.kind !== 'list') {
    asTexts(list, key, faults)
    return []
  }
  return list.items.flatMap((item) => {
    const name = asText(item, key, faults)
    return name === null ? [] : [{ name, spot: item }]
  })
}

/** Sets first, then what is named one by one: the nearer word holds. */
function joinMembers(
  members: readonly Member[],
  except: readonly Member[],
  lookUp: (name: string, spot: Spot) => Membership | null,
): Membership {
  const inside = new Set<number>()
  const outside = new Set<number>()
  const found = members.flatMap(({ name, spot }) => lookUp(name, spot) ?? [])
  for (const one of found) for (const place of one.outside) outside.add(place)
  for (const one of found) for (const place of one.inside) inside.add(place)
  for (const place of inside) outside.delete(place)
  for (const { name, spot } of except) {
    for (const place of lookUp(name, spot)?.inside ?? []) {
      inside.delete(place)
      outside.add(place)
    }
  }
  return { inside, outside }
}

function memberOf(
  name: string,
  { places, sets }: Atlas,
  setNames: readonly string[],
  { spot, faults }: { readonly spot: Spot; readonly faults: Fault[] },
): Membership | null {
  const set = sets.get(name)
  if (set !== undefined) return set
  if (name.length > 2 && !name.includes('-')) {
    tell(
      faults,
      spot,
      `Unknown set of places "${name}".${suggestion(name, setNames)} Write a name of places/sets.yaml or add it there.`,
    )
    return null
  }
  const number = findCode(places, name, spot, faults)
  return number === null ? null : { inside: new Set([number]), outside: new Set() }
}

/** The places that a list of codes and names of sets means. */
export function readMembers(list: Node, what: string, atlas: Atlas, faults: Fault[]): Membership {
  const names = [...atlas.sets.keys()]
  return joinMembers(membersIn(list, what, faults), [], (name, spot) => memberOf(name, atlas, names, { spot, faults }))
}

/**
 * By number of a place: 2 inside, 0 outside, 1 where some part of it is inside and some is not. A part stands where its country stands
 * unless it is named itself.
 */
export function placeTable({ inside, outside }: Membership, { partOf }: Places): number[] {
  const table: number[] = partOf.map((_, place) => (inside.has(place) ? 2 : 0))
  partOf.forEach((country, place) => {
    if (country < 0 || inside.has(place) || outside.has(place)) return
    if (inside.has(country)) table[place] = 2
  })
  partOf.forEach((country, place) => {
    if (country >= 0 && inside.has(place) && !inside.has(country) && !outside.has(country)) table[country] = 1
    // Of a country with an excepted part it is not told which part is meant.
    if (country >= 0 && outside.has(place) && table[country] === 2) table[country] = 1
  })
  return table
}
