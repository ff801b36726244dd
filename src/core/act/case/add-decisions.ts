import type { Case, CaseDecision, Mark } from './case.ts'
import type { CarriedOut, Decided, DecisionUndone } from './event-deciding.ts'

/** What a person decided last and did not undo. A notice is sent beside it and does not take its place. */
export function decisionOf(decisions: readonly CaseDecision[]): CaseDecision | null {
  return decisions.findLast(({ state, told }) => state !== 'undone' && told.act !== 'notify') ?? null
}

export function addDecided(state: Case, body: Decided, mark: Mark): Case {
  const taken: CaseDecision = {
    ...mark,
    told: body,
    state: 'taken',
    undone: null,
    carriedOut: null,
    proposalThen: state.proposal?.told.proposal ?? null,
  }
  return { ...state, decisions: [...state.decisions, taken] }
}

/** Whatever the log says, what was carried out is not undone. */
export function addUndone(state: Case, body: DecisionUndone, mark: Mark): Case {
  return changeTaken(state, body.decision, { state: 'undone', undone: mark })
}

export function addCarriedOut(state: Case, body: CarriedOut, mark: Mark): Case {
  return changeTaken(state, body.decision, { state: 'carried-out', carriedOut: { ...mark, how: body.how } })
}

function changeTaken(state: Case, decision: number, change: Partial<CaseDecision>): Case {
  const decisions = state.decisions.map((one) =>
    one.seq === decision && one.state === 'taken' ? { ...one, ...change } : one,
  )
  return { ...state, decisions }
}
