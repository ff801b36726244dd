import { sql } from 'kysely'
import { making, type NewTable, type Step } from './table.ts'

const tables: readonly NewTable[] = [
  {
    name: 'editions',
    columns: { edition: 'text', engine: 'text', parts: 'text', kept_at: 'text', actor: 'text' },
    key: ['edition', 'engine'],
  },
  {
    name: 'edition_pieces',
    columns: { edition: 'text', engine: 'text', part: 'text', piece: 'number', content: 'bytes' },
    key: ['edition', 'engine', 'part', 'piece'],
  },
]

/**
 * Editions of the knowledge in their compiled form, in pieces. Decisions that an edition led to by itself are found by an index that
 * holds them alone, so that it costs nothing while parcels are stored.
 */
export const makeEditions: Step = async (db, kind) => {
  await making(tables)(db, kind)
  await sql`create index decisions_of_editions on decisions (tenant, edition, seq) where cause = 'edition'`.execute(db)
}
