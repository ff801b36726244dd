import type { Court } from '../decide/court.ts'
import { type Decision, decide } from '../decide/decide.ts'
import { type Candidate, judge, judgeTold } from '../decide/item.ts'
import { type Question, questionsFor } from '../decide/questions.ts'
import { tell } from '../decide/told.ts'
import { type Article, isRegulated } from '../parcel/articles.ts'
import type { Parcel } from '../parcel/parcel.ts'
import type { Recogniser } from '../recognise/recognise.ts'
import type { Demand } from '../require/demands.ts'
import type { LawAnswer } from '../require/requirements.ts'
import { verdictOf } from '../require/verdict.ts'
import { type SettledGoods, settleGoods } from './check-goods.ts'
import { type CheckItem, lineOf } from './check-item.ts'

/**
 * What the law answers to a sale, from strictest to mildest. `unattainable`: what is asked cannot be had where the goods grew;
 * `which-goods`: the offer does not tell what is sold; `other-goods`: no article that plant health law speaks of.
 */
export const checkVerdicts = [
  'prohibited',
  'unattainable',
  'which-goods',
  'partly-prohibited',
  'not-loaded',
  'conditions',
  'no-requirement',
  'other-goods',
] as const
export type CheckVerdict = (typeof checkVerdicts)[number]

/** What checking needs: the recogniser and the court of one edition, and the day whose law counts (2026-11-24). */
export interface CheckDesk {
  readonly recognise: Recogniser
  readonly court: Court
  readonly on: string
}

/** What the law of one destination says of the goods. */
export interface DestinationCheck {
  readonly destination: string
  readonly verdict: CheckVerdict
  /** The proposal that a parcel with these goods would meet before its departure, in full: for officers, never for sellers. */
  readonly decision: Decision
  /** Demands on all the goods together. */
  readonly law: LawAnswer
  /** Questions whose answers would change what is asked. */
  readonly questions: readonly Question[]
}

/** A check: what the offer offers, and what each destination says. */
export interface Check {
  readonly item: CheckItem
  readonly goods: SettledGoods
  readonly destinations: readonly DestinationCheck[]
  readonly on: string
}

/**
 * Checks one offer before the sale. What it is, is recognised once; each destination then decides as on a parcel that has not left.
 * `earlier` holds the articles that earlier wordings of the same offer spoke of.
 */
export function checkItem(item: CheckItem, desk: CheckDesk, earlier: readonly Article[] = []): Check {
  const { court, on } = desk
  const found = desk.recognise(lineOf(item))
  const { policy, taxa } = court
  const goods = settleGoods({ finding: found, stated: item.stated, earlier, policy, taxa })
  const destinations = item.destinations.map((destination) => checkDestination({ item, goods, destination, desk }))
  return { item, goods, destinations, on }
}

interface Sale {
  readonly item: CheckItem
  readonly goods: SettledGoods
  readonly destination: string
  readonly desk: CheckDesk
}

function checkDestination({ item, goods, destination, desk }: Sale): DestinationCheck {
  const { court, on } = desk
  const parcel: Parcel = { ...item.parcel, route: { ...item.parcel.route, destination } }
  const { finding } = goods
  const decision = decide(parcel, [finding], on, court)
  const unclear = { destination, verdict: 'which-goods', decision, law: silent, questions: [] } as const
  if (goods.goods === null) return unclear
  const chosen = goods.goods.flatMap(({ thing, article }) => candidateFor({ decision, thing, article, court, on }))
  const law = togetherOf(chosen)
  const judgement = decision.items[0]?.judgement ?? judge({ line: lineOf(item), finding, parcel, on, court })
  const { proposal } = judgement
  const questions = questionsFor(finding, judgement, { parcel, on, court, proposal, others: 'no-objection' })
  const verdict = strictestOf(chosen, finding.contamination !== null)
  // What the law asks nothing of may still be something else, of which it would ask: the parcel would be asked about, and so is the seller.
  if (verdict === 'no-requirement' && item.stated.article === null && decision.proposal !== 'no-objection')
    return unclear
  return { destination, verdict, decision, law, questions }
}

const silent: LawAnswer = { demands: [], loaded: true, complete: true, exemptions: [] }

interface Chosen {
  readonly decision: Decision
  readonly thing: number
  readonly article: Article
  readonly court: Court
  readonly on: string
}

/** The article a thing was settled to be, followed through the law of the destination; none for other goods. */
function candidateFor({ decision, thing, article, court, on }: Chosen): Candidate[] {
  const [item] = decision.items
  if (item === undefined || !isRegulated(article)) return []
  const known = item.judgement.candidates.find((one) => one.thing === thing && one.article === article)
  if (known !== undefined) return [known]
  const { line, finding } = item
  const told = { line, finding, parcel: decision.parcel, on, court }
  const supposed = judgeTold(told, tell(told), { article })
  return supposed.candidates.filter((one) => one.thing === thing)
}

/** What is asked of several goods in one offer: each demand once, as sure as it is for one of them. */
function togetherOf(chosen: readonly Candidate[]): LawAnswer {
  const demands = new Map<string, Demand>()
  for (const demand of chosen.flatMap((one) => one.demands)) {
    const key = [demand.requirement.id, demand.derogation?.id ?? '', ...demand.waived].join()
    if (demands.get(key)?.certainty !== 'required') demands.set(key, demand)
  }
  return {
    demands: [...demands.values()],
    loaded: chosen.every(({ loaded }) => loaded),
    complete: chosen.every(({ complete }) => complete),
    exemptions: [...new Set(chosen.flatMap(({ exemptions }) => exemptions))],
  }
}

function strictestOf(chosen: readonly Candidate[], isSoiled: boolean): CheckVerdict {
  const found = chosen.map(verdictFor)
  // Soil that clings to used goods is no prohibition: the goods are cleaned.
  if (isSoiled) found.push('conditions')
  return checkVerdicts.find((verdict) => found.includes(verdict)) ?? 'other-goods'
}

function verdictFor(candidate: Candidate): CheckVerdict {
  const verdict = verdictOf(candidate)
  const origins = candidate.situations.map(({ origin }) => origin)
  const isOut = candidate.demands.some(
    ({ certainty, requirement }) =>
      certainty === 'required' && origins.some((origin) => requirement.attainable?.no.includes(origin) === true),
  )
  return isOut && verdict !== 'prohibited' ? 'unattainable' : verdict
}
