import { hash } from 'node:crypto'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, firstHash, hexOf } from '../../src/store/chain.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { EventRow, Tables } from '../../src/store/schema.ts'
import { tenantsWithChains, verifyChain } from '../../src/store/verify-chain.ts'
import { batchOf, type TestRecord } from './batches.fixture.ts'
import { newStore, storeKinds } from './stores.fixture.ts'

const parcels = 12
/** Every third parcel is asked about, so that its events are three. */
const records: readonly TestRecord[] = Array.from({ length: parcels }, (_, at) => ({
  identifier: `LZ${at}CN`,
  content: { said: `Pflanze "${at}" 🌱`, line: at },
  asked: at % 3 === 0,
}))
const events = parcels * 2 + 4

/** Rows of the chain's tables as they were, to be put back after each change. */
type Rows = { readonly [Table in 'events' | 'messages' | 'decisions' | 'chains']: readonly Tables[Table][] }

describe.each(storeKinds)('the audit of a chain, in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  let rows: Rows
  beforeAll(async () => {
    ;({ store, end } = await newStore(kind))
    await store.record(batchOf(records))
    await store.record(batchOf(records.slice(0, 3), { tenant: 'other' }))
    rows = await allRows(store.db)
  })
  afterAll(() => end())

  /** What the audit says of a store that was changed; the change is taken back. */
  const brokenAfter = async (change: (db: Kysely<Tables>) => Promise<unknown>) => {
    await change(store.db)
    try {
      return (await verifyChain(store.db, 'main')).broken
    } finally {
      await putBack(store.db, rows)
    }
  }

  test('a chain that nobody touched is whole, each tenant by itself', async () => {
    expect(await tenantsWithChains(store.db)).toEqual(['main', 'other'])
    let told = 0
    const verified = await verifyChain(store.db, 'main', { progress: (count) => (told += count) })
    const last = rows.events.findLast(({ tenant }) => tenant === 'main') as EventRow
    expect(verified).toEqual({ tenant: 'main', events, end: { seq: events, hash: hexOf(last.hash) }, broken: null })
    expect(told).toBe(events)
    expect((await verifyChain(store.db, 'other')).broken).toBeNull()
    expect(await verifyChain(store.db, 'nobody')).toMatchObject({ events: 0, broken: null })
  })

  test('each change is found at its first broken link, and told for what it is', async () => {
    const at = (table: 'events' | 'messages' | 'decisions', seq: number, set: object) => (db: Kysely<Tables>) =>
      db.updateTable(table).set(set).where('tenant', '=', 'main').where('seq', '=', seq).execute()
    const gone = (table: 'events' | 'messages' | 'decisions', seq: number) => (db: Kysely<Tables>) =>
      db.deleteFrom(table).where('tenant', '=', 'main').where('seq', '=', seq).execute()
    expect(await brokenAfter(at('events', 5, { body: '{}' }))).toMatchObject({
      seq: 5,
      kind: 'proposed',
      parcel: 4,
      fault: 'hash',
    })
    expect(await brokenAfter(at('events', 5, { hash: new Uint8Array(32) }))).toMatchObject({ seq: 5, fault: 'hash' })
    expect(await brokenAfter(gone('events', 5))).toMatchObject({ seq: 6, fault: 'gap', detail: 'event 5 is missing' })
    expect(await brokenAfter(gone('events', 1))).toMatchObject({ seq: 2, fault: 'gap' })
    expect(await brokenAfter(at('messages', 4, { content: '{"said":"socks"}' }))).toMatchObject({
      seq: 4,
      fault: 'message-content',
    })
    expect(await brokenAfter(at('messages', 4, { partner: 'courier' }))).toMatchObject({
      seq: 4,
      fault: 'message-column',
    })
    expect(await brokenAfter(gone('messages', 4))).toMatchObject({ seq: 4, parcel: 4, fault: 'message-missing' })
    expect(await brokenAfter(at('decisions', 5, { answer: '{}' }))).toMatchObject({ seq: 5, fault: 'answer' })
    expect(await brokenAfter(at('decisions', 5, { edition: 'second' }))).toMatchObject({
      seq: 5,
      fault: 'decision-column',
      detail: 'edition is "second", not "first"',
    })
    expect(await brokenAfter(gone('decisions', 5))).toMatchObject({ seq: 5, fault: 'decision-missing' })
  })

  test('two events or two messages that changed places are found', async () => {
    const swap = (table: 'events' | 'messages', one: number, other: number) => async (db: Kysely<Tables>) => {
      const steps: readonly (readonly [number, number])[] = [
        [one, -1],
        [other, one],
        [-1, other],
      ]
      for (const [seq, to] of steps)
        await db.updateTable(table).set({ seq: to }).where('tenant', '=', 'main').where('seq', '=', seq).execute()
    }
    expect(await brokenAfter(swap('events', 6, 8))).toMatchObject({ seq: 6, fault: 'hash' })
    expect(await brokenAfter(swap('messages', 4, 6))).toMatchObject({ seq: 4, fault: 'message-content' })
  })

  test('a tail that was cut off is found by the end that the store keeps, and without it by one kept elsewhere', async () => {
    const cut = (from: number, keep: boolean) => async (db: Kysely<Tables>) => {
      for (const table of ['events', 'messages', 'decisions'] as const)
        await db.deleteFrom(table).where('tenant', '=', 'main').where('seq', '>=', from).execute()
      const last = rows.events.find(({ tenant, seq }) => tenant === 'main' && seq === from - 1) as EventRow
      const { seq, hash: hashed } = last
      if (!keep) await db.updateTable('chains').set({ seq, hash: hashed }).where('tenant', '=', 'main').execute()
    }
    expect(await brokenAfter(cut(events - 2, true))).toMatchObject({ seq: events - 2, fault: 'end-cut-off' })
    expect(await brokenAfter(cut(events - 2, false))).toBeNull()
    const { end: kept } = await verifyChain(store.db, 'main')
    await cut(events - 2, false)(store.db)
    const { broken } = await verifyChain(store.db, 'main', { expected: [kept] })
    await putBack(store.db, rows)
    expect(broken).toMatchObject({ seq: events - 2, fault: 'end-cut-off' })
  })

  test('a tail that was written anew with right hashes is found by an end that was kept elsewhere', async () => {
    const { end: kept } = await verifyChain(store.db, 'main')
    await forge(store.db, rows, 5)
    const alone = await verifyChain(store.db, 'main')
    const against = await verifyChain(store.db, 'main', { expected: [kept] })
    await putBack(store.db, rows)
    expect(alone.broken).toBeNull()
    expect(against.broken).toMatchObject({ seq: events, fault: 'rewritten' })
  })

  test('messages and decisions that no event speaks of are found, wherever they stand', async () => {
    const message = rows.messages[0] as Tables['messages']
    const decision = rows.decisions[0] as Tables['decisions']
    for (const seq of [-5, 0, 3, events + 7]) {
      const stray = await brokenAfter((db) =>
        db
          .insertInto('messages')
          .values({ ...message, seq })
          .execute(),
      )
      expect(stray).toMatchObject({ seq, fault: 'row-without-event', detail: 'in messages' })
    }
    const stray = await brokenAfter((db) =>
      db
        .insertInto('decisions')
        .values({ ...decision, seq: events + 7 })
        .execute(),
    )
    expect(stray).toMatchObject({ seq: events + 7, fault: 'row-without-event', detail: 'in decisions' })
  })

  test('an end that was changed or lost is found', async () => {
    const set = (to: object) => (db: Kysely<Tables>) =>
      db.updateTable('chains').set(to).where('tenant', '=', 'main').execute()
    expect(await brokenAfter(set({ hash: new Uint8Array(32) }))).toMatchObject({ seq: events, fault: 'end-changed' })
    expect(await brokenAfter(set({ seq: events - 1 }))).toMatchObject({ fault: 'end-changed' })
    const lost = (db: Kysely<Tables>) => db.deleteFrom('chains').where('tenant', '=', 'main').execute()
    expect(await brokenAfter(lost)).toMatchObject({ seq: events, fault: 'end-changed' })
  })

  test('any single changed letter or number, in any column of any row, is found', async () => {
    const changes = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 94 }))
    const cells = cellsOf(rows)
    const run = async ([which, , where, by]: readonly [number, number, number, number]) => {
      const cell = cells[which % cells.length] as Cell
      const broken = await brokenAfter((db) => changeCell(db, cell, where, by))
      expect(broken, JSON.stringify(cell)).not.toBeNull()
      if (cell.column !== 'seq') expect(broken?.seq).toBe(cell.seq)
    }
    await fc.assert(fc.asyncProperty(changes, run), { numRuns: 120 })
  })
})

async function allRows(db: Kysely<Tables>): Promise<Rows> {
  const [eventRows, messages, decisions, chains] = await Promise.all([
    db.selectFrom('events').selectAll().orderBy('tenant').orderBy('seq').execute(),
    db.selectFrom('messages').selectAll().orderBy('tenant').orderBy('seq').execute(),
    db.selectFrom('decisions').selectAll().orderBy('tenant').orderBy('seq').execute(),
    db.selectFrom('chains').selectAll().execute(),
  ])
  return { events: eventRows, messages, decisions, chains }
}

async function putBack(db: Kysely<Tables>, rows: Rows): Promise<void> {
  for (const table of ['events', 'messages', 'decisions', 'chains'] as const) {
    await db.deleteFrom(table).execute()
    await db
      .insertInto(table)
      .values(rows[table] as never)
      .execute()
  }
}

/** Changes an answer and writes every hash after it anew, the end included: what one with the whole database can do. */
async function forge(db: Kysely<Tables>, rows: Rows, from: number): Promise<void> {
  const answer = '{"proposal":"no-objection"}'
  let before = firstHash
  for (const event of rows.events.filter(({ tenant }) => tenant === 'main')) {
    const { seq } = event
    const body =
      seq === from ? JSON.stringify({ ...JSON.parse(event.body), digest: hash('sha256', answer) }) : event.body
    before = chainHash(before, 'main', seq, { ...event, body })
    await db
      .updateTable('events')
      .set({ body, hash: before })
      .where('tenant', '=', 'main')
      .where('seq', '=', seq)
      .execute()
  }
  await db.updateTable('decisions').set({ answer }).where('tenant', '=', 'main').where('seq', '=', from).execute()
  await db.updateTable('chains').set({ hash: before }).where('tenant', '=', 'main').execute()
}

interface Cell {
  readonly table: 'events' | 'messages' | 'decisions'
  readonly seq: number
  readonly column: string
  readonly value: unknown
}

function cellsOf(rows: Rows): readonly Cell[] {
  return (['events', 'messages', 'decisions'] as const).flatMap((table) =>
    rows[table]
      .filter(({ tenant }) => tenant === 'main')
      .flatMap((row) =>
        Object.entries(row)
          .filter(([column]) => column !== 'tenant')
          .map(([column, value]) => ({ table, seq: row.seq, column, value })),
      ),
  )
}

/** Changes one letter of a text, one byte of a hash, or a number; `seq` is moved to where nothing stands. */
async function changeCell(db: Kysely<Tables>, cell: Cell, where: number, by: number): Promise<void> {
  const { table, seq, column, value } = cell
  const to = column === 'seq' ? seq + 1000 : otherValue(value, where, by)
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where tenant = 'main' and seq = ${seq}`.execute(
    db,
  )
}

function otherValue(value: unknown, where: number, by: number): unknown {
  if (typeof value === 'number') return value + by
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value)
    const at = where % bytes.length
    bytes[at] = ((bytes[at] as number) + by) % 256
    return bytes
  }
  const letters = Array.from(value as string)
  const at = where % letters.length
  const code = (letters[at] as string).codePointAt(0) as number
  letters[at] = String.fromCodePoint(code >= 32 && code < 127 ? 32 + ((code - 32 + by) % 95) : 63)
  return letters.join('')
}
