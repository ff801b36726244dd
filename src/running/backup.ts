import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openStore, type StorePlace } from '../store/open-store.ts'
import { BackupFault } from './backup-fault.ts'
import { countsIn, messageOf, momentaryTables, stepsIn, syncFile, tablesIn } from './backup-file.ts'
import { copyFromPostgres } from './copy-postgres.ts'

/** A backup that was made. */
export interface BackedUp {
  readonly store: 'sqlite' | 'postgres'
  readonly file: string
  readonly bytes: number
  readonly events: number
  readonly tenants: number
}

/**
 * Writes everything that a store holds at one moment into a new file, also while the service runs: a SQLite store of Greenlane, from
 * either store. SQLite is copied by VACUUM INTO, which keeps nobody from writing and leaves out what was deleted; PostgreSQL is read
 * table by table in one snapshot. Sessions are left out. The file appears under its name only when it is whole, and its owner alone
 * may read it. Throws BackupFault.
 */
export async function backUp(place: StorePlace, file: string): Promise<BackedUp> {
  if (existsSync(file))
    throw new BackupFault(`${file} is there already. Name a new file: no backup is ever overwritten.`)
  if (!existsSync(path.dirname(path.resolve(file))))
    throw new BackupFault(`There is no folder ${path.dirname(path.resolve(file))}. Make it first.`)
  const part = `${file}.part-${process.pid}`
  try {
    if (place.kind === 'sqlite') copySqlite(place.file, part)
    else await copyPostgres(place.url, part)
    const counts = finish(part)
    renameSync(part, file)
    syncFile(file)
    return { store: place.kind, file, bytes: statSync(file).size, ...counts }
  } catch (error) {
    if (error instanceof BackupFault) throw error
    throw new BackupFault(`The backup could not be written: ${messageOf(error)}.`, { cause: error })
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(part + ending, { force: true })
  }
}

function copySqlite(from: string, to: string): void {
  if (!existsSync(from))
    throw new BackupFault(`There is nothing to back up: ${from} is not there. DATA_DIR says where the store is.`)
  const database = new DatabaseSync(from, { readOnly: true, timeout: 30_000 })
  try {
    database.prepare('vacuum into ?').run(to)
  } finally {
    database.close()
  }
}

async function copyPostgres(url: string, to: string): Promise<void> {
  // The tables are made as the service makes its own; then rows alone are missing.
  await (await openStore({ kind: 'sqlite', file: to })).close()
  const database = new DatabaseSync(to)
  try {
    await copyFromPostgres(url, database, { tables: tablesIn(database), steps: stepsIn(database) })
  } finally {
    database.close()
  }
}

/** Takes sessions out without a trace, checks what was written, and puts it on disk. */
function finish(file: string): { readonly events: number; readonly tenants: number } {
  chmodSync(file, 0o600)
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = delete; pragma secure_delete = on')
    for (const table of momentaryTables) {
      const there = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table)
      if (there !== undefined) database.exec(`delete from "${table}"`)
    }
    const { quick_check: found } = database.prepare('pragma quick_check').get() as { quick_check: string }
    if (found !== 'ok') throw new BackupFault(`The store itself is broken (${found}): restore an earlier backup.`)
    return countsIn(database)
  } finally {
    database.close()
    syncFile(file)
  }
}
