import { type Article, isRegulated } from '../parcel/articles.ts'
import type { ListingsOf } from '../parcel/inventories.ts'
import type { ItemLine, Parcel } from '../parcel/parcel.ts'
import { type Part, parts, type State, type Use } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { Finding, NameFound, Thing } from '../recognise/finding.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { RequirementIndex } from '../require/index-requirements.ts'
import type { Measure } from '../require/pack.ts'
import { type LawAnswer, notLoaded, rememberedRequirements } from '../require/requirements.ts'
import { type Situation, situation } from '../require/situation.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'

/** What deciding needs to know. */
export interface Court {
  readonly policy: Policy
  readonly taxa: Taxa
  /** Index of the pack that serves a destination, by number of the place. */
  readonly indexFor: (destination: number) => RequirementIndex | null
  readonly placeOf: (code: string | null) => number
  readonly isReExported: (origin: number, dispatch: number) => boolean | null
  readonly codeOf: (place: number) => string
  readonly nameOf: (place: number) => string
  /** What inventories list, or null where none were imported; nothing is decided by it. */
  readonly listingsOf: ListingsOf | null
  /** Numbers of the parts of a country that law names. */
  readonly partsOf: (place: number) => readonly number[]
  /** Questions already worked out, by what the item may be: parcels of one kind raise the same ones. */
  readonly asked: Map<string, readonly unknown[]>
}

/** A supposition that replaces what is told: how questions are weighed. */
export interface Suppose {
  readonly origin?: number
  readonly dispatch?: number
  readonly destination?: number
  readonly part?: Part
  readonly use?: Use
  readonly by?: Situation['by']
  readonly recipient?: Situation['recipient']
  readonly state?: Partial<State>
  readonly taxa?: readonly number[]
  readonly noNarrower?: boolean
  readonly article?: Article
  /** Kinds of paper that are claimed besides. */
  readonly claimed?: readonly string[]
}

/** Two suppositions as one; of what both suppose, the second. */
export function both(one: Suppose, other: Suppose): Suppose {
  const state = one.state === undefined ? other.state : { ...one.state, ...other.state }
  const claimed = [...(one.claimed ?? []), ...(other.claimed ?? [])]
  return { ...one, ...other, ...(state === undefined ? {} : { state }), ...(claimed.length === 0 ? {} : { claimed }) }
}

/** An article an item may be, followed through the law. */
export interface Candidate {
  readonly thing: number
  readonly article: Article
  readonly probability: number
  readonly proposal: Proposal
  readonly situations: readonly Situation[]
  readonly demands: readonly Demand[]
  readonly exemptions: LawAnswer['exemptions']
  readonly loaded: boolean
  readonly complete: boolean
}

export interface ItemJudgement {
  readonly proposal: Proposal
  readonly candidates: readonly Candidate[]
}

/** One item line, what was found in it, and the day that counts. */
export interface ItemCase {
  readonly line: ItemLine
  readonly finding: Finding
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
}

/** Follows everything an item may be through the law; `suppose` replaces what is told. */
export function judge({ line, finding, parcel, on, court }: ItemCase, suppose: Suppose = {}): ItemJudgement {
  const { policy } = court
  let proposal: Proposal = 'no-objection'
  const candidates: Candidate[] = []
  finding.things.forEach((thing, number) => {
    const own = candidatesOf(thing, number, { line, parcel, on, court, suppose })
    candidates.push(...own)
    proposal = stricter(policy, proposal, weighCandidates(own, policy))
  })
  const told = suppose.article !== undefined
  if (!told && finding.clarity < policy.vague) proposal = stricter(policy, proposal, 'ask')
  if (!told && finding.contradiction) proposal = stricter(policy, proposal, 'ask')
  if (finding.contamination !== null) proposal = stricter(policy, proposal, policy.unmet['contamination'] ?? 'inspect')
  return { proposal, candidates }
}

interface Circumstances {
  readonly line: ItemLine
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
  readonly suppose: Suppose
}

function candidatesOf(thing: Thing, number: number, circumstances: Circumstances): Candidate[] {
  const { suppose, court } = circumstances
  const articles = suppose.article === undefined ? thing.articles : [{ article: suppose.article, probability: 1 }]
  const followed = articles.filter(({ probability }) => probability >= court.policy.consider)
  return followed.map(({ article, probability }) => follow(thing, number, { article, probability }, circumstances))
}

function follow(
  thing: Thing,
  number: number,
  what: { article: Article; probability: number },
  circumstances: Circumstances,
): Candidate {
  const { article } = what
  const { court } = circumstances
  if (!isRegulated(article)) {
    const proposal: Proposal = article === 'none' ? 'no-objection' : 'ask'
    return {
      thing: number,
      ...what,
      proposal,
      situations: [],
      demands: [],
      exemptions: [],
      loaded: true,
      complete: true,
    }
  }
  const situations = situationsOf(thing, article, circumstances)
  const destination = situations[0]?.destination ?? -1
  const index = court.indexFor(destination)
  const answers = situations.map((one) => (index === null ? notLoaded : rememberedRequirements(index, one)))
  const demands = mergeDemands(answers)
  const complete = answers.every((answer) => answer.complete)
  const claimed = situations[0]?.claimed ?? []
  return {
    thing: number,
    ...what,
    proposal: proposalFor({
      demands,
      complete,
      article,
      claimed,
      stage: circumstances.parcel.stage,
      policy: court.policy,
    }),
    situations,
    demands,
    exemptions: [...new Set(answers.flatMap(({ exemptions }) => exemptions))],
    loaded: index !== null && index.pack.layer === 'law',
    complete,
  }
}

/** One situation for each plant named; names that only widen another ("rose" beside Rosa rugosa) add nothing. */
function situationsOf(
  thing: Thing,
  article: Article,
  { line, parcel, on, court, suppose }: Circumstances,
): Situation[] {
  const claimed = parcel.documents.map(({ kind }) => kind as string)
  const groups = suppose.taxa !== undefined ? [suppose.taxa] : distinctNames(thing.names, court.taxa)
  const base = {
    noNarrower: suppose.noNarrower ?? false,
    article,
    state: { ...presumed(thing, court.policy), ...thing.state, ...suppose.state },
    origin: suppose.origin ?? court.placeOf(line.origin),
    dispatch: suppose.dispatch ?? court.placeOf(parcel.route.dispatch),
    reExported: court.isReExported(
      suppose.origin ?? court.placeOf(line.origin),
      suppose.dispatch ?? court.placeOf(parcel.route.dispatch),
    ),
    via: parcel.route.transit.map((code) => court.placeOf(code)).filter((place) => place >= 0),
    destination: suppose.destination ?? court.placeOf(parcel.route.destination),
    by: suppose.by ?? parcel.by,
    recipient: suppose.recipient ?? parcel.recipient,
    on,
    claimed: suppose.claimed === undefined ? claimed : [...claimed, ...suppose.claimed],
  }
  const use = suppose.use ?? thing.use
  return (groups.length === 0 ? [[]] : groups).map((taxa) => {
    const part = suppose.part ?? thing.part ?? (thing.given === true ? null : usualPart(taxa, article, court.taxa))
    return situation({ ...base, taxa, part, ...(use === null ? {} : { use }) })
  })
}

/** What is taken for granted of a thing that words speak of; a situation given by hand (no evidence) presumes nothing. */
function presumed(thing: Thing, policy: Policy): Partial<State> {
  return thing.given === true ? {} : policy.presume
}

/** The part a plant is traded as, where the article leaves it open. */
export function usualPart(taxa: readonly number[], article: Article, known: Taxa): Part | null {
  if (article !== 'fruit-vegetables' && article !== 'bulbs-tubers') return null
  const found = new Set(taxa.map((taxon) => known.parts[taxon] ?? -1))
  const [only] = found
  return found.size === 1 && only !== undefined && only >= 0 ? (parts[only] ?? null) : null
}

/** The plants that names mean, without those that only widen another one. */
export function distinctNames(names: readonly NameFound[], taxa: Taxa): (readonly number[])[] {
  const groups: (readonly number[])[] = []
  for (const { taxa: own } of names) {
    if (groups.some((other) => sameOrWider(own, other, taxa))) continue
    for (let at = groups.length - 1; at >= 0; at -= 1)
      if (sameOrWider(groups[at] as readonly number[], own, taxa)) groups.splice(at, 1)
    groups.push(own)
  }
  return groups
}

/** Whether every taxon of `other` is, or stands under, a taxon of `wide`. */
function sameOrWider(wide: readonly number[], other: readonly number[], taxa: Taxa): boolean {
  return other.every((taxon) => {
    for (let at = taxon, steps = 0; at >= 0 && steps < 32; at = taxa.parents[at] ?? -1, steps += 1)
      if (wide.includes(at)) return true
    return false
  })
}

/** Demands of several plants in one thing: each requirement once, required where it is required for one of them. */
function mergeDemands(answers: readonly LawAnswer[]): readonly Demand[] {
  if (answers.length === 1) return (answers[0] as LawAnswer).demands
  const merged = new Map<string, Demand>()
  for (const demand of answers.flatMap(({ demands }) => demands)) {
    const key = [demand.requirement.id, ...demand.waived].join()
    const before = merged.get(key)
    if (before === undefined || (before.certainty === 'possible' && demand.certainty === 'required'))
      merged.set(key, demand)
  }
  return [...merged.values()]
}

interface Plea {
  readonly demands: readonly Demand[]
  readonly complete: boolean
  readonly article: Article
  readonly claimed: readonly string[]
  readonly stage: Parcel['stage']
  readonly policy: Policy
}

/** The proposal that the law's demands on one article lead to. */
function proposalFor({ demands, complete, article, claimed, stage, policy }: Plea): Proposal {
  let proposal: Proposal = complete ? 'no-objection' : (policy.notLoaded[article] ?? 'ask')
  const held = isHeldForPaper(demands, claimed)
  for (const demand of demands.filter(moves)) {
    if (isBan(demand)) proposal = stricter(policy, proposal, banLeadsTo(demand, claimed, stage, policy))
    else
      for (const { measure } of demand.requirement.measures) {
        if (demand.waived.includes(measure)) continue
        const leadsTo = measureLeadsTo(measure, demand, claimed, policy)
        proposal = stricter(policy, proposal, held ? milder(policy, leadsTo, policy.derogation) : leadsTo)
      }
  }
  return proposal
}

/** Terms of a carrier that may not be the one, or may not reach the goods, are told and move nothing. */
function moves({ requirement, certainty }: Demand): boolean {
  return requirement.branch !== 'carrier' || certainty === 'required'
}

/** Whether every sure prohibition is let off by a paper: the parcel waits for it, and for what is written on it. */
function isHeldForPaper(demands: readonly Demand[], claimed: readonly string[]): boolean {
  const bans = demands.filter((demand) => isBan(demand) && demand.certainty === 'required')
  return bans.length > 0 && bans.every(({ derogation }) => derogation !== null || claimed.includes('authorisation'))
}

function milder(policy: Policy, one: Proposal, other: Proposal): Proposal {
  return severity(policy, one) < severity(policy, other) ? one : other
}

function banLeadsTo(demand: Demand, claimed: readonly string[], stage: Parcel['stage'], policy: Policy): Proposal {
  if (demand.certainty === 'possible') return policy.unmet['possible'] ?? 'ask'
  // What a carrier should not have taken has come all the same: that alone is no reason to refuse it entry.
  if (!isLaw(demand)) return stage === 'pre-departure' ? 'stop-before-dispatch' : (policy.unmet['possible'] ?? 'ask')
  if (demand.derogation !== null || claimed.includes('authorisation')) return policy.derogation
  return stage === 'pre-departure' ? 'stop-before-dispatch' : 'refuse'
}

function measureLeadsTo(measure: Measure, demand: Demand, claimed: readonly string[], policy: Policy): Proposal {
  if (demand.certainty === 'possible') return policy.unmet['possible'] ?? 'ask'
  return isMet(measure, claimed, policy) ? policy.claimed : (policy.unmet[measure] ?? 'inspect')
}

/** Whether a paper that meets the measure is claimed. */
export function isMet(measure: Measure, claimed: readonly string[], policy: Policy): boolean {
  return (policy.meets[measure] ?? []).some((kind) => claimed.includes(kind))
}

/** The strictest proposal that probability bears: in full from `act` on, as a question from `ask` on. */
function weighCandidates(candidates: readonly Candidate[], policy: Policy): Proposal {
  if (candidates.length === 1 && candidates[0]?.proposal === 'no-objection') return 'no-objection'
  for (let at = policy.order.length - 1; at > 0; at -= 1) {
    const share = candidates.reduce(
      (sum, one) => (severity(policy, one.proposal) >= at ? sum + one.probability : sum),
      0,
    )
    if (share >= policy.act) return policy.order[at] as Proposal
  }
  const doubtful = candidates.reduce((sum, one) => (one.proposal === 'no-objection' ? sum : sum + one.probability), 0)
  return doubtful >= policy.ask ? 'ask' : 'no-objection'
}

/** The candidate an item is decided on: of those that weigh enough, the strictest, then the likeliest. */
export function decisive(judgement: ItemJudgement, policy: Policy): Candidate | null {
  const top = judgement.candidates.reduce(
    (most, one) => (isRegulated(one.article) ? Math.max(most, one.probability) : most),
    0,
  )
  const share = judgement.candidates.reduce((sum, one) => (isRegulated(one.article) ? sum + one.probability : sum), 0)
  const least = share >= policy.act ? top * 0.6 : Math.min(policy.act * 0.6, 0.3)
  let best: Candidate | null = null
  for (const one of judgement.candidates) {
    if (!isRegulated(one.article) || one.probability < least) continue
    const rank = best === null ? 1 : severity(policy, one.proposal) - severity(policy, best.proposal)
    if (best === null || rank > 0 || (rank === 0 && one.probability > best.probability)) best = one
  }
  return best ?? likeliest(judgement)
}

function likeliest({ candidates }: ItemJudgement): Candidate | null {
  let best: Candidate | null = null
  for (const one of candidates) if (best === null || one.probability > best.probability) best = one
  return best
}
