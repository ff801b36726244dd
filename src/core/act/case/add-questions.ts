import type { Case, CaseQuestion, Mark } from './case.ts'
import {
  type Answered,
  type Asked,
  isSameQuestion,
  type QuestionEnded,
  type QuestionKey,
  type Reminded,
  type ReturnedToDeclarant,
} from './event-asking.ts'

/** Opens the questions of a round; one that was asked before is asked anew. */
export function addRound(state: Case, body: Asked | ReturnedToDeclarant, { at }: Mark): Case {
  const asked = body.questions.map(
    (question): CaseQuestion => ({
      ...question,
      state: 'open',
      returned: body.kind === 'returned-to-declarant',
      stage: body.stage,
      round: body.round,
      askedAt: at,
      deadline: body.deadline,
      reminders: 0,
      follows: null,
    }),
  )
  const kept = state.questions.filter((one) => !asked.some((question) => isSameQuestion(one, question)))
  return { ...state, questions: [...kept, ...asked] }
}

/** Closes what a new answer of the machine asks no longer; what followed from it while it was open follows no longer. */
export function closeQuestions(state: Case, asked: readonly QuestionKey[]): Case {
  return changeQuestions(
    state,
    (one) => !isAmong(one, asked),
    (one) => ({ state: one.state === 'answered' ? 'answered' : 'closed', follows: null, stands: null }),
  )
}

export function addReminded(state: Case, body: Reminded): Case {
  return changeQuestions(
    state,
    (one) => one.state === 'open' && isAmong(one, body.questions),
    (one) => ({ reminders: Math.max(one.reminders, body.number) }),
  )
}

export function addAnswered(state: Case, { item, fact, as, value }: Answered, mark: Mark): Case {
  const unasked = findOpenQuestion(state, { item, fact }) === undefined
  const answers = [...state.answers, { ...mark, item, fact, as, value, unasked }]
  return changeQuestions(
    { ...state, answers },
    (one) => one.state === 'open' && isSameQuestion(one, { item, fact }),
    () => ({ state: 'answered' }),
  )
}

export function addEnded(state: Case, { questions, follows }: QuestionEnded): Case {
  return changeQuestions(
    state,
    (one) => one.state === 'open' && isAmong(one, questions),
    () => ({ state: 'ended', follows }),
  )
}

/** The question that is open on a fact of an item line. */
export function findOpenQuestion(state: Case, key: QuestionKey): CaseQuestion | undefined {
  return state.questions.find((one) => one.state === 'open' && isSameQuestion(one, key))
}

function isAmong(one: QuestionKey, keys: readonly QuestionKey[]): boolean {
  return keys.some((key) => isSameQuestion(one, key))
}

function changeQuestions(
  state: Case,
  wanted: (one: CaseQuestion) => boolean,
  change: (one: CaseQuestion) => Partial<CaseQuestion>,
): Case {
  return { ...state, questions: state.questions.map((one) => (wanted(one) ? { ...one, ...change(one) } : one)) }
}
