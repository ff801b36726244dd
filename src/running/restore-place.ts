import { existsSync, renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { StorePlace } from '../store/open-store.ts'
import { BackupFault } from './backup-fault.ts'
import { messageOf } from './backup-file.ts'

/** Throws BackupFault where a store stands that holds something and may not be replaced, or that a service has open. */
export async function emptyOrReplaceable(place: StorePlace, replace: boolean): Promise<void> {
  if (place.kind === 'sqlite' && !existsSync(place.file)) return
  const holds = place.kind === 'sqlite' ? sqliteHolds(place.file) : await postgresHolds(place.url)
  if (holds && !replace) {
    throw new BackupFault(
      'The store there holds events. Nothing was changed: name an empty place, or replace it with --force (make a backup of it first).',
    )
  }
  if (place.kind === 'sqlite') sqliteAlone(place.file)
}

function sqliteHolds(file: string): boolean {
  return onDatabase(file, { readOnly: true }, (database) => {
    const table = database.prepare("select 1 from sqlite_master where name = 'events'").get()
    return table !== undefined && database.prepare('select 1 from events limit 1').get() !== undefined
  })
}

/** Only who has a database alone can end its write-ahead log; what it held is in the file then. */
function sqliteAlone(file: string): void {
  onDatabase(file, { readOnly: false }, (database) => database.exec('pragma journal_mode = delete'))
}

function onDatabase<T>(file: string, options: { readonly readOnly: boolean }, ask: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(file, { ...options, timeout: 500 })
    return ask(database)
  } catch (error) {
    if ((error as { errcode?: number }).errcode === 5) throw inUse(file)
    throw new BackupFault(
      `${file} is there and cannot be read (${messageOf(error)}). Nothing was changed: move it away first.`,
      { cause: error },
    )
  } finally {
    database?.close()
  }
}

async function postgresHolds(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    if (!(await leftAlone(client))) throw inUse('The database')
    const { rows } = await client.query<{ there: boolean }>("select to_regclass('events') is not null as there")
    return rows[0]?.there === true && (await client.query('select 1 from events limit 1')).rows.length > 0
  } catch (error) {
    if (error instanceof BackupFault) throw error
    throw new BackupFault(
      `The database does not answer (${messageOf(error)}). Nothing was changed: DATABASE_URL says where it is.`,
      {
        cause: error,
      },
    )
  } finally {
    await client.end().catch(() => {})
  }
}

/** Whether no service is connected; one that was just stopped has two seconds until the server notices. */
async function leftAlone(client: pg.Client): Promise<boolean> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'greenlane' limit 1",
    )
    if (rows.length === 0) return true
    await new Promise((done) => setTimeout(done, 100))
  }
  return false
}

function inUse(what: string): BackupFault {
  return new BackupFault(`${what} is in use. Nothing was changed: stop the service first.`)
}

/** Moves a store away under a name that tells when, and returns that; null where there was none. */
export function setAside(file: string): string | null {
  if (!existsSync(file)) return null
  const when = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const aside = file.replace(/(\.db)?$/, `.before-${when}.db`)
  renameSync(file, aside)
  return aside
}
