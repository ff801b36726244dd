import type { Kysely } from 'kysely'
import type { StoredEvent, StoredMessage } from '../store/record.ts'
import type { Tables } from '../store/schema.ts'

/** A parcel that nobody has closed, with all that deciding on it again needs. */
export interface OpenParcel {
  readonly tenant: string
  readonly parcel: number
  readonly identifier: string
  readonly last: number
  /** The answer that stands, and what made it. */
  readonly answer: string
  readonly edition: string
  readonly engine: string
  readonly messages: readonly StoredMessage[]
  readonly events: readonly StoredEvent[]
}

/** Where a page begins and which parcels are open. */
export interface PageOfOpen {
  readonly tenant: string
  readonly parcel: number
  /** What happened last before this instant is over. */
  readonly since: string
  readonly limit: number
}

/** The open parcels after a place in the order of tenants and numbers; those of one tenant at a time. */
export async function readOpenParcels(db: Kysely<Tables>, page: PageOfOpen): Promise<readonly OpenParcel[]> {
  const here = await openOf(db, page.tenant, page)
  if (here.length > 0) return here
  const next = await db
    .selectFrom('chains')
    .select('tenant')
    .where('tenant', '>', page.tenant)
    .orderBy('tenant')
    .limit(1)
    .executeTakeFirst()
  return next === undefined ? [] : readOpenParcels(db, { ...page, tenant: next.tenant, parcel: 0 })
}

/** A parcel as it stands now, or null where it was closed meanwhile. */
export async function readOpenParcel(db: Kysely<Tables>, tenant: string, parcel: number): Promise<OpenParcel | null> {
  const [found] = await openOf(db, tenant, { tenant, parcel: parcel - 1, since: '', limit: 1 })
  return found?.parcel === parcel ? found : null
}

async function openOf(db: Kysely<Tables>, tenant: string, page: PageOfOpen): Promise<readonly OpenParcel[]> {
  const rows = await db
    .selectFrom('parcels')
    .innerJoin('decisions', (join) =>
      join.onRef('decisions.tenant', '=', 'parcels.tenant').onRef('decisions.seq', '=', 'parcels.decision'),
    )
    .select(['parcels.parcel', 'identifier', 'last_seq as last', 'answer', 'edition', 'engine'])
    .where('parcels.tenant', '=', tenant)
    .where('parcels.parcel', '>', page.parcel)
    .where('parcels.status', '!=', 'closed')
    .where('parcels.updated_at', '>=', page.since)
    .orderBy('parcels.parcel')
    .limit(page.limit)
    .execute()
  if (rows.length === 0) return []
  const parcels = rows.map(({ parcel }) => parcel)
  const [messages, events] = await Promise.all([
    db
      .selectFrom('messages')
      .select(['parcel', 'seq', 'partner', 'received_at as at', 'content'])
      .where('tenant', '=', tenant)
      .where('parcel', 'in', parcels)
      .orderBy('seq')
      .execute(),
    db
      .selectFrom('events')
      .select(['parcel', 'seq', 'kind', 'at', 'actor', 'body'])
      .where('tenant', '=', tenant)
      .where('parcel', 'in', parcels)
      .orderBy('seq')
      .execute(),
  ])
  const messagesOf = Map.groupBy(messages, ({ parcel }) => parcel)
  const eventsOf = Map.groupBy(events, ({ parcel }) => parcel)
  return rows.map((row) => ({
    ...row,
    tenant,
    messages: (messagesOf.get(row.parcel) ?? []).map(({ parcel: _, ...message }) => message),
    events: (eventsOf.get(row.parcel) ?? []).map(({ parcel: _, ...event }) => event),
  }))
}
