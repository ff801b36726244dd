import type { StatementSync } from 'node:sqlite'
import { chainHash, firstHash, type NewEvent } from '../chain.ts'
import {
  answersBegin,
  type Batch,
  countRow,
  isAnswers,
  newScores,
  proposedBody,
  type Recorded,
  type RecordRow,
  type Score,
  type StoredEvent,
  type StoredMessage,
  type Stretch,
  stretchOver,
} from '../record.ts'
import type { Connection } from './connection.ts'

/**
 * Stores batches in one transaction, in their order, and tells what became of each row. A row that is to be merged stores nothing,
 * and later rows of the same parcel wait for it: they come back to be merged as well.
 */
export function recordBatches(connection: Connection, batches: readonly Batch[]): readonly (readonly Recorded[])[] {
  connection.database.exec('begin immediate')
  try {
    const desk = newDesk(connection)
    const recorded = batches.map((batch) => recordBatch(batch, desk))
    for (const [tenant, { seq, hash }] of desk.chains) desk.statements.keepChain.run(tenant, seq, hash)
    connection.database.exec('commit')
    return recorded
  } catch (error) {
    // Where the disk is full, the transaction is rolled back already.
    if (connection.database.isTransaction) connection.database.exec('rollback')
    throw error
  }
}

interface Chain {
  seq: number
  hash: Uint8Array
}

/** What storing needs at hand: statements, and the ends of the chains that grow in this transaction. */
interface Desk {
  readonly statements: Readonly<Record<keyof typeof sentences, StatementSync>>
  readonly chains: Map<string, Chain>
}

const sentences = {
  chain: 'select seq, hash from chains where tenant = ?',
  keepChain: 'insert into chains values (?, ?, ?) on conflict do update set seq = excluded.seq, hash = excluded.hash',
  event: 'insert into events values (?, ?, ?, ?, ?, ?, ?, ?)',
  parcelOf: 'select parcel from identifiers where tenant = ? and key = ?',
  identify: 'insert into identifiers values (?, ?, ?) on conflict do nothing',
  parcel: 'select last_seq, decision from parcels where tenant = ? and parcel = ?',
  newParcel: 'insert into parcels values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  moveParcel: `update parcels set updated_at = ?, last_seq = ?, decision = ?, proposal = ?, status = ?, stage = ?,
    destination = coalesce(nullif(?, ''), destination), dispatch = ?, due_at = ? where tenant = ? and parcel = ?`,
  lastDigest: `select digest from messages where tenant = ? and parcel = ? and partner = ? and (content like '${answersBegin}%') = ?
    order by seq desc limit 1`,
  messages: 'select seq, partner, received_at, content from messages where tenant = ? and parcel = ? order by seq',
  events: 'select seq, kind, at, actor, body from events where tenant = ? and parcel = ? order by seq',
  message: 'insert into messages values (?, ?, ?, ?, ?, ?, ?)',
  answer: 'select answer from decisions where tenant = ? and seq = ?',
  decision: 'insert into decisions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  stretch: 'insert into stretches values (?, ?, ?, ?)',
  showPartners: `insert into decisions_of_partners select distinct tenant, partner, ? from messages
    where tenant = ? and parcel = ? and partner <> ?`,
  personal: 'insert into personal values (?, ?, ?, ?, ?)',
  score: `insert into scorecards values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set received = received + excluded.received,
    amended = amended + excluded.amended, unreadable = unreadable + excluded.unreadable, vague = vague + excluded.vague, without_hs = without_hs + excluded.without_hs,
    without_origin = without_origin + excluded.without_origin`,
} as const

function newDesk({ prepare }: Connection): Desk {
  const statements = Object.fromEntries(Object.entries(sentences).map(([name, sql]) => [name, prepare(sql)]))
  return { statements: statements as Desk['statements'], chains: new Map() }
}

function recordBatch(batch: Batch, desk: Desk): readonly Recorded[] {
  const bytes = Buffer.from(new Uint8Array(batch.bytes))
  const scores = newScores(batch)
  const toMerge = new Set<number>()
  const stretches: (Stretch | null)[] = []
  const recorded = batch.rows.map((row) => recordRow(row, { batch, bytes, scores, toMerge, stretches, desk }))
  for (const stretch of stretches)
    if (stretch !== null) desk.statements.stretch.run(batch.tenant, batch.partner, stretch.last, stretch.first)
  for (const [dispatch, score] of scores)
    desk.statements.score.run(
      batch.tenant,
      batch.partner,
      dispatch,
      batch.at.slice(0, 10),
      score.received,
      score.amended,
      score.unreadable,
      score.vague,
      score.withoutHs,
      score.withoutOrigin,
    )
  return recorded
}

interface Under {
  readonly batch: Batch
  readonly bytes: Buffer
  readonly scores: Map<string, Score>
  /** Parcels of which a row came back to be merged. */
  readonly toMerge: Set<number>
  readonly stretches: (Stretch | null)[]
  readonly desk: Desk
}

function recordRow(row: RecordRow, under: Under): Recorded {
  const parcel = row.merged?.parcel ?? parcelOf(row, under)
  if (parcel === null) return storeNew(row, under)
  const { statements } = under.desk
  const { tenant, partner } = under.batch
  const stands = statements.parcel.get(tenant, parcel) as { last_seq: number; decision: number }
  // Also while it was merged, the same may have been said by a second request.
  if (row.received !== null && (row.merged !== null || !under.toMerge.has(parcel))) {
    const kind = isAnswers(under.bytes, row.content) ? 1 : 0
    const last = statements.lastDigest.get(tenant, parcel, partner, kind) as { digest: string } | undefined
    if (last?.digest === row.digest) {
      const { answer } = statements.answer.get(tenant, stands.decision) as { answer: string }
      return { kind: 'known', parcel, seq: stands.decision, answer }
    }
  }
  return row.merged?.last === stands.last_seq ? storeMore(row, parcel, under) : merge(parcel, stands, under)
}

function parcelOf({ keys }: RecordRow, { batch, desk }: Under): number | null {
  for (const key of keys) {
    const found = desk.statements.parcelOf.get(batch.tenant, key) as { parcel: number } | undefined
    if (found !== undefined) return found.parcel
  }
  return null
}

function merge(parcel: number, { last_seq: last }: { last_seq: number }, { batch, desk, toMerge }: Under): Recorded {
  toMerge.add(parcel)
  const rows = desk.statements.messages.all(batch.tenant, parcel) as unknown as (Omit<StoredMessage, 'at'> & {
    received_at: string
  })[]
  const messages = rows.map(({ seq, partner, received_at: at, content }) => ({ seq, partner, at, content }))
  const events = desk.statements.events.all(batch.tenant, parcel) as unknown as StoredEvent[]
  return { kind: 'merge', parcel, last, messages, events }
}

function storeNew(row: RecordRow, under: Under): Recorded {
  const { batch, desk } = under
  const { tenant, at } = batch
  const parcel = chainOf(tenant, desk).seq + 1
  const { seq, last } = storeSaid(row, parcel, under)
  const { identifier, proposal, status, stage, destination, dispatch, dueAt } = row
  const told = [proposal, status, stage, destination, dispatch, dueAt] as const
  desk.statements.newParcel.run(tenant, parcel, identifier, at, at, last, seq, ...told)
  return { kind: 'stored', parcel, seq }
}

function storeMore(row: RecordRow, parcel: number, under: Under): Recorded {
  const { batch, desk } = under
  const { seq, last } = storeSaid(row, parcel, under)
  const { proposal, status, stage, destination, dispatch, dueAt } = row
  const told = [proposal, status, stage, destination, dispatch, dueAt] as const
  desk.statements.moveParcel.run(batch.at, last, seq, ...told, batch.tenant, parcel)
  return { kind: 'stored', parcel, seq }
}

/** Stores the message with its people, the decision and the questions it opens, each with its event. */
function storeSaid(row: RecordRow, parcel: number, under: Under): { seq: number; last: number } {
  const { batch, bytes, desk, scores } = under
  const { tenant, partner, at, edition, engine, day } = batch
  const { statements } = desk
  let messages = row.merged?.messages ?? []
  if (row.received !== null) {
    const seq = append({ parcel, kind: 'received', at, actor: batch.actor, body: row.received }, tenant, desk)
    statements.message.run(tenant, seq, parcel, partner, row.digest, textOf(bytes, row.content), at)
    if (row.people !== null) statements.personal.run(tenant, seq, parcel, row.people.sealed, row.people.deleteAfter)
    messages = [...messages, seq]
    countRow(scores, row)
  }
  for (const key of row.keys) statements.identify.run(tenant, key, parcel)
  for (const { kind, own, body } of row.between)
    append({ parcel, kind, at, actor: own ? 'system' : batch.actor, body }, tenant, desk)
  const seq = append({ parcel, kind: 'proposed', at, actor: 'system', body: proposedBody(row, messages) }, tenant, desk)
  const cause = row.merged?.cause ?? 'received'
  const answer = textOf(bytes, row.answer)
  const told = [row.proposal, answer, edition, engine, day, JSON.stringify(messages), cause] as const
  statements.decision.run(tenant, seq, parcel, ...told)
  stretchOver(under.stretches, seq, row.received !== null)
  if (row.merged !== null) statements.showPartners.run(seq, tenant, parcel, row.received === null ? '' : partner)
  let last = seq
  for (const { kind, body } of row.following) last = append({ parcel, kind, at, actor: 'system', body }, tenant, desk)
  return { seq, last }
}

function textOf(bytes: Buffer, [from, to]: readonly [number, number]): string {
  return bytes.toString('utf8', from, to)
}

function chainOf(tenant: string, { chains, statements }: Desk): Chain {
  const known = chains.get(tenant)
  if (known !== undefined) return known
  const row = statements.chain.get(tenant) as unknown as Chain | undefined
  const chain = row === undefined ? { seq: 0, hash: firstHash } : { seq: row.seq, hash: row.hash }
  chains.set(tenant, chain)
  return chain
}

/** Adds an event to the chain of its tenant and returns its number. */
function append(event: NewEvent, tenant: string, desk: Desk): number {
  const chain = chainOf(tenant, desk)
  const seq = chain.seq + 1
  chain.hash = chainHash(chain.hash, tenant, seq, event)
  chain.seq = seq
  const { parcel, kind, at, actor, body } = event
  desk.statements.event.run(tenant, seq, parcel, kind, at, actor, body, chain.hash)
  return seq
}
