import { hash } from 'node:crypto'
import { type Case, foldCase, newCase } from '../core/act/case/case.ts'
import type { Cause } from '../core/act/case/event-asking.ts'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import type { ReceiptComparison } from '../core/act/receipt-compare.ts'
import type { Decision } from '../core/decide/decide.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { Identifier } from '../core/read/identifiers.ts'
import { mergeMessages } from '../core/read/merge.ts'
import { noDefaults } from '../core/read/read.ts'
import { type Reduced, reduce } from '../core/read/reduce.ts'
import type { People } from '../core/read/reduce-parties.ts'
import { type RawRecord, type Screener, screener } from '../core/screen.ts'
import { caseEvent } from '../store/append-case.ts'
import type { Merged, RecordRow, Span, StoredEvent, StoredMessage } from '../store/record.ts'
import { type ClaimedReceipt, claimedReceipts, type LookedUpReceipt, withReceipts } from './claimed-receipts.ts'
import { happens } from './happens.ts'
import { type BlockFormat, recordsIn } from './records.ts'
import { newRoom, type Room } from './room.ts'
import { type Keys, pseudonymsBy, seal, unseal } from './sealing.ts'

/** What a receiver is made of. */
export interface ReceiverStart {
  readonly knowledge: Knowledge
  readonly engine: string
  readonly keys: Keys
  /** Days that people's data are kept. */
  readonly retentionDays: number
}

/** A run of raw records of one partner. */
export interface ReceiveJob {
  readonly kind: 'receive'
  readonly bytes: Uint8Array
  readonly firstLine: number
  /** A record that stands for the whole run, where it could not be cut. */
  readonly instead: RawRecord | null
  readonly how: BlockFormat
  readonly partner: string
  /** When it was received. */
  readonly at: string
  /** Day whose law counts. */
  readonly day: string
}

/** A parcel to be decided on from all that was said of it, perhaps with one message more. */
export interface MergeJob {
  readonly kind: 'merge'
  readonly parcel: number
  readonly last: number
  readonly messages: readonly StoredMessage[]
  readonly events: readonly StoredEvent[]
  /** The new message, or null where nothing new was said. */
  readonly fresh: SaidRow | null
  readonly at: string
  readonly day: string
  readonly cause: string
  /** As answers call the parcel. */
  readonly identifier: string
}

/** A record that claims receipts, to be screened with what is known of them. */
export interface ClaimJob {
  readonly kind: 'claim'
  readonly said: SaidRow
  readonly receipts: readonly LookedUpReceipt[]
  readonly at: string
  readonly day: string
}

/** How a receipt stands to the content of a message on a day; null for a content without items. */
export type CompareReceipt = (
  claims: ReceiptClaims,
  parcel: unknown,
  day: string,
) => Pick<ReceiptComparison, 'honoured' | 'answers' | 'differs'> | null

/** A record that could not be read: it has an answer and is not stored. */
export interface UnreadableRow {
  readonly answer: Span
  readonly line: number
}

/** What came of a run: rows in input order, in bytes that threads share. */
export interface Received {
  readonly bytes: SharedArrayBuffer
  readonly rows: readonly ReceivedRow[]
  readonly items: number
}

export type ReceivedRow =
  | { readonly line: number; readonly row: RecordRow; readonly claimed: readonly ClaimedReceipt[] }
  | { readonly line: number; readonly unreadable: Span }

export interface Receiver {
  /** What it screens with: checks before the sale go by the same. */
  readonly screen: Screener
  readonly receive: (job: ReceiveJob) => Received
  readonly merge: (job: MergeJob) => { readonly bytes: SharedArrayBuffer; readonly row: RecordRow }
  readonly claim: (
    job: ClaimJob,
    compare: CompareReceipt,
  ) => { readonly bytes: SharedArrayBuffer; readonly row: RecordRow }
}

/** Makes the functions that turn what partners send into rows of the store. No people are decided on: they are sealed first. */
export function receiver({ knowledge, engine, keys, retentionDays }: ReceiverStart): Receiver {
  const screen = screener(knowledge, { on: '', defaults: noDefaults, engine })
  const room = newRoom()
  const pseudonym = pseudonymsBy(keys.pseudonyms)
  const desk: Desk = {
    screen,
    room,
    keys,
    retentionDays,
    knowledge,
    nothing: newCase(knowledge.acting.order),
  }
  return {
    screen,
    receive: (job) => {
      const rows: ReceivedRow[] = []
      let items = 0
      const take = (record: RawRecord): void => {
        const given = fewLines(record)
        const reduced = 'fault' in given ? null : reduce(given.value, knowledge.places, pseudonym)
        const decision = screen.decide(reduced === null ? given : { line: 1, value: reduced.content }, job.day)
        items += decision.items.length
        if (reduced !== null && decision.parcel.readable) {
          rows.push({
            line: record.line,
            claimed: claimedReceipts(reduced.content),
            row: rowOf(
              decision,
              { said: saidBy(reduced, job, desk), fresh: reduced.content, merged: null, ...job },
              desk,
            ),
          })
        } else {
          const told = reduced === null ? decision : screen.decide(given, job.day)
          rows.push({ line: record.line, unreadable: room.put(screen.write(told)) })
        }
      }
      if (job.instead !== null) take(job.instead)
      else recordsIn(job.bytes, job.firstLine, job.how, take)
      return { rows, items, bytes: room.take() }
    },
    merge: (job) => {
      const row = mergeRow(job, desk)
      return { row, bytes: room.take() }
    },
    claim: (job, compare) => {
      const row = claimRow(job, compare, desk)
      return { row, bytes: room.take() }
    },
  }
}

/** Most item lines of a parcel that are screened for a partner who waits: the answer to each takes about four kilobytes. */
const mostLinesHere = 2000

/** The record, or that it has too many lines. */
function fewLines(record: RawRecord): RawRecord {
  if ('fault' in record || typeof record.value !== 'object' || record.value === null) return record
  const { parcel } = record.value as { parcel?: unknown }
  const { lines } = (typeof parcel === 'object' && parcel !== null ? parcel : record.value) as { lines?: unknown }
  if (!Array.isArray(lines) || lines.length <= mostLinesHere) return record
  const facts = { found: String(lines.length), limit: String(mostLinesHere) }
  return { line: record.line, fault: 'lines-too-many', facts }
}

/** A name of a parcel as the store looks it up. Local reference numbers are unique among those of one partner only. */
export function keyOf({ kind, value }: Identifier, partner: string): string {
  const name = value.length > longestName ? `sha256:${hash('sha256', value)}` : value
  return kind === 'lrn' ? `lrn:${partner}:${name}` : `${kind}:${name}`
}

/** Longest name of a parcel that is looked up as it is; longer ones fit into no index. */
const longestName = 120

interface Desk {
  readonly screen: Screener
  readonly room: Room
  readonly keys: Keys
  readonly retentionDays: number
  readonly knowledge: Knowledge
  /** A case before its first event. */
  readonly nothing: Case
}

/** What one message says, ready to be stored. */
export interface SaidRow {
  readonly partner: string
  readonly keys: readonly string[]
  readonly identifier: string
  readonly digest: string
  readonly content: string
  readonly people: RecordRow['people']
}

function saidBy({ content, people, identifiers }: Reduced, { partner, at }: ReceiveJob, desk: Desk): SaidRow {
  const text = JSON.stringify(content)
  const digest = hash('sha256', text)
  const keys = identifiers.map((one) => keyOf(one, partner))
  // What has no name is known by what was said, so that the same again is the same.
  if (keys.length === 0) keys.push(`content:${digest}`)
  const identifier = identifiers[0]?.value.slice(0, longestName).toWellFormed() ?? digest
  return { partner, keys, identifier, digest, content: text, people: sealed(people, digest, at, desk) }
}

function sealed(people: People | null, digest: string, at: string, { keys, retentionDays }: Desk): RecordRow['people'] {
  if (people === null) return null
  return { sealed: seal(JSON.stringify(people), keys.people, digest), deleteAfter: dayAfter(at, retentionDays) }
}

let lastDay = { at: '', days: 0, day: '' }

/** The day that comes so many days after an instant; a whole run has one instant. */
function dayAfter(at: string, days: number): string {
  if (lastDay.at !== at || lastDay.days !== days)
    lastDay = { at, days, day: new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10) }
  return lastDay.day
}

function mergeRow(job: MergeJob, desk: Desk): RecordRow {
  const { messages, fresh, parcel, last, at, day, cause } = job
  const said = messages.map(({ partner, at, content }) => ({ partner, at, content: JSON.parse(content) as unknown }))
  if (fresh !== null) said.push({ partner: fresh.partner, at, content: JSON.parse(fresh.content) as unknown })
  const decision = desk.screen.decide({ line: 1, value: mergeMessages(said, desk.knowledge.places).content }, day)
  const merged: Merged = { parcel, last, messages: messages.map(({ seq }) => seq), cause }
  const state = foldCase(job.events.map(caseEvent), desk.nothing)
  const own = { ...job, merged, said: fresh, fresh: said.at(-1)?.content, state }
  return { ...rowOf(decision, own, desk), identifier: job.identifier }
}

/** The row of a record once its receipts were looked up: what they answer is said with it. */
function claimRow({ said, receipts, at, day }: ClaimJob, compare: CompareReceipt, desk: Desk): RecordRow {
  const declared = JSON.parse(said.content) as Readonly<Record<string, unknown>>
  const fresh = withReceipts(declared, receipts, (claims) => compare(claims, declared, day))
  const content = JSON.stringify(fresh)
  const digest = hash('sha256', content)
  const people = said.people === null ? null : resealed(said.people, [said.digest, digest], desk)
  const decision = desk.screen.decide({ line: 1, value: fresh }, day)
  return rowOf(decision, { said: { ...said, content, digest, people }, fresh, merged: null, at, day }, desk)
}

/** People are sealed with the digest of the message that they belong to. */
function resealed(
  people: NonNullable<RecordRow['people']>,
  [from, to]: readonly [string, string],
  { keys }: Desk,
): RecordRow['people'] {
  return { ...people, sealed: seal(unseal(people.sealed, keys.people, from), keys.people, to) }
}

interface Circumstances {
  readonly said: SaidRow | null
  /** Content of what was said. */
  readonly fresh: unknown
  readonly merged: Merged | null
  readonly at: string
  readonly day: string
  /** The case so far; a new one when not given. */
  readonly state?: Case
}

function rowOf(decision: Decision, { said, fresh, merged, at, day, state }: Circumstances, desk: Desk): RecordRow {
  const { parcel, proposal, reasons } = decision
  const { screen, room } = desk
  const answer = screen.write(decision)
  const answerDigest = hash('sha256', answer)
  const cause = (merged?.cause ?? 'received') as Cause
  const message = said === null ? null : { ...said, content: fresh, identifiers: said.keys }
  const happening = happens(
    decision,
    { said: message, at, day, cause, answerDigest, state: state ?? desk.nothing },
    desk,
  )
  return {
    keys: said?.keys ?? [],
    identifier: said?.identifier ?? '',
    digest: said?.digest ?? '',
    content: room.put(said?.content ?? ''),
    answer: room.put(answer),
    answerDigest,
    proposal,
    destination: parcel.route.destination ?? '',
    dispatch: parcel.route.dispatch ?? '',
    stage: parcel.stage,
    vague: reasons.some(({ kind }) => kind === 'vague'),
    withoutHs: parcel.lines.some(({ hs }) => hs === null),
    withoutOrigin: parcel.lines.some(({ origin }) => origin === null),
    people: said?.people ?? null,
    merged,
    ...happening,
  }
}
