import { type Article, isRegulated } from '../parcel/articles.ts'
import { type ItemLine, longestDescription, type Parcel } from '../parcel/parcel.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { Demand } from '../require/demands.ts'
import { type LawAnswer, notLoaded, rememberedRequirements } from '../require/requirements.ts'
import type { Situation } from '../require/situation.ts'
import type { Court } from './court.ts'
import { leadsTo } from './leads-to.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'
import { type ItemCase, type Suppose, situationsOf, supposedWay, type ToldItem, tell } from './told.ts'

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
  /** What was told of it; null where it is nothing that law is asked about. */
  readonly told: ToldItem | null
  /** What it rests on besides what is told: `nothingSupposed`, or what was answered. */
  readonly supposed: Suppose
  readonly proposal: Proposal
  readonly candidates: readonly Candidate[]
}

/** No supposition: an item is judged by what is told of it. */
export const nothingSupposed: Suppose = {}

/** Follows everything an item may be through the law. */
export function judge(item: ItemCase): ItemJudgement {
  const { finding, court } = item
  const { consider } = court.policy
  const asksLaw = finding.things.some(({ articles }) =>
    articles.some(({ article, probability }) => probability >= consider && isRegulated(article)),
  )
  return judgeTold(item, asksLaw ? tell(item) : null, nothingSupposed)
}

/** The same with what is told of the item, or null where it is nothing that law is asked about; `suppose` replaces some of it. */
export function judgeTold(item: ItemCase, told: ToldItem | null, suppose: Suppose): ItemJudgement {
  const { finding, parcel, court } = item
  const { policy } = court
  const given = suppose.article === undefined ? null : [{ article: suppose.article, probability: 1 }]
  const way = told === null || suppose === nothingSupposed ? (told?.way ?? null) : supposedWay(told.way, suppose, court)
  const circumstances = { told, way, suppose, court, stage: parcel.stage, taxa: court.taxa }
  let proposal: Proposal = 'no-objection'
  const candidates: Candidate[] = []
  finding.things.forEach((thing, number) => {
    const first = candidates.length
    for (const one of given ?? thing.articles)
      if (one.probability >= policy.consider) candidates.push(follow(number, one, circumstances))
    proposal = stricter(policy, proposal, weighCandidates(first === 0 ? candidates : candidates.slice(first), policy))
  })
  if (given === null && finding.clarity < policy.vague) proposal = stricter(policy, proposal, 'ask')
  if (given === null && finding.contradiction) proposal = stricter(policy, proposal, 'ask')
  if (finding.contamination !== null) proposal = stricter(policy, proposal, policy.unmet['contamination'] ?? 'inspect')
  return { told, supposed: suppose, proposal, candidates }
}

interface Circumstances {
  readonly told: ToldItem | null
  readonly way: ToldItem['way'] | null
  readonly suppose: Suppose
  readonly court: Court
  readonly stage: Parcel['stage']
  readonly taxa: Taxa
}

const noSituations: readonly Situation[] = []
const noDemands: readonly Demand[] = []
const noExemptions: LawAnswer['exemptions'] = []

function follow(
  number: number,
  { article, probability }: { readonly article: Article; readonly probability: number },
  { told, way, suppose, court, stage, taxa }: Circumstances,
): Candidate {
  if (told === null || way === null || !isRegulated(article)) {
    return {
      thing: number,
      article,
      probability,
      proposal: article === 'none' ? 'no-objection' : 'ask',
      situations: noSituations,
      demands: noDemands,
      exemptions: noExemptions,
      loaded: true,
      complete: true,
    }
  }
  const thing = told.things[number] as ToldItem['things'][number]
  const situations = situationsOf(thing, article, { way, suppose, taxa })
  const index = court.indexFor(way.destination)
  const answers = situations.map((one) => (index === null ? notLoaded : rememberedRequirements(index, one)))
  const { demands, exemptions, complete } = together(answers)
  return {
    thing: number,
    article,
    probability,
    proposal: leadsTo({ demands, complete, article, claimed: way.claimed, stage, policy: court.policy }),
    situations,
    demands,
    exemptions,
    loaded: index !== null && index.pack.layer === 'law',
    complete,
  }
}

/** What the law asks of several plants in one thing. */
function together(answers: readonly LawAnswer[]): Pick<LawAnswer, 'demands' | 'exemptions' | 'complete'> {
  if (answers.length === 1) return answers[0] as LawAnswer
  return {
    demands: mergeDemands(answers),
    exemptions: [...new Set(answers.flatMap(({ exemptions }) => exemptions))],
    complete: answers.every((answer) => answer.complete),
  }
}

/** Demands of several plants in one thing: each requirement once, required where it is required for one of them. */
function mergeDemands(answers: readonly LawAnswer[]): readonly Demand[] {
  const merged = new Map<string, Demand>()
  for (const demand of answers.flatMap(({ demands }) => demands)) {
    const key = [demand.requirement.id, ...demand.waived].join()
    const before = merged.get(key)
    if (before === undefined || (before.certainty === 'possible' && demand.certainty === 'required'))
      merged.set(key, demand)
  }
  return [...merged.values()]
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

/** What an item leads to at the least: of a description that is too long to be read whole, no less than a question. */
export function leastOf({ description }: ItemLine, { proposal }: ItemJudgement, policy: Policy): Proposal {
  return description.length > longestDescription ? stricter(policy, proposal, 'ask') : proposal
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
