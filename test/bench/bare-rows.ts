import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

/** A table of message and answer, and nothing else: what storing the same bytes takes at the least. */
export interface BareRows {
  /** Inserts a row for each record, in one transaction that is on disk when this resolves. */
  readonly insert: (records: readonly string[], answers: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens a bare table in a file of SQLite or at an address of PostgreSQL, as durable as the service's own. */
export async function bareRows(place: string): Promise<BareRows> {
  return place.startsWith('postgres') ? inPostgres(place) : inSqlite(place)
}

function inSqlite(file: string): BareRows {
  const database = new DatabaseSync(file)
  database.exec('pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full')
  database.exec('create table bare (number integer primary key, message text, answer text)')
  const statement = database.prepare('insert into bare (message, answer) values (?, ?)')
  return {
    insert: async (records, answers) => {
      database.exec('begin immediate')
      records.forEach((record, at) => {
        statement.run(record, answers[at] ?? '')
      })
      database.exec('commit')
    },
    close: async () => database.close(),
  }
}

async function inPostgres(url: string): Promise<BareRows> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'create table if not exists bare (number bigserial primary key, message text not null, answer text not null)',
  )
  return {
    insert: async (records, answers) => {
      const rows = records.map((message, at) => ({ message, answer: answers[at] ?? '' }))
      await client.query(
        `insert into bare (message, answer) select message, answer from json_to_recordset($1::json) as x(message text, answer text)`,
        [JSON.stringify(rows)],
      )
    },
    close: () => client.end(),
  }
}
