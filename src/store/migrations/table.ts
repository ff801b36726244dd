import { type Kysely, sql } from 'kysely'

export type StoreKind = 'sqlite' | 'postgres'

/** Kinds of columns; with `?` a cell may be empty. */
export type Column = 'text' | 'text?' | 'number' | 'number?' | 'bytes' | 'bytes?'

/** A database as it is while a step runs: its tables are those of then. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyTables = Kysely<any>

/** One step of the way from an empty store to today's: it is never changed once it ran anywhere. */
export type Step = (db: AnyTables, kind: StoreKind) => Promise<void>

const types = {
  sqlite: { text: sql`text`, number: sql`integer`, bytes: sql`blob` },
  postgres: { text: sql`text`, number: sql`bigint`, bytes: sql`bytea` },
} as const

/** A table to be made: its columns in order and those of its primary key. */
export interface NewTable {
  readonly name: string
  readonly columns: Readonly<Record<string, Column>>
  readonly key: readonly string[]
}

/** An index to be made. */
export interface NewIndex {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
}

/** The step that makes tables and indexes. */
export function making(tables: readonly NewTable[], indexes: readonly NewIndex[] = []): Step {
  return async (db, kind) => {
    for (const table of tables) await makeTable(db, kind, table)
    for (const { name, table, columns } of indexes)
      await db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
        .execute()
  }
}

async function makeTable(db: AnyTables, kind: StoreKind, { name, columns, key }: NewTable): Promise<void> {
  let table = db.schema.createTable(name)
  for (const [column, type] of Object.entries(columns)) {
    const plain = type.replace('?', '') as 'text' | 'number' | 'bytes'
    table = table.addColumn(column, types[kind][plain], (made) => (type.endsWith('?') ? made : made.notNull()))
  }
  await table.addPrimaryKeyConstraint(`${name}_key`, key as never[]).execute()
}
