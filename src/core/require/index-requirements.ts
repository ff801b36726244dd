import { articles } from '../parcel/articles.ts'
import type { Taxa } from '../parcel/taxa.ts'
import { isBinding } from './demands.ts'
import { type Descent, descent, lineOf, otherLineOf } from './descent.ts'
import type { Candidates } from './narrow.ts'
import { type Bands, bandsOf } from './number-bands.ts'
import type { Pack } from './pack.ts'
import { type ReadyRequirement, ready } from './ready.ts'
import type { LawAnswer } from './requirements.ts'
import { articleBit } from './situation.ts'
import { type SituationMemory, situationMemory } from './situation-memory.ts'
import { type Value, yes } from './value.ts'

/** A pack with its requirements found by taxon and article, never scanned. */
export interface RequirementIndex {
  readonly pack: Pack
  readonly from: Descent
  readonly requirements: readonly ReadyRequirement[]
  readonly byId: ReadonlyMap<string, number>
  /** Requirements that name the taxon itself. */
  readonly byTaxon: ReadonlyMap<number, readonly number[]>
  /** Requirements that name a taxon below it. */
  readonly below: ReadonlyMap<number, readonly number[]>
  /** Requirements that name no taxon, by number of the article. */
  readonly anyTaxon: readonly (readonly number[])[]
  /** Requirements that name taxa, by number of the article: prohibitions first. */
  readonly someTaxon: readonly (readonly number[])[]
  readonly candidates: Map<number, Candidates>
  /** Whether some of it is only expected, and is left out where law speaks. */
  readonly expects: boolean
  /** Limits that requirements set to numbers: only these tell two amounts apart. */
  readonly bands: Bands
  /** Answers already given. */
  readonly answers: SituationMemory<LawAnswer>
}

/** Indexes a pack once; evaluation then touches only requirements that could apply. */
export function indexRequirements(pack: Pack, taxa: Taxa): RequirementIndex {
  const from = descent(taxa)
  const requirements = pack.requirements.map((requirement) => ready(requirement, from))
  const byTaxon = new Map<number, number[]>()
  const below = new Map<number, number[]>()
  const anyTaxon: number[][] = articles.map(() => [])
  const someTaxon: number[][] = articles.map(() => [])
  requirements.forEach((one, at) => {
    const named = one.requirement.when.taxa
    articles.forEach((article, number) => {
      if (one.when.articles !== 0 && (one.when.articles & articleBit(article)) === 0) return
      ;(named === undefined ? anyTaxon : someTaxon)[number]?.push(at)
    })
    for (const taxon of new Set(named ?? [])) add(byTaxon, taxon, at)
    const above = new Set((named ?? []).flatMap((taxon) => lineOf(from, taxon).slice(1)))
    for (const taxon of above) add(below, taxon, at)
  })
  for (const list of someTaxon)
    list.sort((one, other) => rank(requirements, one) - rank(requirements, other) || one - other)
  const byId = new Map(requirements.map(({ requirement }, at) => [requirement.id, at]))
  const bands = bandsOf(pack)
  return {
    pack,
    from,
    requirements,
    byId,
    byTaxon,
    below,
    anyTaxon,
    someTaxon,
    candidates: new Map(),
    expects: pack.requirements.some((one) => !isBinding({ requirement: one })),
    bands,
    answers: situationMemory(bands),
  }
}

function add(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

function rank(requirements: readonly ReadyRequirement[], at: number): number {
  const one = requirements[at] as ReadyRequirement
  return one.requirement.kind !== 'requirement' ? 0 : one.prohibits ? 1 : 2
}

/** Most taxa and articles whose candidates are kept. */
const candidatesKept = 50_000

/** Numbers of the requirements that could apply to a taxon (or -1) as an article, in the pack's order. */
export function candidatesFor(index: RequirementIndex, taxon: number, article: number): Candidates {
  const key = (taxon + 1) * 32 + article
  const known = index.candidates.get(key)
  if (known !== undefined) return known
  const found = new Map<number, Value | -1>()
  for (const at of index.anyTaxon[article] ?? []) found.set(at, -1)
  const wanted = 1 << article
  const addAll = (list: readonly number[] | undefined, relation: Value | -1): void => {
    for (const at of list ?? []) {
      const { when } = index.requirements[at] as ReadyRequirement
      if (when.articles === 0 || (when.articles & wanted) !== 0) {
        if (!found.has(at)) found.set(at, relation)
      }
    }
  }
  for (const at of lineOf(index.from, taxon)) addAll(index.byTaxon.get(at), yes)
  for (const at of otherLineOf(index.from, taxon)) addAll(index.byTaxon.get(at), -1)
  addAll(index.below.get(taxon), -1)
  const numbers = [...found.keys()].sort((one, other) => one - other)
  const relations = numbers.map((at) => found.get(at) as Value | -1)
  const candidates: Candidates = { numbers, relations, between: new Map() }
  if (index.candidates.size >= candidatesKept) index.candidates.clear()
  index.candidates.set(key, candidates)
  return candidates
}
