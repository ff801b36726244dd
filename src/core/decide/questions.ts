import type { ItemLine } from '../parcel/parcel.ts'
import { stateFacts } from '../parcel/state.ts'
import type { Finding } from '../recognise/finding.ts'
import { keyOf } from '../require/requirements.ts'
import { both, type ItemJudgement, judge } from './item.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'
import { type Asking, type SupposedValue, suppositionsFor } from './suppositions.ts'

/** A supposed answer and what it would lead to. */
export interface Consequence {
  readonly value: SupposedValue
  readonly proposal: Proposal
}

/** A question whose answer would change the proposal. */
export interface Question {
  readonly fact: string
  /** Item line, from 1. */
  readonly item: number
  readonly consequences: readonly Consequence[]
  /** How far the answer can move the proposal: the farthest step first. */
  readonly reach: number
}

const firstAsked = [
  'description',
  'article',
  'taxon',
  'origin',
  'dispatch',
  'dormant',
  'leaves',
  'certificate',
  'dwarfed',
  'authorisation',
]

function factRank(fact: string): number {
  const rank = firstAsked.indexOf(fact)
  return rank < 0 ? firstAsked.length - 2.5 : rank
}

/** As many questions as the policy allows, those that can move the proposal farthest first. */
export function mostDecisive(questions: readonly Question[], policy: Policy): Question[] {
  return questions
    .toSorted(
      (one, other) => other.reach - one.reach || factRank(one.fact) - factRank(other.fact) || one.item - other.item,
    )
    .slice(0, policy.questions)
}

/**
 * Questions about one item whose answers would change the parcel's proposal, each tried with real answers: the item is judged
 * again with the answer put in, and a question is asked only where the proposal then differs.
 */
export function questionsFor(finding: Finding, judgement: ItemJudgement, asking: Asking): readonly Question[] {
  const { asked } = asking.court
  const key = keyOfQuestions(finding, judgement, asking)
  const known = asked.get(key) as readonly Question[] | undefined
  const questions = known ?? workOut(finding, judgement, asking)
  if (known === undefined) {
    if (asked.size >= 20_000) asked.clear()
    asked.set(key, questions)
  }
  const own = questions.every(({ item }) => item === finding.index)
  return own ? questions : questions.map((question) => ({ ...question, item: finding.index }))
}

/** All that questions hang on: what the item may be and how likely, its circumstances, and what the rest of the parcel leads to. */
function keyOfQuestions(finding: Finding, { candidates }: ItemJudgement, asking: Asking): string {
  const { proposal, others, court, parcel } = asking
  const vague = finding.clarity < court.policy.vague
  const destination = court.placeOf(parcel.route.destination)
  const index = court.indexFor(destination)
  const answered = asking.answered === undefined ? '' : JSON.stringify(asking.answered)
  let key = `${answered}${proposal}|${others}|${vague}|${finding.contradiction}|${finding.contamination !== null}|${parcel.stage === 'pre-departure'}|${destination}`
  // Where no law is loaded nothing hangs on the way.
  if (index !== null) {
    const { origin } = parcel.lines[finding.index - 1] as ItemLine
    key += `|${origin}|${parcel.route.dispatch}|${parcel.by}|${parcel.recipient}|${asking.on}`
    for (const { kind } of parcel.documents) key += `|${kind}`
    for (const { names, part, use, state } of finding.things) {
      key += `|${part} ${use}`
      // Also what an article that is only supposed would make of the thing. Numbers that no law tests change nothing.
      for (const fact of stateFacts) if (state[fact] != null) key += ` ${fact}${state[fact]}`
      for (const fact of index.tested) if (state[fact] != null) key += ` ${fact}${state[fact]}`
      for (const { taxa } of names) key += `,${taxa.join(' ')}`
    }
  }
  for (const { thing, article, probability, situations } of candidates) {
    key += `/${thing} ${article} ${probability}`
    if (index !== null) for (const one of situations) key += `;${keyOf(one, index.tested)}`
  }
  return key
}

function workOut(finding: Finding, judgement: ItemJudgement, asking: Asking): Question[] {
  const line = asking.parcel.lines[finding.index - 1]
  if (line === undefined) return []
  const questions: Question[] = []
  for (const [fact, suppositions] of suppositionsFor(finding, judgement, asking)) {
    const consequences: Consequence[] = []
    let reach = 0
    for (const { value, suppose } of suppositions) {
      const supposed = asking.answered === undefined ? suppose : both(asking.answered, suppose)
      const then = judge({ line, finding, parcel: asking.parcel, on: asking.on, court: asking.court }, supposed)
      const proposal = stricter(asking.court.policy, then.proposal, asking.others)
      if (proposal === asking.proposal) continue
      // Of places that lead to the same, one is enough.
      if (value.kind === 'place' && consequences.some((one) => one.proposal === proposal)) continue
      consequences.push({ value, proposal })
      reach = Math.max(
        reach,
        Math.abs(severity(asking.court.policy, proposal) - severity(asking.court.policy, asking.proposal)),
      )
    }
    if (consequences.length > 0) questions.push({ fact, item: finding.index, consequences, reach })
  }
  return questions
}
