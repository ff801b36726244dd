import { hash } from 'node:crypto'
import type { Decision } from '../core/decide/decide.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { Identifier } from '../core/read/identifiers.ts'
import { mergeMessages } from '../core/read/merge.ts'
import { noDefaults } from '../core/read/read.ts'
import { type People, reduce } from '../core/read/reduce.ts'
import { type RawRecord, type Screener, screener } from '../core/screen.ts'
import type { Merged, RecordRow, Span, StoredMessage } from '../store/record.ts'
import { type BlockFormat, recordsIn } from './records.ts'
import { newRoom, type Room } from './room.ts'
import { type Keys, pseudonymsBy, seal } from './sealing.ts'

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
  /** The new message with the row it came in, or null where nothing new was said. */
  readonly fresh: { readonly partner: string; readonly content: string; readonly row: RecordRow } | null
  readonly at: string
  readonly day: string
  readonly cause: string
  /** Names of the parcel, where nothing new was said. */
  readonly identifier: string
}

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
  | { readonly line: number; readonly row: RecordRow }
  | { readonly line: number; readonly unreadable: Span }

export interface Receiver {
  readonly receive: (job: ReceiveJob) => Received
  readonly merge: (job: MergeJob) => { readonly bytes: SharedArrayBuffer; readonly row: RecordRow }
}

/** Makes the functions that turn what partners send into rows of the store. No people are decided on: they are sealed first. */
export function receiver({ knowledge, engine, keys, retentionDays }: ReceiverStart): Receiver {
  const screen = screener(knowledge, { on: '', defaults: noDefaults, engine })
  const room = newRoom()
  const pseudonym = pseudonymsBy(keys.pseudonyms)
  const desk: Desk = { screen, room, keys, retentionDays }
  return {
    receive: ({ bytes, firstLine, instead, how, partner, at, day }) => {
      const rows: ReceivedRow[] = []
      let items = 0
      const take = (record: RawRecord): void => {
        const reduced = 'fault' in record ? null : reduce(record.value, knowledge.places, pseudonym)
        const decision = screen.decide(reduced === null ? record : { line: 1, value: reduced.content }, day)
        items += decision.items.length
        if (reduced === null || !decision.parcel.readable) {
          const told = reduced === null ? decision : screen.decide(record, day)
          rows.push({ line: record.line, unreadable: room.put(screen.write(told)) })
          return
        }
        const content = JSON.stringify(reduced.content)
        const digest = hash('sha256', content)
        const keysOf = reduced.identifiers.map((one) => keyOf(one, partner))
        const identifier = reduced.identifiers[0]?.value ?? digest
        if (keysOf.length === 0) keysOf.push(`content:${digest}`)
        const row = rowOf(decision, { keys: keysOf, identifier, digest, content, merged: null }, desk)
        rows.push({ line: record.line, row: { ...row, people: sealed(reduced.people, digest, at, desk) } })
      }
      if (instead !== null) take(instead)
      else recordsIn(bytes, firstLine, how, take)
      return { rows, items, bytes: room.take() }
    },
    merge: (job) => {
      const { messages, fresh, parcel, last, at, day, cause } = job
      const said = messages.map(({ partner, at, content }) => ({
        partner,
        at,
        content: JSON.parse(content) as unknown,
      }))
      if (fresh !== null) said.push({ partner: fresh.partner, at, content: JSON.parse(fresh.content) as unknown })
      const decision = screen.decide({ line: 1, value: mergeMessages(said).content }, day)
      const merged: Merged = { parcel, last, messages: messages.map(({ seq }) => seq), cause, message: fresh !== null }
      const named = fresh?.row ?? { keys: [], identifier: job.identifier, digest: '', people: null }
      const row = rowOf(decision, { ...named, content: fresh?.content ?? '', merged }, desk)
      return { row: { ...row, people: named.people }, bytes: room.take() }
    },
  }
}

/** A name of a parcel as the store looks it up. Local reference numbers are unique among those of one partner only. */
export function keyOf({ kind, value }: Identifier, partner: string): string {
  return kind === 'lrn' ? `lrn:${partner}:${value}` : `${kind}:${value}`
}

interface Desk {
  readonly screen: Screener
  readonly room: Room
  readonly keys: Keys
  readonly retentionDays: number
}

interface Named {
  readonly keys: readonly string[]
  readonly identifier: string
  readonly digest: string
  readonly content: string
  readonly merged: Merged | null
}

function rowOf(
  decision: Decision,
  { keys, identifier, digest, content, merged }: Named,
  { screen, room }: Desk,
): RecordRow {
  const { parcel, proposal, reasons } = decision
  const answer = screen.write(decision)
  return {
    keys,
    identifier,
    digest,
    content: room.put(content),
    answer: room.put(answer),
    answerDigest: hash('sha256', answer),
    proposal,
    destination: parcel.route.destination ?? '',
    dispatch: parcel.route.dispatch ?? '',
    stage: parcel.stage,
    vague: reasons.some(({ kind }) => kind === 'vague'),
    withoutHs: parcel.lines.some(({ hs }) => hs === null),
    withoutOrigin: parcel.lines.some(({ origin }) => origin === null),
    people: null,
    asked: null,
    merged,
  }
}

function sealed(people: People | null, digest: string, at: string, { keys, retentionDays }: Desk): RecordRow['people'] {
  if (people === null) return null
  const end = new Date(Date.parse(at) + retentionDays * 86_400_000)
  return {
    sealed: seal(JSON.stringify(people), keys.people, digest),
    deleteAfter: end.toISOString().slice(0, 10),
  }
}
