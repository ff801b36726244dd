import type { Article } from '../parcel/articles.ts'
import type { Parcel } from '../parcel/parcel.ts'
import { type NumberFact, numberFacts, parts, type StateFact, stateFacts, uses } from '../parcel/state.ts'
import type { Finding } from '../recognise/finding.ts'
import { type Demand, isBan } from '../require/demands.ts'
import type { Block, NumberTest, PlaceTest } from '../require/pack.ts'
import { factsOf, type Situation, union } from '../require/situation.ts'
import type { Court } from './court.ts'
import type { Candidate, ItemJudgement } from './item.ts'
import type { Proposal } from './policy.ts'
import type { Suppose } from './told.ts'

/** A supposed answer, as a word list key or a plain value: see `words/`. */
export interface SupposedValue {
  readonly kind: 'place' | 'taxon' | 'word' | 'number'
  readonly value: string
}

/** An answer to try: what it says, and what is then supposed. */
export interface Supposition {
  readonly value: SupposedValue
  readonly suppose: Suppose
}

export interface Asking {
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
  /** The parcel's proposal as things stand, and what all other items lead to. */
  readonly proposal: Proposal
  readonly others: Proposal
}

/** Answers to try for each fact that is not told and on which something hangs. */
export function suppositionsFor(
  finding: Finding,
  judgement: ItemJudgement,
  asking: Asking,
): Map<string, Supposition[]> {
  const found = new Map<string, Supposition[]>()
  const demands = judgement.candidates.flatMap((candidate) => candidate.demands)
  const missing = demands.reduce((set, demand) => union(set, demand.missing), 0)
  const articleQuestion = supposeArticles(finding, judgement, asking)
  if (articleQuestion !== null) found.set(articleQuestion[0], articleQuestion[1])
  if (demands.some((demand) => demand.certainty === 'required' && !isBan(demand))) {
    found.set('certificate', [
      { value: word('certificate.phytosanitary-certificate'), suppose: { claimed: ['phytosanitary-certificate'] } },
    ])
  }
  if (demands.some((demand) => demand.certainty === 'required' && isBan(demand))) {
    found.set('authorisation', [{ value: word('certificate.authorisation'), suppose: { claimed: ['authorisation'] } }])
  }
  const facts = factsOf(missing)
  // Dormant means without leaves, flowers and fruit: one question asks for all of it.
  const asked = facts.includes('dormant')
    ? facts.filter((fact) => fact !== 'leaves' && fact !== 'flowers' && fact !== 'fruit')
    : facts
  for (const [fact, value] of Object.entries(asking.court.policy.presume)) {
    const told = finding.things.some(
      ({ state, given }) => given === true || (state[fact as StateFact] ?? null) !== null,
    )
    if (!told && demands.some(isBan))
      found.set(fact, [
        { value: word(`state.${fact}.${value ? 'no' : 'yes'}`), suppose: { state: { [fact]: !value } } },
      ])
  }
  for (const fact of asked) {
    const suppositions = supposeFact(fact, demands, judgement.candidates, asking.court)
    if (suppositions.length > 0) found.set(fact, suppositions)
  }
  return found
}

function word(value: string): SupposedValue {
  return { kind: 'word', value }
}

/** What the item is: asked where no article is clear, or the text is too vague, and nobody has answered it. */
function supposeArticles(
  finding: Finding,
  judgement: ItemJudgement,
  { court }: Asking,
): [string, Supposition[]] | null {
  if (judgement.supposed.article !== undefined || articleIsClear(finding, judgement, court)) return null
  const suppositions = articlesAsked(judgement).map((article) => ({
    value: word(`article.${article}`),
    suppose: { article },
  }))
  return [finding.clarity < court.policy.vague ? 'description' : 'article', suppositions]
}

/** Whether a line tells clearly enough what it is for nobody to be asked. */
export function articleIsClear({ clarity }: Finding, { candidates }: ItemJudgement, { policy }: Court): boolean {
  const top = candidates.reduce((most, { probability }) => Math.max(most, probability), 0)
  return clarity >= policy.vague && top > 0.9 && candidates.every(({ article }) => article !== 'unclear')
}

/** The articles between which an answer is asked for. */
export function articlesAsked({ candidates }: ItemJudgement): Article[] {
  const likely = candidates.filter(
    ({ article, probability }) => article !== 'unclear' && article !== 'none' && probability >= 0.04,
  )
  const asked = new Set<Article>(['none', ...likely.slice(0, 3).map(({ article }) => article)])
  if (asked.size === 1) asked.add('plants-for-planting').add('seeds')
  return [...asked]
}

function supposeFact(
  fact: string,
  demands: readonly Demand[],
  candidates: readonly Candidate[],
  court: Court,
): Supposition[] {
  if (fact === 'origin' || fact === 'dispatch' || fact === 'destination') {
    const situation = candidates.find(({ situations }) => situations.length > 0)?.situations[0]
    return supposePlaces(fact, demands, { court, situation })
  }
  if (fact === 'taxon') return supposeTaxa(demands, candidates, court)
  if (fact === 'part') return parts.map((part) => ({ value: word(`part.${part}`), suppose: { part } }))
  if (fact === 'use') return uses.map((use) => ({ value: word(`use.${use}`), suppose: { use } }))
  if (fact === 'by')
    return (['post', 'courier', 'luggage', 'cargo'] as const).map((by) => ({
      value: word(`by.${by}`),
      suppose: { by },
    }))
  if (fact === 'recipient') {
    return (['private-person', 'institution', 'trader'] as const).map((recipient) => ({
      value: word(`recipient.${recipient}`),
      suppose: { recipient },
    }))
  }
  if ((stateFacts as readonly string[]).includes(fact)) return supposeState(fact as StateFact)
  return (numberFacts as readonly string[]).includes(fact) ? supposeNumbers(fact as NumberFact, demands) : []
}

/** Dormant plants are asked about as the law means them: without leaves, flowers and fruit. */
export function supposeState(fact: StateFact): Supposition[] {
  const dormant = { dormant: true, leaves: false, flowers: false, fruit: false }
  return [
    { value: word(`state.${fact}.yes`), suppose: { state: fact === 'dormant' ? dormant : { [fact]: true } } },
    { value: word(`state.${fact}.no`), suppose: { state: fact === 'leaves' ? dormant : { [fact]: false } } },
  ]
}

function blocksOf({ requirement }: Demand): readonly Block[] {
  return [requirement.when, ...requirement.unless, ...requirement.doubt]
}

interface Way {
  readonly court: Court
  readonly situation: Situation | undefined
}

/** Places to try for a fact: the parts of a country where it is told but not which part, else one place for each side of a test. */
function supposePlaces(
  fact: 'origin' | 'dispatch' | 'destination',
  demands: readonly Demand[],
  way: Way,
): Supposition[] {
  const { court, situation } = way
  const told = situation?.[fact] ?? -1
  const places = new Set<number>()
  // The country it is sent from is the likeliest answer.
  if (fact === 'origin' && told < 0 && situation !== undefined && situation.dispatch >= 0)
    places.add(situation.dispatch)
  for (const demand of demands) {
    for (const block of blocksOf(demand)) {
      for (const test of testsOf(block, fact)) {
        const tried = told < 0 ? representatives(test) : partsApart(test, court.partsOf(told))
        if (places.size < 6) for (const place of tried) places.add(place)
      }
    }
  }
  return [...places].map((place) => ({
    value: { kind: 'place', value: court.codeOf(place) },
    suppose: { [fact]: place },
  }))
}

function testsOf(block: Block, fact: 'origin' | 'dispatch' | 'destination'): PlaceTest[] {
  const tests =
    fact === 'destination'
      ? [block.destination]
      : [block.originOrDispatch, block.route, fact === 'origin' ? block.origin : block.dispatch]
  return tests.filter((test) => test !== undefined)
}

/** Of the parts of a country one that lies inside a test and one that does not. */
function partsApart(test: PlaceTest, parts: readonly number[]): number[] {
  const inside = parts.find((part) => test.table[part] === 2)
  const outside = parts.find((part) => test.table[part] === 0)
  return [inside, outside].filter((part) => part !== undefined)
}

const representativesOf = new WeakMap<PlaceTest, number[]>()

/** One place inside a test and one outside. */
function representatives(test: PlaceTest): number[] {
  const known = representativesOf.get(test)
  if (known !== undefined) return known
  const list = [test.table.indexOf(2), test.table.indexOf(0)].filter((place) => place >= 0)
  representativesOf.set(test, list)
  return list
}

function supposeTaxa(demands: readonly Demand[], candidates: readonly Candidate[], court: Court): Supposition[] {
  const own = new Set(candidates.flatMap(({ situations }) => situations.flatMap(({ taxa }) => [...taxa])))
  const named = new Set<number>()
  for (const demand of demands) {
    for (const block of blocksOf(demand)) {
      const narrower = (block.taxa ?? []).filter((taxon) => own.size === 0 || standsUnder(taxon, own, court))
      for (const taxon of narrower.slice(0, 2)) if (named.size < 4) named.add(taxon)
    }
  }
  const suppositions: Supposition[] = [...named].map((taxon) => ({
    value: { kind: 'taxon', value: court.taxa.names[taxon] ?? '' },
    suppose: { taxa: [taxon] },
  }))
  for (const taxon of own.size > 1 ? own : [])
    suppositions.push({ value: { kind: 'taxon', value: court.taxa.names[taxon] ?? '' }, suppose: { taxa: [taxon] } })
  const other: Suppose = own.size === 0 ? { taxa: [court.taxa.names.length] } : { noNarrower: true }
  return [...suppositions, { value: word('taxon.other'), suppose: other }]
}

function standsUnder(taxon: number, wide: ReadonlySet<number>, court: Court): boolean {
  for (
    let at = court.taxa.parents[taxon] ?? -1, steps = 0;
    at >= 0 && steps < 32;
    at = court.taxa.parents[at] ?? -1, steps += 1
  ) {
    if (wide.has(at)) return true
  }
  return false
}

/** Values on both sides of each limit that law sets. */
function supposeNumbers(fact: NumberFact, demands: readonly Demand[]): Supposition[] {
  const tests = demands
    .flatMap((demand) => blocksOf(demand).flatMap((block) => block.numbers ?? []))
    .filter((test) => test.fact === fact)
  const values = new Set<number>()
  for (const test of tests.slice(0, 2)) for (const value of aroundLimits(test)) values.add(value)
  return [...values].map((value) => ({
    value: { kind: 'number', value: String(value) },
    suppose: { state: { [fact]: value } },
  }))
}

function aroundLimits({ atLeast, atMost, over, under }: NumberTest): number[] {
  return [atLeast, atMost, over, under].flatMap((limit) =>
    limit === null ? [] : [Math.max(0, limit - 1), limit, limit + 1],
  )
}
