import { hash } from 'node:crypto'
import type { Store } from '../../src/store/open-store.ts'
import type { Batch, Merged, RecordRow } from '../../src/store/record.ts'

/** A record as a test tells it: what the parcel is called, what was said of it, and what came of it. */
export interface TestRecord {
  readonly identifier: string
  readonly content: object
  readonly answer?: object
  readonly proposal?: string
  readonly asked?: boolean
  readonly merged?: Merged
  readonly between?: RecordRow['between']
}

/** What was decided with, as a batch tells it. */
export type Told = Partial<Pick<Batch, 'tenant' | 'partner' | 'edition' | 'engine' | 'at' | 'day'>>

/** A batch of records met for the first time. */
export function batchOf(records: readonly TestRecord[], told: Told = {}): Batch {
  const text = newText()
  const batch = {
    tenant: 'main',
    partner: 'post',
    actor: 'key:post',
    at: '2026-11-24T09:00:00.000Z',
    day: '2026-11-24',
    edition: 'first',
    engine: 'greenlane test',
    ...told,
  }
  const rows = records.map((record) => rowOf(record, text, batch))
  return { ...batch, bytes: text.bytes(), rows }
}

interface Text {
  readonly put: (piece: string) => [number, number]
  readonly bytes: () => SharedArrayBuffer
}

function newText(): Text {
  const pieces: Buffer[] = []
  let size = 0
  return {
    put: (piece) => {
      const from = size
      pieces.push(Buffer.from(piece))
      size += Buffer.byteLength(piece)
      return [from, size]
    },
    bytes: () => {
      const bytes = new SharedArrayBuffer(size)
      Buffer.concat(pieces).copy(new Uint8Array(bytes))
      return bytes
    },
  }
}

function rowOf(record: TestRecord, { put }: Text, batch: Omit<Batch, 'bytes' | 'rows'>): RecordRow {
  const { identifier, content, answer, proposal = 'ask', asked = false, merged = null, between = [] } = record
  const told = JSON.stringify(content)
  const answered = JSON.stringify(answer ?? { parcel: { id: identifier, line: 1 }, proposal })
  const [digest, answerDigest] = [hash('sha256', told), hash('sha256', answered)]
  const keys = [`s10:${identifier}`]
  const { partner, edition: knowledge, engine, day } = batch
  const cause = merged?.cause ?? 'received'
  const proposed = { proposal, digest: answerDigest, knowledge, engine, day, cause, questions: [] }
  const round = { questions: [], stage: 'departed', round: 1, deadline: '2026-11-27T09:00:00.000Z' }
  return {
    keys,
    identifier,
    digest,
    content: put(told),
    answer: put(answered),
    answerDigest,
    proposal,
    destination: 'FR',
    dispatch: 'CN',
    stage: 'departed',
    vague: false,
    withoutHs: true,
    withoutOrigin: false,
    people: { sealed: new Uint8Array([1, 2, 3]), deleteAfter: '2027-02-22' },
    received: JSON.stringify({ digest, partner, identifiers: keys, amends: null, stage: 'departed' }),
    between,
    proposed: JSON.stringify(proposed),
    following: asked ? [{ kind: 'asked', body: JSON.stringify(round) }] : [],
    status: asked ? 'waiting-for-answer' : 'to-ask',
    dueAt: asked ? round.deadline : null,
    merged,
  }
}

/** Stores what a partner says, merging as often as others speak of the same parcel meanwhile. */
export async function tell(store: Store, said: readonly TestRecord[], of: Told = {}): Promise<void> {
  const recorded = await store.record(batchOf(said, of))
  for (const [at, outcome] of recorded.entries()) {
    let one = outcome
    while (one.kind === 'merge') {
      const { parcel, last, messages } = one
      const merged: Merged = {
        parcel,
        last,
        messages: messages.map(({ seq }) => seq),
        cause: 'received',
      }
      ;[one = outcome] = await store.record(batchOf([{ ...(said[at] as TestRecord), merged }], of))
    }
  }
}

/** Decides anew on what is known of a parcel, as another edition does; does nothing where somebody spoke of it meanwhile. */
export async function decideAgain(store: Store, tenant: string, parcel: number): Promise<void> {
  const of = { tenant, partner: 'nobody' }
  const { identifier, last_seq: last } = await store.db
    .selectFrom('parcels')
    .select(['identifier', 'last_seq'])
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .executeTakeFirstOrThrow()
  const merged: Merged = { parcel, last, messages: [], cause: 'edition' }
  const batch = batchOf([{ identifier, content: {}, merged }], of)
  await store.record({ ...batch, rows: batch.rows.map((row) => ({ ...row, received: null, people: null })) })
}
