/**
 * The tables, the same in SQLite and PostgreSQL. Instants are ISO texts in UTC, lists and objects are JSON texts, yes and no are
 * 1 and 0, so that both stores hold and order them alike.
 */
export interface Tables {
  tenants: TenantRow
  chains: ChainRow
  events: EventRow
  parcels: ParcelRow
  identifiers: IdentifierRow
  messages: MessageRow
  decisions: DecisionRow
  personal: PersonalRow
  questions: QuestionRow
  scorecards: ScorecardRow
  settings: SettingRow
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
  /** The last event that changed what is known of it. */
  last_seq: number
  /** The decision that stands. */
  decision: number
  proposal: string
  status: string
  stage: string
  destination: string
  dispatch: string
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

/** A question that waits for an answer: what the fold of events says, kept where it can be looked up by its deadline. */
export interface QuestionRow {
  tenant: string
  parcel: number
  item: number
  fact: string
  sentence: string
  whom: string
  asked_at: string
  remind_at: string | null
  deadline: string
  round: number
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
