import type { ItemLine } from '../parcel/parcel.ts'
import type { Finding } from '../recognise/finding.ts'
import { placeIn } from '../require/number-bands.ts'
import { type ItemJudgement, judgeTold, nothingSupposed } from './item.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'
import { type Asking, type SupposedValue, suppositionsFor } from './suppositions.ts'
import { both, type ItemCase, type ToldItem, tell } from './told.ts'

/** An item with what is asked about it. */
type AskedItem = ItemCase & Asking

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
  const item = { ...asking, finding, line: asking.parcel.lines[finding.index - 1] as ItemLine }
  const told = judgement.told ?? tell(item)
  const key = keyOfQuestions(item, told, judgement)
  const known = asked.get(key) as readonly Question[] | undefined
  const questions = known ?? workOut(item, told, judgement)
  if (known === undefined) {
    if (asked.size >= 20_000) asked.clear()
    asked.set(key, questions)
  }
  const own = questions.every(({ item }) => item === finding.index)
  return own ? questions : questions.map((question) => ({ ...question, item: finding.index }))
}

/** All that questions hang on: what the item may be and how likely, its circumstances, and what the rest of the parcel leads to. */
function keyOfQuestions(item: AskedItem, { way, things }: ToldItem, { supposed, candidates }: ItemJudgement): string {
  const { proposal, others, court, parcel, finding } = item
  const vague = finding.clarity < court.policy.vague
  const index = court.indexFor(supposed.destination ?? way.destination)
  let key = `${proposal}|${others}|${vague}|${finding.contradiction}|${finding.contamination !== null}|${parcel.stage === 'pre-departure'}|${way.destination}`
  // Where no law is loaded nothing hangs on the way.
  if (index !== null) {
    key += `|${way.origin}|${way.dispatch}|${way.by}|${way.recipient}|${way.on}`
    if (way.via.length + way.claimed.length > 0) key += `|${way.via.join()}|${way.claimed.join()}`
    for (const { thing, plants, state, numbers } of things) {
      key += `|${thing.part} ${thing.use} ${thing.given === true} ${state.yes} ${state.no}`
      for (const band of index.bands) key += ` ${placeIn(band, numbers)}`
      for (const taxa of plants) key += `,${taxa.join(' ')}`
    }
  }
  for (const { thing, article, probability } of candidates) key += `/${thing} ${article} ${probability}`
  if (supposed !== nothingSupposed) key += JSON.stringify(supposed)
  return key
}

function workOut(asking: AskedItem, told: ToldItem, judgement: ItemJudgement): Question[] {
  const { finding } = asking
  const { policy } = asking.court
  const { supposed } = judgement
  const questions: Question[] = []
  for (const [fact, suppositions] of suppositionsFor(finding, judgement, asking)) {
    const consequences: Consequence[] = []
    let reach = 0
    for (const { value, suppose } of suppositions) {
      const own = supposed === nothingSupposed ? suppose : both(supposed, suppose)
      const proposal = stricter(policy, judgeTold(asking, told, own).proposal, asking.others)
      if (proposal === asking.proposal) continue
      // Of places that lead to the same, one is enough.
      if (value.kind === 'place' && consequences.some((one) => one.proposal === proposal)) continue
      consequences.push({ value, proposal })
      reach = Math.max(reach, Math.abs(severity(policy, proposal) - severity(policy, asking.proposal)))
    }
    if (consequences.length > 0) questions.push({ fact, item: finding.index, consequences, reach })
  }
  return questions
}
