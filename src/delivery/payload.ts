import { partnerAnswer } from '../intake/partner-answer.ts'
import { type MessageTypeName, messageTypes } from './message-types.ts'

/** An event as a message is made of it. */
export interface ToldEvent {
  readonly seq: number
  readonly kind: string
  readonly at: string
  readonly actor: string
  /** JSON text. */
  readonly body: string
  /** The parcel, or null where the event concerns none. */
  readonly parcel: { readonly number: number; readonly identifier: string } | null
  /** The stored answer as JSON, where the event is a proposal. */
  readonly answer: string | null
}

/**
 * The body of a message as Standard Webhooks recommends it: type, when it happened, and the data. `seq` grows with each event, so
 * that a receiver that gets two messages of one parcel the other way round knows which came last. It depends on what never
 * changes alone: each attempt sends the same bytes, but for the parcel's name where a partner renamed it.
 */
export function payloadOf(type: string, event: ToldEvent, forPartner: boolean): string {
  const { seq, kind, at, actor, parcel, answer } = event
  const known = messageTypes[type as MessageTypeName]
  const body = JSON.parse(event.body) as Readonly<Record<string, unknown>>
  const told = forPartner && known !== undefined ? picked(body, known.forPartners) : body
  const data = {
    seq,
    event: kind,
    ...(parcel === null ? {} : { parcel: { id: parcel.identifier, number: parcel.number } }),
    ...(forPartner ? {} : { actor }),
    ...told,
  }
  const text = JSON.stringify({ type, timestamp: at, data })
  // The answer is a text already, and stands in the message letter by letter as it was stored.
  return answer === null
    ? text
    : `${text.slice(0, -2)},"answer":${numbered(forPartner ? partnerAnswer(answer) : answer, seq)}}}`
}

function picked(body: Readonly<Record<string, unknown>>, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(members.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]))
}

/** An answer as `POST /parcels` gave it: with the number of its decision. */
function numbered(answer: string, seq: number): string {
  return `${answer.slice(0, -1)},"decision":${seq}}`
}
