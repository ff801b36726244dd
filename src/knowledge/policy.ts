import { partyRoles } from '../core/act/case/party-roles.ts'
import { type Policy, type Proposal, proposals, silentChecks } from '../core/decide/policy.ts'
import { numberFacts, type StateFact, stateFacts } from '../core/parcel/state.ts'
import { findTaxon, type Taxa } from '../core/parcel/taxa.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import { modelUses } from '../core/recognise/model.ts'
import type { UnitWords } from '../core/recognise/numbers.ts'
import { measures } from '../core/require/pack.ts'
import { type Fault, tell } from './fault.ts'
import { asChecks } from './policy-checks.ts'
import { goodsArticles, paperKinds } from './situations.ts'
import { filesLike, type SourceFile } from './sources.ts'
import {
  asMap,
  asNumber,
  asOneOf,
  asTexts,
  asTruth,
  asWords,
  checkKeys,
  type MapNode,
  type Node,
  readYaml,
  under,
} from './yaml.ts'

const keys = [
  'order',
  'act',
  'ask',
  'consider',
  'vague',
  'unmet',
  'claimed',
  'derogation',
  'notLoaded',
  'meets',
  'questions',
  'askWhom',
  'weights',
  'units',
  'ingredientKinds',
] as const

/** A prohibition is never met by a paper: where it leads stands in the code of deciding. */
const unmetKeys = [...measures.filter((measure) => measure !== 'prohibited'), 'possible', 'contamination']

/** Reads `policy/*.yaml`, whose keys add up to one policy. What happens after a proposal stands apart, in `act.yaml`. */
export function readPolicy(files: readonly SourceFile[], taxa: Taxa, faults: Fault[]): Policy {
  const map = joinedFiles(filesLike(files, /^policy\/(?!act\.)[^/]+\.yaml$/), faults)
  const share = (key: string): number => under(map, key, asShare, faults) ?? 0
  const proposal = (key: string): Proposal => under(map, key, asProposal, faults) ?? 'ask'
  const numbers = (key: string): Record<string, number> =>
    under(map, key, (node, what) => mapOf(node, what, asNumber, faults), faults) ?? {}
  return {
    order: under(map, 'order', asOrder, faults) ?? proposals,
    act: share('act'),
    ask: share('ask'),
    consider: share('consider'),
    vague: share('vague'),
    unmet: proposalsUnder(map, 'unmet', unmetKeys, faults),
    claimed: proposal('claimed'),
    derogation: proposal('derogation'),
    notLoaded: proposalsUnder(map, 'notLoaded', goodsArticles, faults),
    presume: under(map, 'presume', asPresumed, faults) ?? {},
    meets: under(map, 'meets', asMeets, faults) ?? {},
    questions: under(map, 'questions', asNumber, faults) ?? 0,
    askWhom: under(map, 'askWhom', (node, what) => mapOf(node, what, asParties, faults), faults) ?? {},
    weights: numbers('weights'),
    model: under(map, 'model', (node, what) => asOneOf(node, what, modelUses, faults), faults) ?? 'off',
    units: under(map, 'units', asUnits, faults) ?? {},
    ingredientKinds: under(map, 'ingredientKinds', asGoodsKinds, faults) ?? [],
    scents: under(map, 'scents', (node, what) => asTaxonNames(node, what, taxa, faults), faults) ?? [],
    soiledKinds: under(map, 'soiledKinds', asGoodsKinds, faults) ?? [],
    collectives: under(map, 'collectives', asTexts, faults) ?? [],
    currencies: numbers('currencies'),
    lesserWords: under(map, 'lesserWords', asTexts, faults) ?? [],
    checks: under(map, 'checks', asChecks, faults) ?? silentChecks,
  }
}

function asTaxonNames(node: Node, what: string, taxa: Taxa, faults: Fault[]): string[] | null {
  const names = asTexts(node, what, faults)
  for (const name of names ?? [])
    if (findTaxon(taxa, name) < 0)
      tell(faults, node, `"${name}" under "${what}" is no taxon. Add it to taxa/, or drop it.`)
  return names === null ? null : [...names]
}

function joinedFiles(files: readonly SourceFile[], faults: Fault[]): MapNode {
  const file = files[0]?.shown ?? 'knowledge/policy'
  const joined = { kind: 'map' as const, file, line: 1, entries: new Map<string, Node>(), keys: new Map() }
  for (const one of files) {
    const root = readYaml(one, faults)
    const map = root === null ? null : asMap(root, 'the file', faults)
    for (const [key, node] of map?.entries ?? []) {
      if (joined.entries.has(key)) tell(faults, node, `"${key}" stands in another file of policy/ already. Keep one.`)
      joined.entries.set(key, node)
      joined.keys.set(key, map?.keys.get(key))
    }
  }
  checkKeys(
    joined,
    keys,
    ['presume', 'soiledKinds', 'collectives', 'scents', 'currencies', 'lesserWords', 'model', 'checks'],
    faults,
  )
  return joined
}

/** Facts of state taken for granted, each true or false. */
function asPresumed(node: Node, what: string, faults: Fault[]): Partial<Record<StateFact, boolean>> {
  const map = asMap(node, what, faults)
  if (map === null) return {}
  checkKeys(map, [], stateFacts, faults)
  const presumed: Partial<Record<StateFact, boolean>> = {}
  for (const fact of stateFacts) {
    const value = under(map, fact, asTruth, faults)
    if (value !== null) presumed[fact] = value
  }
  return presumed
}

function asShare(node: Node, what: string, faults: Fault[]): number | null {
  const share = asNumber(node, what, faults)
  if (share !== null && (share < 0 || share > 1))
    tell(faults, node, `"${what}" is a share from 0 to 1, here is ${share}.`)
  return share
}

function asProposal(node: Node, what: string, faults: Fault[]): Proposal | null {
  return asOneOf(node, what, proposals, faults)
}

function asOrder(node: Node, what: string, faults: Fault[]): readonly Proposal[] {
  const order = asWords(node, what, proposals, faults)
  if (order.length === proposals.length && new Set(order).size === proposals.length) return order
  tell(faults, node, `"order" names each proposal once: ${proposals.join(', ')}.`)
  return proposals
}

function mapOf<T>(
  node: Node,
  what: string,
  as: (node: Node, what: string, faults: Fault[]) => T | null,
  faults: Fault[],
): Record<string, T> {
  const map = asMap(node, what, faults)
  return Object.fromEntries(
    [...(map?.entries ?? [])].flatMap(([key, value]) => {
      const read = as(value, `${what}: ${key}`, faults)
      return read === null ? [] : [[key, read]]
    }),
  )
}

/** Every key must be there: what is not said would be decided by chance. */
function proposalsUnder(
  map: MapNode,
  key: string,
  known: readonly string[],
  faults: Fault[],
): Record<string, Proposal> {
  const block = under(map, key, asMap, faults)
  if (block === null) return {}
  checkKeys(block, known, [], faults)
  return mapOf(block, key, asProposal, faults)
}

function asParties(node: Node, what: string, faults: Fault[]): string[] {
  return asWords(node, what, partyRoles, faults)
}

function asGoodsKinds(node: Node, what: string, faults: Fault[]): string[] {
  return asWords(node, what, conceptValues.goods, faults)
}

function asMeets(node: Node, what: string, faults: Fault[]): Record<string, string[]> {
  if (node.kind === 'map') checkKeys(node, [], measures, faults)
  return mapOf(node, what, (one, key) => asWords(one, key, paperKinds, faults), faults)
}

function asUnits(node: Node, what: string, faults: Fault[]): UnitWords {
  return mapOf(node, what, readUnit, faults)
}

function readUnit(node: Node, what: string, faults: Fault[]): UnitWords[string] | null {
  const unit = asMap(node, what, faults)
  if (unit === null) return null
  checkKeys(unit, ['fact', 'times'], [], faults)
  const fact = under(unit, 'fact', (one, key) => asOneOf(one, key, [...numberFacts, 'length'] as const, faults), faults)
  const times = under(unit, 'times', asNumber, faults)
  return fact === null || times === null ? null : { fact, times }
}
