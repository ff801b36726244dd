import { type Kysely, sql } from 'kysely'
import { migrate } from './migrate.ts'
import type { StoreKind } from './migrations/table.ts'
import type { Batch, Recorded } from './record.ts'
import type { Tables } from './schema.ts'

/** Where the data lie. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** The data of the service: one query builder over either store, and the way in for what was screened. */
export interface Store {
  readonly kind: StoreKind
  readonly db: Kysely<Tables>
  /** Stores a batch and resolves when it is on disk. Throws StoreFault: then nothing of it was stored. */
  readonly record: (batch: Batch) => Promise<readonly Recorded[]>
  /** Batches and queries that wait. */
  readonly waiting: () => number
  readonly close: () => Promise<void>
}

/** Opens the store, brings its tables up to date and starts its threads. Throws StoreFault or Error that says what to do. */
export async function openStore(place: StorePlace, onFault: (error: Error) => void = () => {}): Promise<Store> {
  const store = place.kind === 'sqlite' ? await openSqlite(place.file) : await openPostgres(place.url, onFault)
  try {
    await migrate(store.db, store.kind)
    return store
  } catch (error) {
    await store.close().catch(() => {})
    throw error
  }
}

async function openSqlite(file: string): Promise<Store> {
  const { Kysely } = await import('kysely')
  const { startStoreThread } = await import('./store-thread.ts')
  const { threadedSqlite } = await import('./sqlite/dialect.ts')
  const { sqliteDoor } = await import('./threads.ts')
  const writer = startStoreThread(sqliteDoor, { file })
  await writer.query('select 1', [], 0)
  const readers = [startStoreThread(sqliteDoor, { file })]
  const db = new Kysely<Tables>({ dialect: threadedSqlite({ writer, readers }) })
  return {
    kind: 'sqlite',
    db,
    record: writer.record,
    waiting: () => writer.waiting() + readers.reduce((sum, reader) => sum + reader.waiting(), 0),
    close: async () => {
      await db.destroy()
      await Promise.all([writer, ...readers].map((thread) => thread.close()))
    },
  }
}

async function openPostgres(url: string, onFault: (error: Error) => void): Promise<Store> {
  const { Kysely, PostgresDialect } = await import('kysely')
  const { openPool } = await import('./postgres/pool.ts')
  const { startStoreThread } = await import('./store-thread.ts')
  const { postgresDoor } = await import('./threads.ts')
  const pool = openPool(url, 8, onFault)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await sql`select 1`.execute(db)
  const writer = startStoreThread(postgresDoor, { url })
  return {
    kind: 'postgres',
    db,
    record: writer.record,
    waiting: () => writer.waiting() + pool.waitingCount,
    close: async () => {
      await writer.close()
      await db.destroy()
    },
  }
}
