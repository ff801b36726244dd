import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type pg from 'pg'
import { openPool } from '../store/postgres/pool.ts'
import { BackupFault } from './backup-fault.ts'
import type { TableShape } from './backup-file.ts'

/** What is copied: the tables, and the steps of migration that both stores must have gone through. */
export interface Copying {
  readonly tables: readonly TableShape[]
  readonly steps: readonly string[]
}

/** Most rows that are read or written at once, and how many bytes they are to be about: a piece of an edition is a megabyte. */
const rowsTogether = 2000
const bytesTogether = 4_000_000

/** Copies every row of PostgreSQL into a file of SQLite whose tables are made and empty, as they stood at one moment. */
export async function copyFromPostgres(url: string, into: DatabaseSync, { tables, steps }: Copying): Promise<void> {
  await connected(url, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    await checkSteps(client, steps)
    into.exec('pragma synchronous = off; pragma foreign_keys = off')
    for (const table of tables) await copyTable(client, into, table)
    await client.query('commit')
  })
}

async function copyTable(client: pg.PoolClient, into: DatabaseSync, { name, columns }: TableShape): Promise<void> {
  const listed = columns.map((column) => `"${column}"`).join(', ')
  const insert = into.prepare(`insert into "${name}" (${listed}) values (${columns.map(() => '?').join(', ')})`)
  await client.query(`declare rows_of_table no scroll cursor for select ${listed} from "${name}"`)
  let count = 1
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>(`fetch forward ${count} from rows_of_table`)
    if (rows.length === 0) break
    let bytes = 0
    into.exec('begin')
    for (const row of rows) {
      const values = columns.map((column) => asSqlite(row[column]))
      insert.run(...values)
      bytes += values.reduce<number>((sum, value) => sum + lengthOf(value), 0)
    }
    into.exec('commit')
    const fitting = Math.floor((bytesTogether * rows.length) / Math.max(1, bytes))
    count = Math.max(1, Math.min(count * 4, fitting, rowsTogether))
  }
  await client.query('close rows_of_table')
}

function lengthOf(value: SQLInputValue): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
}

/** A value as the store keeps it in SQLite: yes and no are 1 and 0, instants ISO texts in UTC. */
function asSqlite(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return (value ?? null) as SQLInputValue
}

/**
 * Copies every row of a file of SQLite into PostgreSQL, in one transaction: all of it is there afterwards, or nothing was changed.
 * What stood in the tables before is taken away when `replace` says so; else they must be empty.
 */
export async function copyToPostgres(
  from: DatabaseSync,
  url: string,
  { tables, steps, replace }: Copying & { readonly replace: boolean },
): Promise<void> {
  await connected(url, async (client) => {
    await client.query('begin')
    await checkSteps(client, steps)
    await client.query(`lock table ${tables.map(({ name }) => `"${name}"`).join(', ')} in access exclusive mode nowait`)
    if (replace) await empty(client)
    for (const table of tables) await fillTable(client, from, table)
    await client.query('commit')
  })
}

/** Empties every table of the store, also those that no backup holds. */
async function empty(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = current_schema() and tablename not like 'kysely%'",
  )
  await client.query(`truncate ${rows.map(({ name }) => `"${name}"`).join(', ')}`)
}

async function fillTable(client: pg.PoolClient, from: DatabaseSync, { name, columns }: TableShape): Promise<void> {
  const listed = columns.map((column) => `"${column}"`).join(', ')
  const sql = `insert into "${name}" (${listed}) select ${listed} from json_populate_recordset(null::"${name}", $1::json)`
  let rows: string[] = []
  let letters = 0
  const send = async (): Promise<void> => {
    if (rows.length > 0) await client.query(sql, [`[${rows.join(',')}]`])
    rows = []
    letters = 0
  }
  for (const row of from.prepare(`select ${listed} from "${name}"`).iterate()) {
    const text = JSON.stringify(row, asPostgres)
    rows.push(text)
    letters += text.length
    if (rows.length >= rowsTogether || letters > bytesTogether) await send()
  }
  await send()
}

/** Bytes travel as PostgreSQL writes them; the types of the table do the rest. */
function asPostgres(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value
}

/** Both stores must have gone the same way, or columns would be lost. */
async function checkSteps(client: pg.PoolClient, steps: readonly string[]): Promise<void> {
  const { rows: known } = await client.query<{ there: boolean }>(
    "select to_regclass('kysely_migration') is not null as there",
  )
  if (known[0]?.there !== true)
    throw new BackupFault('There is nothing to back up: this database holds no tables of Greenlane.')
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
  const there = rows.map(({ name }) => name)
  if (there.join() === steps.join()) return
  throw new BackupFault(
    `The database is at step ${there.at(-1) ?? 'none'} and this Greenlane at ${steps.at(-1)}: use the Greenlane that runs the service, or start this one once.`,
  )
}

async function connected(url: string, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const pool = openPool(url, 1, () => {})
  try {
    const client = await pool.connect()
    try {
      await work(client)
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    } finally {
      client.release()
    }
  } finally {
    await pool.end()
  }
}
