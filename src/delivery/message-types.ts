/** The events that a type of message tells of, and what it is for. */
interface MessageType {
  /** Kinds of events in the log. */
  readonly events: readonly string[]
  readonly sentence: string
  /** Members of the event's body that a partner is told; of a tenant's own webhooks nothing is kept back. */
  readonly forPartners: readonly string[]
  /** Whether it concerns a parcel, so that a partner gets it for its own parcels only. */
  readonly ofParcel: boolean
}

/**
 * What a webhook can be told of, named as Standard Webhooks recommends (full stops between words). The test message is no choice:
 * whoever asks for it gets it.
 */
export const messageTypes = {
  'decision.proposed': {
    events: ['proposed'],
    sentence: 'The machine proposed what to do with a parcel; the answer is with it.',
    forPartners: ['proposal', 'cause', 'knowledge', 'engine', 'day'],
    ofParcel: true,
  },
  'decision.decided': {
    events: ['decided'],
    sentence: 'A person with the authority decided on a parcel.',
    forPartners: ['act', 'items', 'requirement', 'authority', 'disposal', 'to', 'until'],
    ofParcel: true,
  },
  'decision.undone': {
    events: ['decision-undone'],
    sentence: 'A decision of a person was taken back.',
    forPartners: ['decision'],
    ofParcel: true,
  },
  'decision.carried_out': {
    events: ['carried-out'],
    sentence: 'What a person decided was done.',
    forPartners: ['decision', 'how'],
    ofParcel: true,
  },
  'question.asked': {
    events: ['asked', 'returned-to-declarant'],
    sentence: 'Questions were put to those who can answer, with a deadline.',
    forPartners: ['questions', 'stage', 'round', 'deadline'],
    ofParcel: true,
  },
  'question.reminded': {
    events: ['reminded'],
    sentence: 'A question still waits for an answer.',
    forPartners: ['questions', 'number'],
    ofParcel: true,
  },
  'question.answered': {
    events: ['answered'],
    sentence: 'Somebody answered a question.',
    forPartners: ['item', 'fact', 'as'],
    ofParcel: true,
  },
  'question.ended': {
    events: ['question-ended'],
    sentence: 'Nobody answered in time, and what the policy says follows.',
    forPartners: ['questions', 'stood', 'follows'],
    ofParcel: true,
  },
  'edition.changed': {
    events: ['edition-published'],
    sentence: 'Another edition of the knowledge decides from now on.',
    forPartners: ['edition', 'engine'],
    ofParcel: false,
  },
  'webhook.paused': {
    events: ['webhook-paused'],
    sentence: 'A webhook of the tenant was paused: its receiver is gone, failed for days, or a person paused it.',
    forPartners: [],
    ofParcel: false,
  },
} as const satisfies Readonly<Record<string, MessageType>>

export type MessageTypeName = keyof typeof messageTypes

export const messageTypeNames = Object.keys(messageTypes) as readonly MessageTypeName[]

/** Type of the message that tries a webhook. */
export const testType = 'webhook.test'

/** What a partner's webhook can be told of: its own parcels, and what concerns everybody. */
export const partnerTypeNames = messageTypeNames.filter((name) => messageTypes[name].forPartners.length > 0)

const typeOfEvents: ReadonlyMap<string, MessageTypeName> = new Map(
  messageTypeNames.flatMap((name) =>
    messageTypes[name].events.map((event): [string, MessageTypeName] => [event, name]),
  ),
)

/** The type of message that an event of the log leads to, or null. */
export function typeOfEvent(kind: string): MessageTypeName | null {
  return typeOfEvents.get(kind) ?? null
}

/** The kinds of events that messages of these types tell of. */
export function eventsOfTypes(types: readonly string[]): readonly string[] {
  return types.flatMap((type) => messageTypes[type as MessageTypeName]?.events ?? [])
}
