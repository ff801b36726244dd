import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { StoreThread } from '../store-thread.ts'
import type { QueryAnswer } from './connection.ts'

/** Threads that queries go to: one writes, others read. */
export interface Threads {
  readonly writer: StoreThread
  readonly readers: readonly StoreThread[]
}

/** Kysely over `node:sqlite` in other threads, so that no query blocks the thread that asks. */
export function threadedSqlite(threads: Threads): Dialect {
  return {
    createAdapter: transactionalAdapter,
    createDriver: () => driverOver(threads),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/**
 * SQLite makes tables within transactions: then processes that start at once take the steps of the store one after the other, and one
 * that ends in the middle leaves nothing half done.
 */
function transactionalAdapter(): SqliteAdapter {
  return Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true })
}

interface Held extends DatabaseConnection {
  readonly number: number
  transaction: boolean
}

function driverOver({ writer, readers }: Threads): Driver {
  let connections = 0
  let turn = 0
  const connect = (): Held => {
    connections += 1
    const number = connections
    const held: Held = {
      number,
      transaction: false,
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        const reads = !held.transaction && query.query.kind === 'SelectQueryNode' && readers.length > 0
        turn += 1
        const thread = reads ? (readers[turn % readers.length] as StoreThread) : writer
        return resultOf<R>(await thread.query(query.sql, query.parameters, held.transaction ? number : 0))
      },
      // biome-ignore lint/correctness/useYield: pages of rows are read by their keys instead
      streamQuery: async function* () {
        throw new Error('Rows are read in pages, by their keys.')
      },
    }
    return held
  }
  const end = async (connection: DatabaseConnection, sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql))
    ;(connection as Held).transaction = false
  }
  return {
    init: async () => {},
    acquireConnection: async () => connect(),
    beginTransaction: async (connection) => {
      ;(connection as Held).transaction = true
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    },
    commitTransaction: (connection) => end(connection, 'commit'),
    rollbackTransaction: (connection) => end(connection, 'rollback'),
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

function resultOf<R>({ rows, changes, insertId }: QueryAnswer): QueryResult<R> {
  return {
    rows: rows as R[],
    numAffectedRows: BigInt(changes),
    ...(insertId === null ? {} : { insertId: BigInt(insertId) }),
  }
}
