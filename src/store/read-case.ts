import type { Kysely } from 'kysely'
import type { StoredEvent, StoredMessage } from './record.ts'
import type { ParcelRow, Tables } from './schema.ts'

/** Everything that the store holds of a parcel, without the people. */
export interface StoredCase {
  readonly parcel: ParcelRow
  readonly events: readonly StoredEvent[]
  readonly messages: readonly (StoredMessage & { readonly digest: string })[]
  /** The answer that stands, as JSON. */
  readonly answer: string | null
}

/** A parcel with its messages and events, or null. */
export async function readCase(db: Kysely<Tables>, tenant: string, parcel: number): Promise<StoredCase | null> {
  const row = await db
    .selectFrom('parcels')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('parcel', '=', parcel)
    .executeTakeFirst()
  if (row === undefined) return null
  const [events, messages, decision] = await Promise.all([
    db
      .selectFrom('events')
      .select(['seq', 'kind', 'at', 'actor', 'body'])
      .where('tenant', '=', tenant)
      .where('parcel', '=', parcel)
      .orderBy('seq')
      .execute(),
    db
      .selectFrom('messages')
      .select(['seq', 'partner', 'received_at as at', 'content', 'digest'])
      .where('tenant', '=', tenant)
      .where('parcel', '=', parcel)
      .orderBy('seq')
      .execute(),
    db
      .selectFrom('decisions')
      .select('answer')
      .where('tenant', '=', tenant)
      .where('seq', '=', row.decision)
      .executeTakeFirst(),
  ])
  return { parcel: row, events, messages, answer: decision?.answer ?? null }
}

/** Number of the parcel that an identifier names, whatever kind it is of; null where there is none. */
export async function findParcel(db: Kysely<Tables>, tenant: string, keys: readonly string[]): Promise<number | null> {
  const row = await db
    .selectFrom('identifiers')
    .select('parcel')
    .where('tenant', '=', tenant)
    .where('key', 'in', keys)
    .limit(1)
    .executeTakeFirst()
  return row?.parcel ?? null
}
