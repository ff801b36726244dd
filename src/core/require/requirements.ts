import { articles, isRegulated } from '../parcel/articles.ts'
import { type NumberFact, numberFacts, type StateFact, stateFacts } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import {
  type Descent,
  descent,
  evaluate,
  lineOf,
  missingFacts,
  no,
  originForbids,
  otherLineOf,
  type ReadyRequirement,
  ready,
  unknown,
  type Value,
  yes,
} from './evaluate.ts'
import { type Candidates, narrowed } from './narrow.ts'
import type { Measure, Pack, Requirement } from './pack.ts'
import { articleBit, type Situation, union } from './situation.ts'

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
  /** Number facts that some requirement tests: only these tell two situations apart. */
  readonly tested: readonly NumberFact[]
  /** Answers already given, by situation. */
  readonly answers: Map<string, LawAnswer>
}

/** A requirement that applies or could apply. */
export interface Demand {
  readonly requirement: Requirement
  /** `required`: applies; `possible`: would apply if facts not told were so. */
  readonly certainty: 'required' | 'possible'
  /** Bits of the facts that would settle it. */
  readonly missing: number
  /** A derogation whose stated conditions could hold, for a prohibition that otherwise stands. */
  readonly derogation: Requirement | null
  /** Measures of it that this demand does not ask: an exemption waives them, or they are told in a demand of their own. */
  readonly waived: readonly Measure[]
}

/** What the law of one destination asks of one article. */
export interface LawAnswer {
  readonly demands: readonly Demand[]
  /** Whether a pack for the destination is loaded. */
  readonly loaded: boolean
  /** Whether the pack declares itself complete for this article and these origins. */
  readonly complete: boolean
  /** Exemptions that apply. */
  readonly exemptions: readonly Requirement[]
}

export type Verdict = 'prohibited' | 'partly-prohibited' | 'conditions' | 'no-requirement' | 'not-loaded'

/** Requirements of unnamed plants that are told one by one before the rest is summed up. */
const possibleShown = 8

/** Indexes a pack once; evaluation then touches only requirements that could apply. */
export function indexRequirements(pack: Pack, taxa: Taxa): RequirementIndex {
  const from = descent(taxa)
  const requirements = pack.requirements.map((requirement) => ready(requirement, from))
  const byTaxon = new Map<number, number[]>()
  const below = new Map<number, number[]>()
  const anyTaxon: number[][] = articles.map(() => [])
  const someTaxon: number[][] = articles.map(() => [])
  requirements.forEach((one, at) => {
    const named = one.when.block.taxa
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
  const tested = numberFacts.filter((fact) => pack.requirements.some((one) => testsNumber(one, fact)))
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
    tested,
    answers: new Map(),
  }
}

function testsNumber({ when, unless, doubt }: Requirement, fact: NumberFact): boolean {
  return [when, ...unless, ...doubt].some(({ numbers }) => numbers?.some((test) => test.fact === fact) === true)
}

/** Most taxa and articles whose candidates are kept. */
const candidatesKept = 50_000

/** Most answers that are kept for the next parcel of the same kind. */
const answersKept = 50_000

/** `requirementsFor`, remembering: parcels of one kind ask the same again and again. */
export function rememberedRequirements(index: RequirementIndex, situation: Situation): LawAnswer {
  const key = keyOf(situation, index.tested)
  const known = index.answers.get(key)
  if (known !== undefined) return known
  const answer = requirementsFor(index, situation)
  if (index.answers.size >= answersKept) index.answers.clear()
  index.answers.set(key, answer)
  return answer
}

/** Everything a requirement can test, as one text. */
export function keyOf(situation: Situation, tested: readonly NumberFact[]): string {
  const {
    taxa,
    article,
    part,
    use,
    origin,
    dispatch,
    via,
    destination,
    by,
    recipient,
    on,
    claimed,
    noNarrower,
    state,
  } = situation
  let yes = 0
  let no = 0
  for (let at = 0; at < stateFacts.length; at += 1) {
    const told = state[stateFacts[at] as StateFact]
    if (told === true) yes |= 1 << at
    else if (told === false) no |= 1 << at
  }
  let key = `${taxa.join()}|${article}|${part}|${use}|${origin}|${dispatch}|${destination}|${by}|${recipient}|${on}|${yes}|${no}|${noNarrower}`
  if (via.length > 0) key += `|via ${via.join()}`
  if (claimed.length > 0) key += `|${claimed.join()}`
  for (const fact of tested) key += `|${state[fact]}`
  return key
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

/** Numbers of the requirements that could apply to a taxon (or -1) as an article, in the pack's order. */
function candidatesFor(index: RequirementIndex, taxon: number, article: number): Candidates {
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

interface Found {
  readonly at: number
  readonly value: Value
  readonly missing: number
}

/**
 * What the law asks of an article on its way. All requirements that apply are told, and those that could; exemptions waive
 * the measures they name, derogations are named beside the prohibition they lift.
 */
export function requirementsFor(index: RequirementIndex, situation: Situation): LawAnswer {
  const article = articles.indexOf(situation.article)
  const found: Found[] = []
  if (isRegulated(situation.article)) {
    if (situation.taxa.length === 0) findForUnnamed(index, situation, article, found)
    else if (situation.taxa.length === 1) {
      const candidates = candidatesFor(index, situation.taxa[0] as number, article)
      findAll(index, narrowed(candidates, situation, index), situation, found)
    } else {
      const numbers = new Set(situation.taxa.flatMap((taxon) => [...candidatesFor(index, taxon, article).numbers]))
      const sorted = [...numbers].sort((one, other) => one - other)
      findAll(index, { numbers: sorted, relations: [], between: none }, situation, found)
    }
  }
  return combine(index, situation, found)
}

/** No lists between places: of these candidates none are made. */
const none: Candidates['between'] = new Map()

function findAll(index: RequirementIndex, candidates: Candidates, situation: Situation, found: Found[]): void {
  const { numbers, relations } = candidates
  for (let position = 0; position < numbers.length; position += 1) {
    const at = numbers[position] as number
    const one = index.requirements[at] as ReadyRequirement
    if (originForbids(one, situation)) continue
    const value = evaluate(one, situation, index, relations[position] ?? -1)
    if (value !== no) found.push({ at, value, missing: missingFacts() })
  }
}

/** Of requirements that hang on the species of an unnamed plant, the first few are told: prohibitions before the rest. */
function findForUnnamed(index: RequirementIndex, situation: Situation, article: number, found: Found[]): void {
  findAll(index, { numbers: index.anyTaxon[article] ?? [], relations: [], between: none }, situation, found)
  let shown = 0
  for (const at of index.someTaxon[article] ?? []) {
    const one = index.requirements[at] as ReadyRequirement
    // Of a plant that nobody names, terms of carriers on single species would crowd out the law.
    if (one.requirement.kind !== 'requirement' || one.requirement.branch === 'carrier') continue
    if (evaluate(one, situation, index) === no) continue
    found.push({ at, value: unknown, missing: missingFacts() })
    shown += 1
    if (shown === possibleShown) return
  }
}

function combine(index: RequirementIndex, situation: Situation, found: readonly Found[]): LawAnswer {
  const exemptions: Found[] = []
  const derogations: Found[] = []
  for (const one of found) {
    const { requirement } = index.requirements[one.at] as ReadyRequirement
    // What was not read can make an answer stricter, never milder.
    if (requirement.kind === 'exemption' && requirement.source.unverified === null) exemptions.push(one)
    if (requirement.kind === 'derogation' && requirement.source.unverified === null) derogations.push(one)
  }
  const lifting = exemptions.length + derogations.length > 0
  const demands: Demand[] = []
  for (const one of found) {
    const { requirement } = index.requirements[one.at] as ReadyRequirement
    if (requirement.kind !== 'requirement') continue
    // What law waives a carrier may still ask.
    const waivable = lifting && requirement.branch !== 'carrier'
    if (waivable) demands.push(...demandsOf(index, one, { exemptions, derogations }))
    else demands.push(plainDemand(index, one))
  }
  const complete = isComplete(index.pack, situation)
  const spoken = index.expects && (complete || demands.some(isLaw))
  return {
    demands: lawFirst(spoken ? demands.filter(isBinding) : demands),
    loaded: index.pack.layer === 'law',
    complete,
    exemptions:
      exemptions.length === 0
        ? noneExempt
        : exemptions
            .filter(({ value }) => value === yes)
            .map(({ at }) => (index.requirements[at] as ReadyRequirement).requirement),
  }
}

/** The demands of law before all others, in their order. */
function lawFirst(demands: readonly Demand[]): readonly Demand[] {
  if (demands.every(isLaw)) return demands
  return [...demands.filter(isLaw), ...demands.filter((demand) => !isLaw(demand))]
}

/** Whether a demand binds somebody: an expectation does not, and is told only where no law speaks. */
function isBinding({ requirement }: Pick<Demand, 'requirement'>): boolean {
  return requirement.branch !== 'expectation'
}

/** Whether a demand is made by law, not by the terms of a carrier and not by what may be expected. */
export function isLaw({ requirement }: Demand): boolean {
  return requirement.branch !== 'expectation' && requirement.branch !== 'carrier'
}

/** Whether a requirement that applies is sure: what nobody has read, and what is only expected, is not. */
function isSure({ source, branch }: Requirement): boolean {
  return source.unverified === null && branch !== 'expectation'
}

const noneExempt: readonly Requirement[] = []
const nothingWaived: readonly Measure[] = []

/** A demand that nothing lifts: the same one for the same unknown facts, so that what is written of it is written once. */
function plainDemand(index: RequirementIndex, { at, value, missing }: Found): Demand {
  const { requirement, demands } = index.requirements[at] as ReadyRequirement
  const certain = value === yes && isSure(requirement)
  const key = certain ? -1 - missing : missing
  const known = demands.get(key) as Demand | undefined
  if (known !== undefined) return known
  const certainty = certain ? 'required' : 'possible'
  const demand: Demand = { requirement, certainty, missing, derogation: null, waived: nothingWaived }
  demands.set(key, demand)
  return demand
}

/** One demand, or two where an exemption that only could hold names some of its measures: the others stay as sure as they were. */
function demandsOf(
  index: RequirementIndex,
  one: Found,
  { exemptions, derogations }: { readonly exemptions: readonly Found[]; readonly derogations: readonly Found[] },
): readonly Demand[] {
  const { requirement, prohibits } = index.requirements[one.at] as ReadyRequirement
  const { waived, open, missing } = lifted(index, requirement, exemptions)
  const left = requirement.measures.map(({ measure }) => measure).filter((measure) => !waived.includes(measure))
  if (left.length === 0) return []
  const sure = one.value === yes && isSure(requirement)
  const lifting = derogations.find(({ at }) => {
    const { lifts } = (index.requirements[at] as ReadyRequirement).requirement
    return lifts?.requirements.includes(requirement.id) === true
  })
  const derogation = lifting === undefined ? null : (index.requirements[lifting.at] as ReadyRequirement).requirement
  const inDoubt = left.filter((measure) => open.includes(measure))
  const possible: Demand = {
    requirement,
    certainty: sure && inDoubt.length === 0 ? 'required' : 'possible',
    missing: inDoubt.length === 0 ? one.missing : union(one.missing, missing),
    derogation,
    waived,
  }
  if (!sure || prohibits || inDoubt.length === 0 || inDoubt.length === left.length) return [possible]
  const standing = left.filter((measure) => !open.includes(measure))
  return [
    { ...possible, certainty: 'required', missing: one.missing, waived: [...waived, ...inDoubt] },
    { ...possible, waived: [...waived, ...standing] },
  ]
}

/** Measures of a requirement that exemptions waive, those they might waive, and the facts that would settle it. */
function lifted(
  index: RequirementIndex,
  { id, measures }: Requirement,
  exemptions: readonly Found[],
): { readonly waived: readonly Measure[]; readonly open: readonly Measure[]; readonly missing: number } {
  const waived: Measure[] = []
  const open: Measure[] = []
  let missing = 0
  for (const exemption of exemptions) {
    const { lifts } = (index.requirements[exemption.at] as ReadyRequirement).requirement
    if (lifts === null || (lifts.requirements.length > 0 && !lifts.requirements.includes(id))) continue
    const named = measures.map(({ measure }) => measure).filter((measure) => lifts.measures.includes(measure))
    if (named.length === 0) continue
    if (exemption.value === yes) waived.push(...named)
    else {
      open.push(...named)
      missing = union(missing, exemption.missing)
    }
  }
  return { waived, open, missing }
}

/** Articles that are by definition not for planting (ISPM 5). */
const notForPlanting: readonly Situation['article'][] = [
  'grain',
  'fruit-vegetables',
  'cut-flowers-branches',
  'dried-plant-product',
]

/** Complete where the pack covers the article for every side that origin and dispatch may be on. */
function isComplete(pack: Pack, { article, use, origin, dispatch, on }: Situation): boolean {
  // What is for the table or the vase and is planted after all is another article, whose law this coverage does not speak of.
  if (use === 'planting' && notForPlanting.includes(article)) return false
  const outside = covers(pack, article, 'third-country', on)
  if (origin < 0) return outside && (isOutside(pack, dispatch) || covers(pack, article, 'union', on))
  const sides = [origin, dispatch].filter((place) => place >= 0)
  return sides.every((place) => (isOutside(pack, place) ? outside : covers(pack, article, 'union', on)))
}

function covers(
  { coverage }: Pack,
  article: Situation['article'],
  origins: 'third-country' | 'union',
  on: string,
): boolean {
  return coverage.some(
    (part) =>
      (part.origins === 'any' || part.origins === origins) &&
      part.articles.includes(article) &&
      (on === '' || on >= part.from),
  )
}

function isOutside({ union }: Pack, place: number): boolean {
  return place >= 0 && (union[place] ?? no) !== yes
}

/** An answer where no pack for the destination is loaded. */
export const notLoaded: LawAnswer = { demands: [], loaded: false, complete: false, exemptions: [] }

/** One word for what the law says: terms of carriers are told beside it and change it only where they are sure and the law asks nothing. */
export function verdictOf(answer: LawAnswer): Verdict {
  if (!answer.loaded) return 'not-loaded'
  const law = answer.demands.filter(isLaw)
  const bans = law.filter(
    (demand) => isBan(demand) && !(demand.requirement.contamination && demand.certainty === 'possible'),
  )
  if (bans.some(({ certainty, derogation }) => certainty === 'required' && derogation === null)) return 'prohibited'
  if (bans.length > 0) return 'partly-prohibited'
  if (law.length > 0) return 'conditions'
  if (!answer.complete) return 'not-loaded'
  return answer.demands.some(({ certainty }) => certainty === 'required') ? 'conditions' : 'no-requirement'
}

/** Whether a demand is a prohibition. */
export function isBan({ requirement: { measures } }: Demand): boolean {
  for (let at = 0; at < measures.length; at += 1) if (measures[at]?.measure === 'prohibited') return true
  return false
}
