import type { ItemLine, Parcel } from '../parcel/parcel.ts'
import type { Finding } from '../recognise/finding.ts'
import { hear, toldOfAll } from './answers.ts'
import type { Court } from './court.ts'
import { disagreementReasons } from './disagreements.ts'
import { decisive, judge, leastOf } from './item.ts'
import { labelReasons } from './labels.ts'
import { askedOnce } from './parcel-questions.ts'
import { type Proposal, severity, stricter } from './policy.ts'
import { mostDecisive, type Question, questionsFor } from './questions.ts'
import { type ItemDecision, type Reason, reason } from './reason.ts'
import { answerReason, reasonsFor } from './reasons.ts'
import type { ItemCase } from './told.ts'

/** One proposal for one parcel, with its reasons and the questions whose answers would change it. */
export interface Decision {
  readonly parcel: Parcel
  readonly proposal: Proposal
  readonly items: readonly ItemDecision[]
  readonly reasons: readonly Reason[]
  readonly questions: readonly Question[]
}

/** Decides on a parcel from what was found in it, on the day that counts (2026-11-24). */
export function decide(parcel: Parcel, findings: readonly Finding[], on: string, court: Court): Decision {
  const { policy } = court
  const items: ItemDecision[] = []
  const own: Proposal[] = []
  let proposal: Proposal = parcel.readable && findings.length > 0 ? 'no-objection' : 'ask'
  for (const finding of findings) {
    const line = parcel.lines[finding.index - 1] as ItemLine
    const item = decideItem({ line, finding, parcel, on, court })
    const least = leastOf(line, item.judgement, policy)
    items.push(item)
    own.push(least)
    proposal = stricter(policy, proposal, least)
  }
  const reasons = items.flatMap((item) => reasonsFor(item, parcel, court))
  if (!parcel.readable) reasons.unshift(reason('record-unreadable', null, {}))
  else if (items.length === 0) reasons.unshift(reason('nothing-declared', null, {}))
  if (court.listingsOf !== null) {
    const destination = court.placeOf(parcel.route.destination)
    for (const item of items) reasons.push(...labelReasons(item, destination, court))
  }
  if (parcel.answers !== undefined) for (const heard of toldOfAll(items)) reasons.push(answerReason(null, heard, court))
  if (parcel.disagreed !== undefined && parcel.views === undefined) reasons.push(...disagreementReasons(parcel, [], []))
  const questions = proposal === 'no-objection' ? [] : questionsOf({ items, own, parcel, on, court, proposal })
  return { parcel, proposal, items, reasons, questions }
}

/** Judges one item, with what was answered about it where anything was. */
function decideItem(item: ItemCase): ItemDecision {
  const { line, finding, parcel, court } = item
  if (parcel.answers === undefined) {
    const judgement = judge(item)
    return { line, finding, judgement, decisive: decisive(judgement, court.policy) }
  }
  const { judgement, answers } = hear(item, parcel.answers)
  return { line, finding, judgement, decisive: decisive(judgement, court.policy), answers }
}

function questionsOf(context: {
  readonly items: readonly ItemDecision[]
  readonly own: readonly Proposal[]
  readonly parcel: Parcel
  readonly on: string
  readonly court: Court
  readonly proposal: Proposal
}): Question[] {
  const { items, own, parcel, on, court, proposal } = context
  const { policy } = court
  const top = severity(policy, proposal)
  const atTop = own.filter((one) => severity(policy, one) === top).length
  const found: Question[] = []
  items.forEach((item, at) => {
    // An item below the top can only raise the proposal; one of several at the top cannot lower it alone.
    if (found.length >= 12 || item.judgement.candidates.length === 0) return
    const isTop = severity(policy, own[at] as Proposal) === top
    if (!isTop && items.length > 8) return
    let others: Proposal = 'no-objection'
    if (isTop && atTop > 1) others = proposal
    else if (!isTop) others = proposal
    else
      own.forEach((one, other) => {
        if (other !== at) others = stricter(policy, others, one)
      })
    found.push(...questionsFor(item.finding, item.judgement, { parcel, on, court, proposal, others }))
  })
  return mostDecisive(askedOnce(found, context), policy)
}
