import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { absenceOf, StoreFault } from '../../src/store/store-fault.ts'
import { startStoreThread } from '../../src/store/store-thread.ts'
import { batchOf } from './batches.fixture.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import { newStore } from './stores.fixture.ts'

const bin = findPostgres()
const large = (name: string) =>
  batchOf(Array.from({ length: 400 }, (_, at) => ({ identifier: `${name}${at}`, content: { said: 'x'.repeat(2000) } })))

describe('a disk that is full', () => {
  test('is told as such, keeps what was stored, and takes more when there is room again', async () => {
    const { store, end } = await newStore('sqlite')
    try {
      await store.record(large('A'))
      await sql`pragma max_page_count = 200`.execute(store.db)
      await expect(store.record(large('B'))).rejects.toMatchObject({ name: 'StoreFault', code: 'SQLITE_FULL' })
      const rows = Array.from({ length: 2000 }, (_, at) => ({
        tenant: 'x'.repeat(2000) + at,
        name: '',
        created_at: '',
      }))
      const insert = store.db.transaction().execute(async (then) => {
        for (const row of rows) await then.insertInto('tenants').values(row).execute()
      })
      await expect(insert).rejects.toMatchObject({ code: 'SQLITE_FULL' })
      await sql`pragma max_page_count = 1000000`.execute(store.db)
      const recorded = await store.record(large('B'))
      expect(recorded.every(({ kind }) => kind === 'stored')).toBe(true)
      expect(await store.db.selectFrom('parcels').select('parcel').execute()).toHaveLength(800)
    } finally {
      await end()
    }
  })
})

describe.skipIf(bin === null)('a PostgreSQL that is gone', () => {
  test('is told as such while it is gone, ends no process, and is used again when it is back', async () => {
    const server = await startPostgres(bin as string)
    const store = await openStore({ kind: 'postgres', url: server.url })
    try {
      await store.record(large('A'))
      const busy = sql`select pg_sleep(5)`.execute(store.db).catch((error: unknown) => error)
      await new Promise((done) => setTimeout(done, 200))
      await server.crash()
      expect(absenceOf(await busy)).toBeInstanceOf(StoreFault)
      const asked = await store.db
        .selectFrom('parcels')
        .selectAll()
        .execute()
        .catch((error: unknown) => error)
      expect(absenceOf(asked)).toBeInstanceOf(StoreFault)
      await expect(store.record(large('B'))).rejects.toBeInstanceOf(StoreFault)
      await server.restart()
      expect((await store.record(large('B'))).every(({ kind }) => kind === 'stored')).toBe(true)
      expect(await store.db.selectFrom('parcels').select('parcel').execute()).toHaveLength(800)
    } finally {
      await store.close()
      await server.stop()
    }
  })
})

describe('a thread of the store that dies', () => {
  const source = `import { parentPort } from 'node:worker_threads'
    parentPort.on('message', (all) => {
      if (all === null) return parentPort.close()
      if (all.some(({ sql }) => sql === 'die')) throw new Error('dead')
      parentPort.postMessage(all.map(({ id, sql }) => ({ id, value: sql })))
    })`

  test('fails what it was asked, and is started anew for what is asked afterwards', async () => {
    const thread = startStoreThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {})
    expect(await thread.query('first', [], 0)).toBe('first')
    const [died, beside] = await Promise.allSettled([thread.query('die', [], 0), thread.query('beside', [], 0)])
    expect([died?.status, beside?.status]).toEqual(['rejected', 'rejected'])
    expect(await thread.query('again', [], 0)).toBe('again')
    await thread.close()
    await expect(thread.query('late', [], 0)).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
