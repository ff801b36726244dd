import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { makeSignInTables, type SignInTables } from '../../src/sign-in/tables.ts'

export interface TestStore {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<SignInTables>
  /** Another connection to the same store, as another process has one. */
  readonly again: () => Kysely<SignInTables>
  readonly close: () => Promise<void>
}

/** The stores there are on this machine: SQLite always, PostgreSQL where its programs are found. */
export const kinds: readonly ('sqlite' | 'postgres')[] = findPostgres() === null ? ['sqlite'] : ['sqlite', 'postgres']

/** A new store of the kind with the tables of sign-in. */
export async function openTestStore(kind: 'sqlite' | 'postgres'): Promise<TestStore> {
  const store = kind === 'sqlite' ? openSqlite() : await openPostgres()
  await makeSignInTables(store.db, kind)
  return store
}

function openSqlite(): TestStore {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-sign-in-'))
  const file = path.join(folder, 'store.sqlite')
  const opened: Kysely<SignInTables>[] = []
  const open = () => {
    const database = new DatabaseSync(file)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000')
    const db = new Kysely<SignInTables>({ dialect: new NodeSqliteDialect({ database }) })
    opened.push(db)
    return db
  }
  const close = async () => {
    for (const db of opened) await db.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
  return { kind: 'sqlite', db: open(), again: open, close }
}

async function openPostgres(): Promise<TestStore> {
  const programs = findPostgres() as string
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-postgres-'))
  const as = accountOfPostgres()
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
  const where = path.join(folder, 'store')
  const make = ['-D', where, '-U', 'greenlane', '-A', 'trust', '--no-sync']
  execFileSync(path.join(programs, 'initdb'), make, { stdio: 'ignore', cwd: '/', ...as })
  // No port at all: each server listens on a socket in its own folder.
  const serve = ['-D', where, '-k', folder, '-c', 'listen_addresses=', '-F']
  const child = spawn(path.join(programs, 'postgres'), serve, { stdio: 'ignore', cwd: '/', ...as })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await answered(folder)
  const opened: Kysely<SignInTables>[] = []
  const open = () => {
    const pool = new pg.Pool({ host: folder, user: 'greenlane', database: 'postgres', max: 4 })
    const db = new Kysely<SignInTables>({ dialect: new PostgresDialect({ pool }) })
    opened.push(db)
    return db
  }
  const close = async () => {
    for (const db of opened) await db.destroy()
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { kind: 'postgres', db: open(), again: open, close }
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function accountOfPostgres(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

async function answered(folder: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const client = new pg.Client({ host: folder, user: 'greenlane', database: 'postgres' })
    try {
      await client.connect()
      return await client.end()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('PostgreSQL did not answer within ten seconds.')
}

function findPostgres(): string | null {
  const all = '/usr/lib/postgresql'
  if (!existsSync(all)) return null
  const folders = readdirSync(all).map((version) => path.join(all, version, 'bin'))
  return folders.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null
}
