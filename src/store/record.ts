/** A stretch of UTF-8 in the bytes of a batch. */
export type Span = readonly [from: number, to: number]

/** Records of one partner that were screened together and are to be stored together. */
export interface Batch {
  readonly tenant: string
  readonly partner: string
  readonly actor: string
  /** When they were received, as an ISO instant in UTC. */
  readonly at: string
  /** Day whose law counted. */
  readonly day: string
  readonly edition: string
  readonly engine: string
  /** Contents and answers, shared between threads and never copied on their way. */
  readonly bytes: SharedArrayBuffer
  readonly rows: readonly RecordRow[]
  /** Records that came with them and could not be read; none when not given. */
  readonly unreadable?: number
}

/** One screened record. */
export interface RecordRow {
  /** Every strong identifier, as `s10:CP204816355TH`; at least one. */
  readonly keys: readonly string[]
  /** As answers call it. */
  readonly identifier: string
  /** SHA-256 of the content, in hexadecimal. */
  readonly digest: string
  readonly content: Span
  readonly answer: Span
  /** SHA-256 of the answer, in hexadecimal. */
  readonly answerDigest: string
  readonly proposal: string
  readonly destination: string
  readonly dispatch: string
  readonly stage: string
  readonly vague: boolean
  readonly withoutHs: boolean
  readonly withoutOrigin: boolean
  /** The people, sealed, and until when they are kept. */
  readonly people: { readonly sealed: Uint8Array; readonly deleteAfter: string } | null
  /** Body of the event `received`, as JSON; null where nothing new was said. */
  readonly received: string | null
  /** Events that follow from the message before anything is proposed; the machine's own, or of who sent it. */
  readonly between: readonly { readonly kind: string; readonly own: boolean; readonly body: string }[]
  /** Body of the event `proposed`, as JSON. */
  readonly proposed: string
  /** Events that follow from the proposal: questions that are put to those who can answer. */
  readonly following: readonly { readonly kind: string; readonly body: string }[]
  /** Where the case stands then, and when something is due next. */
  readonly status: string
  readonly dueAt: string | null
  /** Which parcel it belongs to and up to where that was known when it was merged; null for a record met for the first time. */
  readonly merged: Merged | null
}

/** What a record was merged with. */
export interface Merged {
  readonly parcel: number
  /** The parcel's `last_seq` that the merge was made on; where it moved on, it is to be merged again. */
  readonly last: number
  readonly messages: readonly number[]
  readonly cause: string
}

/** How the content of a message begins that answers questions and tells nothing else. */
export const answersBegin = '{"answers":'

/** Whether a content in the bytes of a batch does. */
export function isAnswers(bytes: Buffer, [from]: Span): boolean {
  return bytes.toString('latin1', from, from + answersBegin.length) === answersBegin
}

/** A message as it was stored. */
export interface StoredMessage {
  readonly seq: number
  readonly partner: string
  readonly at: string
  readonly content: string
}

/** What became of a record. */
export type Recorded =
  | { readonly kind: 'stored'; readonly parcel: number; readonly seq: number }
  /** The same partner said the same last time (of data, or of answers to questions): nothing was stored, the answer that stands is given again. */
  | { readonly kind: 'known'; readonly parcel: number; readonly seq: number; readonly answer: string }
  /** More is known of the parcel: it is to be merged with these and decided again. */
  | {
      readonly kind: 'merge'
      readonly parcel: number
      readonly last: number
      readonly messages: readonly StoredMessage[]
      readonly events: readonly StoredEvent[]
    }

/** An event as it was stored. */
export interface StoredEvent {
  readonly seq: number
  readonly kind: string
  readonly at: string
  readonly actor: string
  readonly body: string
}

/** Days of each partner and country of dispatch, counted over the rows of a batch that were stored. */
export interface Score {
  received: number
  amended: number
  unreadable: number
  vague: number
  withoutHs: number
  withoutOrigin: number
}

/** Counts of a batch, by country of dispatch; what could not be read has none. */
export function newScores({ unreadable = 0 }: Batch): Map<string, Score> {
  return unreadable === 0 ? new Map() : new Map([['', { ...noScore, unreadable }]])
}

const noScore: Readonly<Score> = { received: 0, amended: 0, unreadable: 0, vague: 0, withoutHs: 0, withoutOrigin: 0 }

/** Adds a stored row to the counts of its country of dispatch. */
export function countRow(scores: Map<string, Score>, row: RecordRow): void {
  let score = scores.get(row.dispatch)
  if (score === undefined) {
    score = { ...noScore }
    scores.set(row.dispatch, score)
  }
  score.received += 1
  if (row.merged !== null) score.amended += 1
  if (row.vague) score.vague += 1
  if (row.withoutHs) score.withoutHs += 1
  if (row.withoutOrigin) score.withoutOrigin += 1
}

/** Body of the event `proposed`, with the messages that the decision was made of. */
export function proposedBody({ proposed }: RecordRow, messages: readonly number[]): string {
  return `${proposed.slice(0, -1)},"messages":${JSON.stringify(messages)}}`
}

/** Decisions of a batch that answer its messages and stand together, by their first and last number. */
export interface Stretch {
  readonly first: number
  last: number
}

/** Adds a decision to the stretches of a batch. One that answers no message of it ends the stretch. */
export function stretchOver(stretches: (Stretch | null)[], seq: number, answers: boolean): void {
  const last = stretches.at(-1)
  if (!answers) stretches.push(null)
  else if (last === null || last === undefined) stretches.push({ first: seq, last: seq })
  else last.last = seq
}
