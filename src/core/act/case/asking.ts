import type { Stage } from '../../parcel/parcel.ts'
import type { Answer } from '../answer.ts'
import type { ActPolicy, AskRound } from './act-policy.ts'
import type { Case, CaseQuestion } from './case.ts'
import {
  type Asked,
  type AskedQuestion,
  type Cause,
  isSameQuestion,
  type Proposed,
  type QuestionKey,
  type ReturnedToDeclarant,
} from './event-asking.ts'
import { type Instant, laterBy } from './instant.ts'
import { type PartyRole, partyRoles } from './party-roles.ts'

/** What of an answer asking needs. */
export type AskingAnswer = Pick<Answer, 'proposal' | 'questions' | 'reasons'>

export interface Asking {
  readonly policy: ActPolicy
  readonly stage: Stage
  readonly at: Instant
  /** Partner who lodged the declaration, and the country of dispatch. */
  readonly partner: string
  readonly dispatch: string | null
}

/** The event that tells what the machine proposes, with the questions that it leaves open. */
export function proposedEvent(
  answer: AskingAnswer & Pick<Answer, 'knowledge' | 'engine'>,
  made: { readonly digest: string; readonly day: string; readonly cause: Cause },
  policy: ActPolicy,
): Proposed {
  const { proposal, knowledge, engine } = answer
  const questions = questionsOf(answer, policy).map(({ item, fact }) => ({ item, fact }))
  return { kind: 'proposed', proposal, knowledge, engine, ...made, questions }
}

interface Draft extends Omit<AskedQuestion, 'whom' | 'stands'> {
  /** Whether the item's declaration goes back to whoever lodged it. */
  readonly returned: boolean
}

/**
 * The questions of an answer, and one about the description for each item whose declaration is too vague. With no objection there
 * is nothing to ask.
 */
function questionsOf({ proposal, questions, reasons }: AskingAnswer, { returned }: ActPolicy): Draft[] {
  if (proposal === 'no-objection') return []
  const vague = reasons.filter(({ kind, item }) => returned.includes(kind) && item !== null)
  const back = new Set(vague.map(({ item }) => item as number))
  const drafts = questions.map(
    ({ item, fact, sentence, askWhom }): Draft => ({
      item,
      fact,
      sentence,
      canAnswer: askWhom.filter(isParty),
      returned: fact === 'description' && back.has(item),
    }),
  )
  const more = vague.filter(({ item }) => !drafts.some((one) => one.item === item && one.fact === 'description'))
  return [
    ...drafts,
    ...more.map(
      ({ item, sentence }): Draft => ({
        item: item as number,
        fact: 'description',
        sentence,
        canAnswer: ['declarant'],
        returned: true,
      }),
    ),
  ]
}

function isParty(word: string): word is PartyRole {
  return (partyRoles as readonly string[]).includes(word)
}

/**
 * The events that put the questions of an answer to those who can answer: those not asked yet, and those asked at another stage. What
 * is open at this stage stays as it is, with its deadline. What ended without an answer is not asked again; what was answered is, where
 * the answer was not enough.
 */
export function openQuestions(answer: AskingAnswer, state: Case, asking: Asking): (Asked | ReturnedToDeclarant)[] {
  const wanted = questionsOf(answer, asking.policy).filter((one) => {
    const known = findQuestion(state, one)
    return known === undefined || known.state === 'closed' || known.state === 'answered' || known.stage !== asking.stage
  })
  return roundEvents(
    wanted.map((one) => ({ ...one, stands: standsOf(findQuestion(state, one), asking), after: 0 })),
    asking,
  )
}

function findQuestion({ questions }: Case, key: QuestionKey): CaseQuestion | undefined {
  return questions.find((one) => isSameQuestion(one, key))
}

/** What an end at an earlier stage led to, as far as it can be at this one: what was to be stopped and was not is looked into. */
function standsOf(known: CaseQuestion | undefined, { policy, stage }: Asking): AskedQuestion['stands'] {
  const stood = known === undefined || known.state === 'closed' ? null : (known.follows ?? known.stands)
  return stood === null || known?.stage === stage ? stood : policy.stages[stage].unanswered[stood]
}

/** A question for the first round after another in which somebody who can answer is reached. */
export interface NextQuestion extends Draft {
  readonly stands: AskedQuestion['stands']
  readonly after: number
}

/** One event for each round, and apart for what goes back to the declarant. That everybody who can answer is reached in some round is checked when the policy is loaded. */
export function roundEvents(questions: readonly NextQuestion[], asking: Asking): (Asked | ReturnedToDeclarant)[] {
  const { policy, stage, at, partner, dispatch } = asking
  const { rounds } = policy.stages[stage]
  const events: (Asked | ReturnedToDeclarant)[] = []
  for (const returned of [true, false])
    for (const [index, { hours, whom }] of rounds.entries()) {
      const own = questions.filter(
        (one) => one.returned === returned && nextRound(rounds, askable(one), one.after) === index + 1,
      )
      if (own.length === 0) continue
      const asked = own.map(({ returned: _, after: __, ...one }) => ({
        ...one,
        whom: reached(whom, returned ? ['declarant'] : one.canAnswer),
      }))
      const round = { questions: asked, stage, round: index + 1, deadline: laterBy(at, hours) }
      events.push(
        returned ? { kind: 'returned-to-declarant', ...round, partner, dispatch } : { kind: 'asked', ...round },
      )
    }
  return events
}

/** A declaration goes back to who lodged it, whoever else could tell. */
function askable({ returned, canAnswer }: NextQuestion): readonly PartyRole[] {
  return returned ? ['declarant'] : canAnswer
}

/** Number of the first round after another in which somebody who can answer is reached; null when there is none. */
export function nextRound(rounds: readonly AskRound[], canAnswer: readonly PartyRole[], after: number): number | null {
  const found = rounds.findIndex(({ whom }, index) => index >= after && reached(whom, canAnswer).length > 0)
  return found < 0 ? null : found + 1
}

function reached(whom: readonly PartyRole[], canAnswer: readonly PartyRole[]): PartyRole[] {
  return canAnswer.filter((party) => whom.includes(party))
}
