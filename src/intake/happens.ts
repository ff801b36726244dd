import { answerQuestion, answerReason } from '../core/act/answer.ts'
import type { ActPolicy } from '../core/act/case/act-policy.ts'
import { addEvent } from '../core/act/case/add-event.ts'
import { openQuestions, proposedEvent } from '../core/act/case/asking.ts'
import type { Case } from '../core/act/case/case.ts'
import { nextDue } from '../core/act/case/due.ts'
import type { EventBody, Received } from '../core/act/case/event.ts'
import type { Cause } from '../core/act/case/event-asking.ts'
import type { Decision } from '../core/decide/decide.ts'
import type { Screener } from '../core/screen.ts'
import type { RecordRow } from '../store/record.ts'
import { type SaidKnowledge, type SaidMessage, saidEvents } from './said-events.ts'

/** What is known when a proposal becomes events. */
export interface Happening {
  readonly said: (SaidMessage & { readonly digest: string; readonly keys: readonly string[] }) | null
  readonly at: string
  readonly day: string
  readonly cause: Cause
  readonly answerDigest: string
  /** The case so far. */
  readonly state: Case
}

/** The events that a message and the decision on it become, and where the case stands after them. */
export function happens(
  decision: Decision,
  { said, at, day, cause, answerDigest: digest, state }: Happening,
  { screen, knowledge }: { readonly screen: Screener; readonly knowledge: SaidKnowledge },
): Pick<RecordRow, 'received' | 'between' | 'proposed' | 'following' | 'status' | 'dueAt'> {
  const policy = knowledge.acting
  const { parcel } = decision
  const answer = askingAnswer(decision, screen.voice, policy)
  const proposing = proposedEvent(answer, { digest, day, cause }, policy)
  const saying = said === null ? [] : saidEvents(said, parcel, state, knowledge)
  if (said !== null && saying.length === 0 && state.lastSeq === 0 && decision.proposal === 'no-objection')
    return { ...nothingToAsk, received: bodyOf(receivedOf(said, decision, state)), proposed: bodyOf(proposing) }
  let seq = state.lastSeq
  let then = state
  const add = (body: EventBody, actor = 'system'): string => {
    seq += 1
    then = addEvent(then, { seq, at, actor, body })
    return bodyOf(body)
  }
  const received = said === null ? null : add(receivedOf(said, decision, state), 'key:partner')
  const between = saying.map((body) => {
    const actor = byMachine.has(body.kind) ? 'system' : 'key:partner'
    return { kind: body.kind, own: actor === 'system', body: add(body, actor) }
  })
  const proposed = add(proposing)
  const partner = said?.partner ?? state.messages.at(-1)?.told.partner ?? ''
  const asking = { policy, stage: then.stage, at, partner, dispatch: parcel.route.dispatch }
  const following = openQuestions(answer, then, asking).map((body) => ({ kind: body.kind, body: add(body) }))
  return { received, between, proposed, following, status: then.status, dueAt: nextDue(then, policy) }
}

/** What most new parcels come to, without folding a case for each: the fold says the same, as a test shows. */
const nothingToAsk = { between: [], following: [], status: 'no-objection', dueAt: null } as const

function bodyOf({ kind: _, ...rest }: EventBody): string {
  return JSON.stringify(rest)
}

/** What of an answer asking needs: the rest of it is not put into words twice. */
function askingAnswer(
  { proposal, reasons, questions }: Decision,
  voice: Screener['voice'],
  { returned }: ActPolicy,
): Parameters<typeof proposedEvent>[0] {
  const { edition: knowledge, engine, words } = voice
  if (proposal === 'no-objection') return { proposal, reasons: [], questions: [], knowledge, engine }
  return {
    proposal,
    reasons: reasons.filter(({ kind }) => returned.includes(kind)).map((reason) => answerReason(reason, words)),
    questions: questions.map((question) => answerQuestion(question, voice)),
    knowledge,
    engine,
  }
}

/** What a message leads to and the machine tells: it looked papers and receipts up itself. */
const byMachine: ReadonlySet<string> = new Set(['certificate-step', 'receipt-claimed'])

function receivedOf(
  { partner, digest, keys }: NonNullable<Happening['said']>,
  { parcel }: Decision,
  { messages }: Case,
): Received {
  const before = messages.findLast(({ told }) => told.partner === partner)?.told.digest ?? null
  return { kind: 'received', digest, partner, identifiers: keys, amends: before, stage: parcel.stage }
}
