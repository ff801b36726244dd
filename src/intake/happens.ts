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
  let seq = state.lastSeq
  let then = state
  const add = (body: EventBody, actor = 'system'): string => {
    seq += 1
    then = addEvent(then, { seq, at, actor, body })
    const { kind: _, ...rest } = body
    return JSON.stringify(rest)
  }
  const received = said === null ? null : add(receivedOf(said, decision, state), 'key:partner')
  const between = (said === null ? [] : saidEvents(said, parcel, state, knowledge)).map((body) => {
    const actor = byMachine.has(body.kind) ? 'system' : 'key:partner'
    return { kind: body.kind, own: actor === 'system', body: add(body, actor) }
  })
  const answer = screen.answer(decision)
  const proposed = add(proposedEvent(answer, { digest, day, cause }, policy))
  const partner = said?.partner ?? state.messages.at(-1)?.told.partner ?? ''
  const asking = { policy, stage: then.stage, at, partner, dispatch: parcel.route.dispatch }
  const following = openQuestions(answer, then, asking).map((body) => ({ kind: body.kind, body: add(body) }))
  return { received, between, proposed, following, status: then.status, dueAt: nextDue(then, policy) }
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
