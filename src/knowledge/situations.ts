import { type Article, articles } from '../core/parcel/articles.ts'
import { modes, recipients } from '../core/parcel/parcel.ts'
import { numberFacts, type Part, parts, type State, stateFacts, uses } from '../core/parcel/state.ts'
import type { Taxa } from '../core/parcel/taxa.ts'
import type { Situation } from '../core/require/situation.ts'
import type { Fault } from './fault.ts'
import { findCode } from './places.ts'
import type { Atlas } from './sets.ts'
import { findTaxon } from './taxa.ts'
import {
  asDay,
  asMap,
  asNumber,
  asOneOf,
  asText,
  asTexts,
  asTruth,
  asWords,
  checkKeys,
  type MapNode,
  type Node,
  under,
} from './yaml.ts'

/** Kinds of paper that can be claimed. */
export const paperKinds = [
  'phytosanitary-certificate',
  're-export-certificate',
  'import-permit',
  'authorisation',
  'plant-passport',
  'other',
] as const

/** Articles that goods can be; `none` and `unclear` are answers, not goods. */
export const goodsArticles: readonly Article[] = articles.filter(
  (article) => article !== 'none' && article !== 'unclear',
)

export const expectations = ['applies', 'possible', 'does-not-apply'] as const
export type Expectation = (typeof expectations)[number]

/** An example of a requirement: a situation and what the requirement makes of it. */
export interface Example {
  readonly file: string
  readonly line: number
  readonly requirement: string
  readonly goods: string
  readonly given: Partial<Omit<Situation, 'state'>> & { readonly article: Article; readonly state: Partial<State> }
  readonly expect: Expectation
}

/** What an example's words are looked up in. */
export interface ExampleContext {
  readonly taxa: Taxa
  readonly atlas: Atlas
  readonly faults: Fault[]
}

const optionalKeys = [
  'taxon',
  'part',
  'origin',
  'dispatch',
  'via',
  'state',
  'numbers',
  'use',
  'by',
  'recipient',
  'on',
  'quantity',
  'claimed',
]

/** Reads one example; null after faults. */
export function readExample(node: Node, requirement: string, context: ExampleContext): Example | null {
  const { faults } = context
  const before = faults.length
  const map = asMap(node, 'examples', faults)
  if (map === null) return null
  checkKeys(map, ['goods', 'article', 'to', 'expect'], optionalKeys, faults)
  const word = <T extends string>(key: string, known: readonly T[]): T | null =>
    under(map, key, (one, what) => asOneOf(one, what, known, faults), faults)
  const article = word('article', goodsArticles)
  const expect = word('expect', expectations)
  const given = {
    taxa: taxaUnder(map, context),
    part: word<Part>('part', parts),
    by: word('by', modes),
    recipient: word('recipient', recipients),
    on: under(map, 'on', asDay, faults) ?? '',
    claimed: wordsUnder(map, 'claimed', context),
    ...placesUnder(map, context),
    via: viaUnder(map, context),
    state: { ...stateUnder(map, faults), ...numbersUnder(map, faults) },
  }
  const use = word('use', uses)
  if (article === null || expect === null || faults.length > before) return null
  const goods = under(map, 'goods', asText, faults) ?? ''
  const { file, line } = map
  return { file, line, requirement, goods, given: { ...given, ...(use === null ? {} : { use }), article }, expect }
}

function taxaUnder(map: MapNode, { taxa, faults }: ExampleContext): number[] {
  const node = map.entries.get('taxon')
  if (node === undefined) return []
  return (node.kind === 'list' ? node.items : [node]).flatMap((item) => {
    const name = asText(item, 'taxon', faults)
    return name === null ? [] : (findTaxon(taxa, name, item, faults) ?? [])
  })
}

function wordsUnder(map: MapNode, key: string, { faults }: ExampleContext): string[] {
  return under(map, key, (node, what) => asWords(node, what, paperKinds, faults), faults) ?? []
}

function placesUnder(map: MapNode, { atlas, faults }: ExampleContext) {
  const place = (key: string): number => {
    const node = map.entries.get(key)
    const code = node === undefined ? null : asText(node, key, faults)
    return node === undefined || code === null ? -1 : (findCode(atlas.places, code, node, faults) ?? -1)
  }
  const dispatch = place('dispatch')
  return { origin: place('origin'), dispatch, destination: place('to') }
}

function viaUnder(map: MapNode, { atlas, faults }: ExampleContext): number[] {
  const codes = under(map, 'via', asTexts, faults) ?? []
  return codes.flatMap((code) => findCode(atlas.places, code, map, faults) ?? [])
}

function stateUnder(map: MapNode, faults: Fault[]): Partial<State> {
  const block = under(map, 'state', asMap, faults)
  if (block === null) return {}
  checkKeys(block, [], stateFacts, faults)
  return Object.fromEntries(
    stateFacts.flatMap((fact) => {
      const value = under(block, fact, asTruth, faults)
      return value === null ? [] : [[fact, value]]
    }),
  )
}

/** `numbers` and `quantity` say the same: facts with their numbers. */
function numbersUnder(map: MapNode, faults: Fault[]): Partial<State> {
  const told: Record<string, number> = {}
  for (const key of ['numbers', 'quantity']) {
    const block = under(map, key, asMap, faults)
    if (block === null) continue
    checkKeys(block, [], numberFacts, faults)
    for (const fact of numberFacts) {
      const value = under(block, fact, asNumber, faults)
      if (value !== null) told[fact] = value
    }
  }
  return told
}
