import { closeSync, fsyncSync, openSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { BackupFault } from './backup-fault.ts'

/** Tables whose rows are of the moment: a backup that is stolen opens no session, and after a restore people sign in again. */
export const momentaryTables: readonly string[] = ['sign_in_sessions', 'sign_in_verifications', 'used_codes']

/** A table of the store with its columns in order. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
}

/** The tables that are copied, those that others refer to before them. */
export function tablesIn(database: DatabaseSync): TableShape[] {
  const rows = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by rowid")
    .all() as { name: string }[]
  return rows
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('kysely_') && !momentaryTables.includes(name))
    .map((name) => {
      const columns = database.prepare(`select name from pragma_table_info(?) order by cid`).all(name) as {
        name: string
      }[]
      return { name, columns: columns.map((column) => column.name) }
    })
}

/** The steps of migration that a file of SQLite went through, in order. */
export function stepsIn(database: DatabaseSync): string[] {
  const known = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get()
  if (known === undefined) return []
  return (database.prepare('select name from kysely_migration order by name').all() as { name: string }[]).map(
    ({ name }) => name,
  )
}

/** How many events a file holds, and of how many tenants. */
export function countsIn(database: DatabaseSync): { readonly events: number; readonly tenants: number } {
  const row = database.prepare('select count(*) as events, count(distinct tenant) as tenants from events').get()
  return row as { events: number; tenants: number }
}

/** Opens a backup to read it. Throws BackupFault where it is none. */
export function openBackup(file: string): DatabaseSync {
  let database: DatabaseSync
  try {
    database = new DatabaseSync(file, { readOnly: true })
    if (stepsIn(database).length > 0) return database
    database.close()
  } catch (error) {
    throw new BackupFault(`${file} is no backup of Greenlane, or is broken (${messageOf(error)}).`, { cause: error })
  }
  throw new BackupFault(`${file} is no backup of Greenlane: it holds none of its tables.`)
}

/** Puts a file and its place in its folder on disk, so that neither is lost with the power. */
export function syncFile(file: string): void {
  for (const one of [file, path.dirname(file)]) {
    // A folder cannot be opened on Windows, and need not be.
    if (one !== file && process.platform === 'win32') return
    const open = openSync(one, 'r')
    try {
      fsyncSync(open)
    } finally {
      closeSync(open)
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
