import type { Stage } from '../../parcel/parcel.ts'
import type { CodeReading } from './codes.ts'
import type { Answered, Asked, Proposed, QuestionEnded, Reminded, ReturnedToDeclarant } from './event-asking.ts'
import type { CarriedOut, Decided, DecisionUndone } from './event-deciding.ts'
import type { CertificateStepped, Inspected, LaboratoryResult } from './event-inspecting.ts'
import type { Instant } from './instant.ts'
import type { PartyRole } from './party-roles.ts'

/** A partner told something of the parcel. */
export interface Received {
  readonly kind: 'received'
  /** Digest of the message as it is stored. */
  readonly digest: string
  readonly partner: string
  /** Identifiers by which the message names the parcel. */
  readonly identifiers: readonly string[]
  /** Digest of the message of the same partner that it changes, or null. */
  readonly amends: string | null
  readonly stage: Stage
}

/** A partner's own code was read. It is kept as it came and never written. */
export interface PartnerCodeRead {
  readonly kind: 'partner-code-read'
  readonly partner: string
  readonly reading: CodeReading
}

export interface PersonalDataViewed {
  readonly kind: 'personal-data-viewed'
  /** What for, in words. */
  readonly purpose: string
}

export interface PersonalDataDeleted {
  readonly kind: 'personal-data-deleted'
  readonly why: 'schedule' | 'asked' | 'ordered'
}

/** A receipt of a check before the sale was claimed for the parcel. */
export interface ReceiptClaimed {
  readonly kind: 'receipt-claimed'
  readonly receipt: string
  readonly honoured: boolean
  /** In what it differs: keys of `receipt-differs.*`; empty when honoured. */
  readonly differs: readonly string[]
}

export const openedBecause = ['x-ray', 'dog', 'damaged', 'opened-by-customs', 'other'] as const

/** A case began without a message. */
export interface OpenedWithoutData {
  readonly kind: 'opened-without-data'
  readonly because: (typeof openedBecause)[number]
  /** Identifier on the label, or null when there is none. */
  readonly identifier: string | null
  readonly stage: Stage
}

/** Drawn for inspection: for what it is expected to find, or at random. */
export interface Selected {
  readonly kind: 'selected'
  readonly by: 'expectation' | 'random'
  /** Probability with which it was drawn, 0 to 1: what was found is weighed by it. */
  readonly probability: number
}

/** Where the parcel lies. */
export interface Located {
  readonly kind: 'located'
  readonly place: string
  readonly shelf: string | null
}

export interface Assigned {
  readonly kind: 'assigned'
  /** Actor, as `person:…`; null gives it back to the queue. */
  readonly to: string | null
}

/** A notice went out: of a refusal to addressee and sender, or of non-compliance to an authority (ISPM 13). */
export interface Notified {
  readonly kind: 'notified'
  readonly to: PartyRole
  readonly about: 'refusal' | 'non-compliance' | 'question'
  /** BCP 47 tag of the language it is written in. */
  readonly language: string
  /** Digest of the document as it is stored. */
  readonly digest: string
}

export interface Note {
  readonly kind: 'note'
  /** Words of a person. They name no people. */
  readonly text: string
}

export type EventBody =
  | Received
  | Proposed
  | Asked
  | ReturnedToDeclarant
  | Reminded
  | Answered
  | QuestionEnded
  | CertificateStepped
  | Decided
  | DecisionUndone
  | CarriedOut
  | Inspected
  | LaboratoryResult
  | PartnerCodeRead
  | PersonalDataViewed
  | PersonalDataDeleted
  | ReceiptClaimed
  | OpenedWithoutData
  | Selected
  | Located
  | Assigned
  | Notified
  | Note
export type EventKind = EventBody['kind']

/** Something that is about to happen to a parcel: it has no number yet. */
export interface EventDraft {
  readonly at: Instant
  /** `person:…`, `key:…` or `system`. */
  readonly actor: string
  readonly body: EventBody
}

/** Something that happened to a parcel. Events are never edited. */
export interface CaseEvent extends EventDraft {
  /** Number in the log of the store: it grows with each event. */
  readonly seq: number
}

export type ActorKind = 'person' | 'key' | 'system'

/** Whether a person, a partner's key or the machine itself acts; null for a text that names none. */
export function actorKind(actor: string): ActorKind | null {
  if (actor === 'system') return 'system'
  if (/^person:./.test(actor)) return 'person'
  return /^key:./.test(actor) ? 'key' : null
}
