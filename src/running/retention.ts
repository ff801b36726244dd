import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { appendEvents } from '../store/append.ts'
import type { Store } from '../store/open-store.ts'
import type { Part } from './drain.ts'
import type { Log } from './log.ts'

/** What a run of retention deleted. */
export interface Deleted {
  /** People's data, one for each message that brought some. */
  readonly rows: number
  /** Parcels of which none are left. */
  readonly parcels: number
}

/** Rows that one transaction deletes: others wait for it, so that it is short. */
const rowsTogether = 200

/**
 * Deletes people's data whose days are over and writes `personal-data-deleted` for each parcel of which none are left. Messages,
 * decisions and earlier events stay as they are: they hold pseudonyms only. Two services on one database delete nothing twice.
 */
export async function deleteOverdue(store: Store, at: Date): Promise<Deleted> {
  const instant = at.toISOString()
  let [rows, parcels] = [0, 0]
  // In SQLite, what is deleted is overwritten from here on, and not only marked as free.
  if (store.kind === 'sqlite') await sql`pragma secure_delete = on`.execute(store.db)
  for (;;) {
    const tenant = await overdueTenant(store, instant.slice(0, 10))
    const deleted = tenant === null ? nothing : await deleteSome(store, tenant, instant)
    if (deleted.rows === 0) break
    rows += deleted.rows
    parcels += deleted.parcels
  }
  if (rows > 0) await emptyLog(store)
  return { rows, parcels }
}

const nothing: Deleted = { rows: 0, parcels: 0 }

/** A tenant with people's data whose last day is over, or null. */
async function overdueTenant({ db }: Store, day: string): Promise<string | null> {
  const row = await db
    .selectFrom('personal')
    .select('tenant')
    .where('delete_after', '<', day)
    .limit(1)
    .executeTakeFirst()
  return row?.tenant ?? null
}

async function deleteSome({ db, kind }: Store, tenant: string, at: string): Promise<Deleted> {
  return db.transaction().execute(async (transaction) => {
    const overdue = transaction
      .selectFrom('personal')
      .select('seq')
      .where('tenant', '=', tenant)
      .where('delete_after', '<', at.slice(0, 10))
      .orderBy('seq')
      .limit(rowsTogether)
    const gone = await transaction
      .deleteFrom('personal')
      .where('tenant', '=', tenant)
      .where('seq', 'in', overdue)
      .returning('parcel')
      .execute()
    if (gone.length === 0) return nothing
    const parcels = [...new Set(gone.map(({ parcel }) => parcel))]
    const left = await transaction
      .selectFrom('personal')
      .select('parcel')
      .where('tenant', '=', tenant)
      .where('parcel', 'in', parcels)
      .execute()
    const without = parcels.filter((parcel) => !left.some((row) => row.parcel === parcel))
    const body = JSON.stringify({ why: 'schedule' })
    const events = without.map((parcel) => ({ parcel, kind: 'personal-data-deleted', at, actor: 'system', body }))
    await appendEvents(transaction, kind, tenant, events)
    return { rows: gone.length, parcels: without.length }
  })
}

/**
 * What was deleted leaves the files of the database too: PostgreSQL frees the rows, SQLite writes its log into the database and cuts
 * it off. That is done on a connection of its own which waits for nobody: where a backup is reading, the next run does it.
 */
async function emptyLog({ db, kind }: Store): Promise<void> {
  if (kind === 'postgres') {
    await sql`vacuum personal`.execute(db)
    return
  }
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(db)
  const database = new DatabaseSync(rows[0]?.file as string, { timeout: 0 })
  try {
    database.exec('pragma wal_checkpoint(truncate)')
  } finally {
    database.close()
  }
}

export interface RetentionOptions {
  readonly log: Log
  readonly now?: () => Date
  /** Milliseconds from the end of one run to the next; an hour when not given. */
  readonly pause?: number
  /** What else is taken away once it is old. */
  readonly others?: readonly ((at: Date) => Promise<unknown>)[]
}

/** Runs retention now and every hour. A run that fails is told in the log, and the next one does its work as well. */
export function scheduleRetention(
  store: Store,
  { log, now = () => new Date(), pause = 3_600_000, others = [] }: RetentionOptions,
): Part {
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const run = async (): Promise<void> => {
    try {
      const { rows, parcels } = await deleteOverdue(store, now())
      if (rows > 0) log.info("People's data were deleted on schedule", { count: rows, parcels })
      for (const other of others) await other(now())
    } catch (error) {
      log.error("People's data could not be deleted on schedule", {}, error)
    }
    if (!closed) timer = setTimeout(next, pause).unref()
  }
  let running = run()
  const next = (): void => {
    running = run()
  }
  const close = async (): Promise<void> => {
    closed = true
    clearTimeout(timer)
    await running
  }
  return { name: 'retention', close }
}
