import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** A database with its prepared statements. */
export interface Connection {
  readonly database: DatabaseSync
  readonly prepare: (sql: string) => StatementSync
  readonly close: () => void
}

/** Most prepared statements that are kept. */
const statementsKept = 400

/**
 * Opens a database file. Every commit is on disk when it returns (write-ahead log, synchronous=FULL); another process that writes
 * is waited for, up to `busyMilliseconds`.
 */
export function openConnection(file: string, busyMilliseconds = 30_000): Connection {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds })
  database.exec(`pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory;
    pragma cache_size = -65536; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864`)
  const kept = new Map<string, StatementSync>()
  return {
    database,
    prepare: (sql) => {
      const known = kept.get(sql)
      if (known !== undefined) return known
      if (kept.size >= statementsKept) kept.delete(kept.keys().next().value as string)
      const statement = database.prepare(sql)
      kept.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}

/** Rows of a query, or what a statement changed. */
export interface QueryAnswer {
  readonly rows: readonly unknown[]
  readonly changes: number
  readonly insertId: number | null
}

/** Runs one statement with its parameters. */
export function runQuery({ prepare }: Connection, sql: string, parameters: readonly unknown[]): QueryAnswer {
  const statement = prepare(sql)
  const values = parameters.map(bound)
  if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0, insertId: null }
  const { changes, lastInsertRowid } = statement.run(...values)
  return { rows: [], changes: Number(changes), insertId: Number(lastInsertRowid) }
}

/** A value as SQLite takes it: yes and no are 1 and 0, instants ISO texts. */
function bound(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return (value ?? null) as SQLInputValue
}
