import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../src/running/log.ts'
import { deleteOverdue, scheduleRetention } from '../../src/running/retention.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import type { Batch } from '../../src/store/record.ts'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { batchOf } from '../store/batches.fixture.ts'
import { newPlace, storeKinds, type TestPlace } from '../store/stores.fixture.ts'

/** Records of which each brings people whose data may be kept until a day. */
function until(day: string, identifiers: readonly string[], tenant = 'main'): Batch {
  const batch = batchOf(
    identifiers.map((identifier) => ({ identifier, content: { identifier } })),
    { tenant },
  )
  const people = { sealed: Buffer.from('sealed people of a parcel'), deleteAfter: day }
  return { ...batch, rows: batch.rows.map((row) => ({ ...row, people })) }
}

async function counts({ db }: Store): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const table of ['personal', 'messages', 'decisions', 'parcels', 'events']) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db)
    counted[table] = Number(rows[0]?.count)
  }
  return counted
}

describe.each(storeKinds)('retention in %s', (kind) => {
  let place: TestPlace
  let store: Store
  beforeEach(async () => {
    place = await newPlace(kind)
    store = await openStore(place.place)
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })

  it("deletes people's data the day after their last, and nothing else", async () => {
    await store.record(until('2027-02-22', ['A', 'B']))
    await store.record(until('2027-02-23', ['C']))
    const stored = await allBut(store)
    expect(await deleteOverdue(store, new Date('2027-02-22T23:59:59Z'))).toEqual({ rows: 0, parcels: 0 })
    expect(await counts(store)).toMatchObject({ personal: 3, events: 6 })
    expect(await deleteOverdue(store, new Date('2027-02-23T00:00:00Z'))).toEqual({ rows: 2, parcels: 2 })
    expect(await counts(store)).toEqual({ personal: 1, messages: 3, decisions: 3, parcels: 3, events: 8 })
    expect(await allBut(store)).toEqual(stored)
  })

  it('tells it as an event of the parcel, in a chain that holds', async () => {
    await store.record(until('2027-02-22', ['A']))
    await deleteOverdue(store, new Date('2027-03-01T10:00:00Z'))
    const event = await store.db.selectFrom('events').selectAll().orderBy('seq', 'desc').executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      parcel: 1,
      kind: 'personal-data-deleted',
      at: '2027-03-01T10:00:00.000Z',
      actor: 'system',
      body: '{"why":"schedule"}',
    })
    expect((await verifyChain(store.db, 'main')).broken).toBeNull()
  })

  it('tells it of a parcel only when none of its people are left', async () => {
    await store.record(until('2027-02-22', ['A']))
    const sealed = new Uint8Array([1])
    const later = { tenant: 'main', seq: 99, parcel: 1, sealed, delete_after: '2027-04-01' }
    await store.db.insertInto('personal').values(later).execute()
    expect(await deleteOverdue(store, new Date('2027-03-01'))).toEqual({ rows: 1, parcels: 0 })
    expect(await deleteOverdue(store, new Date('2027-04-02'))).toEqual({ rows: 1, parcels: 1 })
  })

  it('takes every tenant, however much there is, and does nothing twice when two services do it at once', async () => {
    const many = (letter: string) => Array.from({ length: 1200 }, (_, at) => `${letter}${at}`)
    await store.record(until('2027-02-22', many('A')))
    await store.record(until('2027-02-22', many('B'), 'other'))
    const other = await openStore(place.place)
    const at = new Date('2027-03-01')
    const runs = await Promise.all([deleteOverdue(store, at), deleteOverdue(other, at)])
    await other.close()
    await deleteOverdue(store, at)
    expect(runs.reduce((sum, { parcels }) => sum + parcels, 0)).toBe(2400)
    expect(await counts(store)).toMatchObject({ personal: 0, events: 2 * 2400 + 2400 })
    for (const tenant of ['main', 'other']) expect((await verifyChain(store.db, tenant)).broken).toBeNull()
  })

  it('runs at once and again after its pause, and tells in the log how much, and of a run that failed', async () => {
    const lines: string[] = []
    const log = openLog('info', { write: (line) => lines.push(line) })
    await store.record(until('2027-02-22', ['A']))
    let now = new Date('2027-02-01')
    const part = scheduleRetention(store, { log, pause: 20, now: () => now })
    await new Promise((done) => setTimeout(done, 100))
    expect(lines).toEqual([])
    now = new Date('2027-03-01')
    await expect.poll(() => lines.length).toBe(1)
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 'info', count: 1, parcels: 1 })
    now = new Date(Number.NaN)
    await expect.poll(() => lines.length).toBeGreaterThan(1)
    expect(JSON.parse(lines[1] as string)).toMatchObject({ level: 'error', error: { name: 'RangeError' } })
    await part.close()
    const told = lines.length
    await new Promise((done) => setTimeout(done, 60))
    expect(lines).toHaveLength(told)
  })

  it.runIf(kind === 'sqlite')('leaves no trace of them in the files of the database', async () => {
    const { file } = place.place as { file: string }
    const bytes = () => Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
    await store.record(until('2027-02-22', ['A', 'B', 'C']))
    expect(bytes().includes('sealed people of a parcel')).toBe(true)
    await deleteOverdue(store, new Date('2027-03-01'))
    expect(bytes().includes('sealed people of a parcel')).toBe(false)
  })
})

/** Messages, decisions and parcels, whole but for the number of the last event. */
async function allBut({ db }: Store): Promise<unknown> {
  return Promise.all([
    db.selectFrom('messages').selectAll().orderBy('seq').execute(),
    db.selectFrom('decisions').selectAll().orderBy('seq').execute(),
    db
      .selectFrom('parcels')
      .select(['parcel', 'identifier', 'decision', 'proposal', 'status'])
      .orderBy('parcel')
      .execute(),
  ])
}
