import { addCertificateStep } from './add-certificate-step.ts'
import { addCarriedOut, addDecided, addUndone, decisionOf } from './add-decisions.ts'
import { addInspected, addLaboratoryResult } from './add-findings.ts'
import { addAnswered, addEnded, addReminded, addRound, closeQuestions } from './add-questions.ts'
import { mayAct } from './by-whom.ts'
import type { Case, Mark } from './case.ts'
import { statusOf } from './case-status.ts'
import { actorKind, type CaseEvent, type EventBody, type EventKind } from './event.ts'
import { historyLine } from './history-line.ts'
import { standingOf } from './standing.ts'

type Adding<K extends EventKind> = (state: Case, body: Extract<EventBody, { kind: K }>, mark: Mark) => Case

/** The case after one more event. */
export function addEvent(state: Case, event: CaseEvent): Case {
  const { seq, at, actor, body } = event
  const mark = { seq, at, actor }
  // What the machine may not do, and an event of a later version of Greenlane, stays in the history and changes nothing here.
  const isMachine = actorKind(actor) === 'system' && !mayAct('system', body.kind)
  const add = isMachine ? undefined : (adding[body.kind] as Adding<EventKind> | undefined)
  const added = add === undefined ? state : add(state, body, mark)
  return derived({
    ...added,
    lastSeq: seq,
    openedAt: state.openedAt ?? at,
    history: [...state.history, historyLine(event)],
  })
}

function derived(state: Case): Case {
  const decision = decisionOf(state.decisions)
  const standing = standingOf(state)
  const proposalChangedSince =
    decision !== null && state.proposal !== null && state.proposal.told.proposal !== decision.proposalThen
  const known = { ...state, decision, standing, proposalChangedSince }
  return { ...known, status: statusOf(known) }
}

const adding: { readonly [K in EventKind]: Adding<K> } = {
  received: (state, body, mark) => ({
    ...state,
    // What a message does not tell is not unlearned.
    stage: body.stage === 'unknown' ? state.stage : body.stage,
    identifiers: [...new Set([...state.identifiers, ...body.identifiers])],
    messages: [...state.messages, { ...mark, told: body }],
  }),
  'opened-without-data': (state, body, mark) => ({
    ...state,
    stage: body.stage === 'unknown' ? state.stage : body.stage,
    identifiers: [...new Set([...state.identifiers, ...(body.identifier === null ? [] : [body.identifier])])],
    openedWithoutData: { ...mark, told: body },
  }),
  proposed: (state, body, mark) => closeQuestions({ ...state, proposal: { ...mark, told: body } }, body.questions),
  asked: addRound,
  'returned-to-declarant': addRound,
  reminded: addReminded,
  answered: addAnswered,
  'question-ended': addEnded,
  'certificate-step': addCertificateStep,
  decided: addDecided,
  'decision-undone': addUndone,
  'carried-out': addCarriedOut,
  inspected: addInspected,
  'laboratory-result': addLaboratoryResult,
  'partner-code-read': (state, { partner, reading }, mark) => ({
    ...state,
    partnerCodes: [
      ...state.partnerCodes.filter((one) => one.partner !== partner || one.reading.system !== reading.system),
      { ...mark, partner, reading },
    ],
  }),
  'personal-data-viewed': (state) => state,
  'personal-data-deleted': (state) => ({ ...state, personalData: 'deleted' }),
  'receipt-claimed': (state, body, mark) => ({ ...state, receipts: [...state.receipts, { ...mark, told: body }] }),
  selected: (state, body, mark) => ({ ...state, selected: { ...mark, told: body } }),
  located: (state, body, mark) => ({ ...state, located: { ...mark, told: body } }),
  assigned: (state, body) => ({ ...state, assigned: body.to }),
  notified: (state) => state,
  note: (state) => state,
}
