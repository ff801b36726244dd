import type { SignInTables } from '../sign-in/tables.ts'

/**
 * The tables, the same in SQLite and PostgreSQL. Instants are ISO texts in UTC, lists and objects are JSON texts, yes and no are
 * 1 and 0, so that both stores hold and order them alike.
 */
export interface Tables extends SignInTables {
  tenants: TenantRow
  chains: ChainRow
  events: EventRow
  parcels: ParcelRow
  identifiers: IdentifierRow
  messages: MessageRow
  decisions: DecisionRow
  personal: PersonalRow
  scorecards: ScorecardRow
  settings: SettingRow
  stretches: StretchRow
  decisions_of_partners: DecisionOfPartnerRow
  webhooks: WebhookRow
  deliveries: DeliveryRow
  editions: EditionRow
  edition_pieces: EditionPieceRow
  receipts: ReceiptRow
  receipt_keys: ReceiptKeyRow
  wordings: WordingRow
}

/** An authority or organisation whose data stand apart. */
export interface TenantRow {
  tenant: string
  name: string
  created_at: string
}

/** End of a tenant's chain of events: what the next event is chained to. Its row is locked while events are appended. */
export interface ChainRow {
  tenant: string
  seq: number
  hash: Uint8Array
}

/** One event of the append-only log. `seq` counts from 1 in each tenant, in the order of commits. */
export interface EventRow {
  tenant: string
  seq: number
  /** Number of the parcel, or 0 for what concerns none. */
  parcel: number
  kind: string
  at: string
  actor: string
  body: string
  hash: Uint8Array
}

/** What all messages with its identifier speak of. `parcel` is the `seq` of its first event. */
export interface ParcelRow {
  tenant: string
  parcel: number
  /** As answers call it. */
  identifier: string
  created_at: string
  updated_at: string
  /** Its last event: what is decided on the events up to here holds while no other follows. */
  last_seq: number
  /** The decision that stands; 0 while nothing was said of the parcel. */
  decision: number
  proposal: string
  status: string
  stage: string
  destination: string
  dispatch: string
  /** When a reminder or the end of a question is due, as an ISO instant. */
  due_at: string | null
}

/** Every strong identifier of a parcel, as `s10:CP204816355TH`. */
export interface IdentifierRow {
  tenant: string
  key: string
  parcel: number
}

/** What one partner said of one parcel at one time, without the people. `seq` is that of its event. */
export interface MessageRow {
  tenant: string
  seq: number
  parcel: number
  partner: string
  /** SHA-256 of the content, in hexadecimal. */
  digest: string
  content: string
  received_at: string
}

/** What was proposed, with all that deciding it again needs. `seq` is that of its event. */
export interface DecisionRow {
  tenant: string
  seq: number
  parcel: number
  proposal: string
  answer: string
  edition: string
  engine: string
  /** Day whose law counted. */
  day: string
  /** Messages it was made of, as a JSON list of their `seq`. */
  messages: string
  cause: string
}

/** People of a message: sealed, and deleted on schedule. */
export interface PersonalRow {
  tenant: string
  seq: number
  parcel: number
  sealed: Uint8Array
  delete_after: string
}

/** Counts of what a partner declared, by country of dispatch and day. */
export interface ScorecardRow {
  tenant: string
  partner: string
  dispatch: string
  day: string
  received: number
  amended: number
  unreadable: number
  vague: number
  without_hs: number
  without_origin: number
}

/** What a store keeps about itself. */
export interface SettingRow {
  name: string
  value: string
}

/** A stretch of the log in which each decision answers a message of one partner: a row for a batch, and not for each decision. */
export interface StretchRow {
  tenant: string
  partner: string
  last_seq: number
  first_seq: number
}

/** A decision on a parcel of a partner that did not answer a message of its own: what another partner, an edition or a person led to. */
export interface DecisionOfPartnerRow {
  tenant: string
  partner: string
  seq: number
}

/** An address that messages are delivered to. */
export interface WebhookRow {
  tenant: string
  id: string
  /** Whose parcels it is told of; null tells it of all. */
  partner: string | null
  url: string
  description: string
  /** Types of messages, as a JSON list. */
  types: string
  /** Sealed. */
  secret: Uint8Array
  /** The secret before the last change, sealed: messages are signed with it as well until `former_until`. */
  former_secret: Uint8Array | null
  former_until: string | null
  /** The last event that was looked at. */
  cursor: number
  paused_at: string | null
  /** `person`, `gone` or `failing`. */
  paused_because: string | null
  /** The first failure since the last success. */
  failing_since: string | null
  created_at: string
  created_by: string
}

/** A message to one webhook about one event. */
export interface DeliveryRow {
  tenant: string
  webhook: string
  /** What the header `webhook-id` says, the same at each attempt. */
  id: string
  /** The event. */
  seq: number
  type: string
  /** `waiting`, `delivered` or `dead`. */
  state: string
  /** Attempts begun since it was queued or replayed. */
  attempts: number
  /** When it is to be tried next, or when it was delivered or given up. */
  due_at: string
  /** Until when a process has taken it for an attempt; that process alone tells what came of it. */
  claimed_until: string | null
  tried_at: string | null
  /** Status of the last answer (HTTP), or null where none came. */
  status: number | null
  /** What the last answer began with, or why none came. */
  said: string | null
}

/** An edition of the knowledge that is kept, as one engine compiled it. It is there when all of its pieces are. */
export interface EditionRow {
  edition: string
  /** Name of the code that compiled it, as decisions name it. */
  engine: string
  /** What it is made of, as a JSON list. */
  parts: string
  kept_at: string
  actor: string
}

/** A run of bytes of a part of an edition, compressed by itself (zstd, RFC 8878). */
export interface EditionPieceRow {
  edition: string
  engine: string
  part: string
  /** From 0. */
  piece: number
  content: Uint8Array
}

/** A receipt of a check before the sale; it is signed anew each time it is asked for. */
export interface ReceiptRow {
  tenant: string
  id: string
  /** What is signed, as JSON text. */
  payload: string
  /** Last day, as 2026-11-24. */
  expires: string
  given_at: string
  given_to: string
}

/** A public key that receipts were signed with: it stays until the last of them expires. */
export interface ReceiptKeyRow {
  /** Thumbprint of the key (RFC 7638). */
  kid: string
  /** JWK as JSON text. */
  public_key: string
  /** Last day of the last receipt. */
  expires: string
}

/** One wording of an offer that was not clear, or that came after one. The seller is a pseudonym. */
export interface WordingRow {
  tenant: string
  seller: string
  named_by: string
  key: string
  words: string
  clear: number
  /** Articles as a JSON list. */
  spoken: string
  at: string
}
