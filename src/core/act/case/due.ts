import type { ActPolicy, AskRound } from './act-policy.ts'
import { type Asking, type NextQuestion, nextRound, roundEvents } from './asking.ts'
import type { Case, CaseQuestion } from './case.ts'
import type { EventBody } from './event.ts'
import type { QuestionKey } from './event-asking.ts'
import { finalActs } from './event-deciding.ts'
import { hasCome, type Instant, laterBy, millisecondsOf } from './instant.ts'
import { stricterOf } from './standing.ts'

/**
 * The events that are due: reminders, the next round for questions whose deadline has passed, and the end of those that nobody
 * answered in any round, with what follows from it. Nothing is due while a person's decision lets the parcel go or sends it back.
 */
export function dueOf(state: Case, now: Instant, policy: ActPolicy): EventBody[] {
  const open = waiting(state)
  const late = open.filter(({ deadline }) => hasCome(now, deadline))
  const next = late.filter((one) => followingRound(one, policy) !== null)
  const ended = late.filter((one) => followingRound(one, policy) === null)
  return [
    ...reminders(
      open.filter((one) => !late.includes(one)),
      now,
      policy,
    ),
    ...nextRounds(next, state, { at: now, policy }),
    ...endings(ended, state, policy),
  ]
}

/** The first instant at which something will be due, or null. */
export function nextDue(state: Case, policy: ActPolicy): Instant | null {
  const instants = waiting(state).flatMap((one) => [one.deadline, ...remindersLeft(one, policy)])
  const sorted = instants.toSorted((one, other) => (millisecondsOf(one) ?? 0) - (millisecondsOf(other) ?? 0))
  return sorted[0] ?? null
}

function waiting({ questions, decision }: Case): CaseQuestion[] {
  if (decision !== null && finalActs.includes(decision.told.act)) return []
  return questions.filter(({ state }) => state === 'open')
}

function roundOf({ stage, round }: CaseQuestion, { stages }: ActPolicy): AskRound | undefined {
  return stages[stage].rounds[round - 1]
}

function followingRound({ stage, canAnswer, round }: CaseQuestion, { stages }: ActPolicy): number | null {
  return nextRound(stages[stage].rounds, canAnswer, round)
}

function remindersLeft(one: CaseQuestion, policy: ActPolicy): Instant[] {
  return (roundOf(one, policy)?.remind ?? []).slice(one.reminders).map((hours) => laterBy(one.askedAt, hours))
}

/** One reminder for all questions that are due the same one; of several that were missed only the last is sent. */
function reminders(open: readonly CaseQuestion[], now: Instant, policy: ActPolicy): EventBody[] {
  const byNumber = new Map<number, QuestionKey[]>()
  for (const one of open) {
    const due = remindersLeft(one, policy).filter((instant) => hasCome(now, instant)).length
    if (due === 0) continue
    const number = one.reminders + due
    byNumber.set(number, [...(byNumber.get(number) ?? []), { item: one.item, fact: one.fact }])
  }
  return [...byNumber].map(([number, questions]) => ({ kind: 'reminded', questions, number }))
}

function nextRounds(
  questions: readonly CaseQuestion[],
  state: Case,
  { at, policy }: { readonly at: Instant; readonly policy: ActPolicy },
): EventBody[] {
  const partner = state.messages.at(-1)?.told.partner ?? ''
  return [...new Set(questions.map(({ stage }) => stage))].flatMap((stage) => {
    // What a declarant did not make better is asked of others as a question like any other.
    const asking: Asking = { policy, stage, at, partner, dispatch: null }
    return roundEvents(
      questions
        .filter((one) => one.stage === stage)
        .map(
          (one): NextQuestion => ({
            item: one.item,
            fact: one.fact,
            sentence: one.sentence,
            canAnswer: one.canAnswer,
            stands: one.stands,
            returned: false,
            after: one.round,
          }),
        ),
      asking,
    )
  })
}

function endings(ended: readonly CaseQuestion[], { standing, order }: Case, { stages }: ActPolicy): EventBody[] {
  if (ended.length === 0 || standing === null) return []
  // Policy never makes milder what stood: it is checked when it is loaded, and holds here whatever it says.
  const follows = ended
    .map(({ stage }) => stages[stage].unanswered[standing])
    .reduce((one, other) => stricterOf(order, one, other), standing)
  return [
    { kind: 'question-ended', questions: ended.map(({ item, fact }) => ({ item, fact })), stood: standing, follows },
  ]
}
