import { modes, recipients } from '../core/parcel/parcel.ts'
import { numberFacts, parts, stateFacts, uses } from '../core/parcel/state.ts'
import { type Taxa, traitNames } from '../core/parcel/taxa.ts'
import type { Block, NumberTest, PlaceTest } from '../core/require/pack.ts'
import { type Fault, tell } from './fault.ts'
import { type Atlas, placeTable, readMembers } from './sets.ts'
import { goodsArticles, paperKinds } from './situations.ts'
import { findTaxon } from './taxa.ts'
import { asList, asMap, asNumber, asText, asTruth, asWords, checkKeys, type MapNode, type Node, under } from './yaml.ts'

/** What the tests of a block are looked up in. */
export interface BlockContext {
  readonly taxa: Taxa
  readonly atlas: Atlas
  /** By number of a place: 2 inside the pack's union, 0 outside, 1 partly. */
  readonly union: readonly number[]
  readonly faults: Fault[]
}

const keys = [
  'taxa',
  'not-taxa',
  'named',
  'traits',
  'articles',
  'not-articles',
  'parts',
  'not-parts',
  'state',
  'numbers',
  'uses',
  'origin',
  'dispatch',
  'origin-or-dispatch',
  'route',
  're-exported',
  'destination',
  'by',
  'recipient',
  'months',
  'claimed',
  'unknown',
]

/** Reads a block of tests. `why` is asked for where the block says how a text can be read. */
export function readBlock(node: Node, what: 'when' | 'unless' | 'doubt', context: BlockContext): Block {
  const { faults } = context
  const map = asMap(node, what, faults)
  if (map === null) return {}
  checkKeys(map, what === 'doubt' ? ['why'] : [], keys, faults)
  if (what === 'unless' && map.entries.size === 0)
    tell(faults, map, 'An empty block in "unless" always holds. Write a test or drop it.')
  const list = <T extends string>(key: string, known: readonly T[]): T[] | null =>
    under(map, key, (one, name) => asWords(one, name, known, faults), faults)
  return dropNulls({
    taxa: taxaUnder(map, 'taxa', context),
    notTaxa: taxaUnder(map, 'not-taxa', context),
    named: under(map, 'named', asTruth, faults),
    traits: list('traits', traitNames),
    articles: list('articles', goodsArticles),
    notArticles: list('not-articles', goodsArticles),
    parts: list('parts', parts),
    notParts: list('not-parts', parts),
    state: under(map, 'state', readState, faults),
    numbers: under(map, 'numbers', readNumbers, faults),
    uses: list('uses', uses),
    origin: placeUnder(map, 'origin', context),
    dispatch: placeUnder(map, 'dispatch', context),
    originOrDispatch: placeUnder(map, 'origin-or-dispatch', context),
    reExported: under(map, 're-exported', asTruth, faults),
    route: placeUnder(map, 'route', context),
    destination: placeUnder(map, 'destination', context),
    by: list('by', modes),
    recipient: list('recipient', recipients),
    months: under(map, 'months', readMonths, faults),
    claimed: list('claimed', paperKinds),
    unknown: under(map, 'unknown', asText, faults),
    why: under(map, 'why', asText, faults),
  })
}

type Nullable<T> = { [K in keyof T]: T[K] | null }

/** What is not tested is absent. */
function dropNulls(block: Nullable<Required<Block>>): Block {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== null)) as Block
}

function taxaUnder(map: MapNode, key: string, { taxa, faults }: BlockContext): number[] | null {
  const node = map.entries.get(key)
  if (node === undefined) return null
  const found = asList(node, key, faults).flatMap((item) => {
    const name = asText(item, key, faults)
    return name === null ? [] : (findTaxon(taxa, name, item, faults) ?? [])
  })
  return [...new Set(found)]
}

function readState(node: Node, what: string, faults: Fault[]): Required<Block>['state'] | null {
  const map = asMap(node, what, faults)
  if (map === null) return null
  checkKeys(map, [], stateFacts, faults)
  return stateFacts.flatMap((fact) => {
    const value = under(map, fact, asTruth, faults)
    return value === null ? [] : [{ fact, value }]
  })
}

function readNumbers(node: Node, what: string, faults: Fault[]): NumberTest[] | null {
  const map = asMap(node, what, faults)
  if (map === null) return null
  checkKeys(map, [], numberFacts, faults)
  return numberFacts.flatMap((fact) => {
    const limits = under(map, fact, asMap, faults)
    if (limits === null) return []
    checkKeys(limits, [], ['at-least', 'at-most', 'over', 'under'], faults)
    if (limits.entries.size === 0) tell(faults, limits, `"${fact}" needs a limit: at-least, at-most, over or under.`)
    const limit = (key: string): number | null => under(limits, key, asNumber, faults)
    return [{ fact, atLeast: limit('at-least'), atMost: limit('at-most'), over: limit('over'), under: limit('under') }]
  })
}

function readMonths(node: Node, what: string, faults: Fault[]): number[] {
  return asList(node, what, faults).flatMap((item) => {
    const month = asNumber(item, what, faults)
    if (month !== null && Number.isInteger(month) && month >= 1 && month <= 12) return [month]
    if (month !== null) tell(faults, item, `"${month}" is no month. Write 1 to 12.`)
    return []
  })
}

function placeUnder(map: MapNode, key: string, context: BlockContext): PlaceTest | null {
  const node = map.entries.get(key)
  return node === undefined ? null : readPlaceTest(node, key, context)
}

/** Reads `third-country`, `union`, `{ in: [...] }` or `{ not-in: [...] }`. */
export function readPlaceTest(node: Node, what: string, context: BlockContext): PlaceTest | null {
  const { atlas, union, faults } = context
  if (node.kind === 'plain') {
    if (node.value === 'third-country') return { table: union.map((value) => 2 - value), thirdCountry: true }
    if (node.value === 'union') return { table: [...union], thirdCountry: false, inside: true }
  }
  if (node.kind === 'map' && node.entries.size === 1) {
    checkKeys(node, [], ['in', 'not-in'], faults)
    const [key, list] = [...node.entries][0] as [string, Node]
    const table = placeTable(readMembers(list, `${what}: ${key}`, atlas, faults), atlas.places)
    if (key === 'in') return { table, thirdCountry: !table.some((value, place) => value > 0 && union[place] === 2) }
    return { table: outsideOf(table, what === 'destination' ? [] : union), thirdCountry: what !== 'destination' }
  }
  tell(faults, node, `"${what}" must be third-country, union, { in: [places] } or { not-in: [places] }.`)
  return null
}

/** Yes for places in neither table, no for places in one of them, unknown for places that lie on both sides. */
function outsideOf(table: readonly number[], union: readonly number[]): number[] {
  return table.map((value, place) => 2 - Math.max(value, union[place] ?? 0))
}
