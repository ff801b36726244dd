import type { Kysely } from 'kysely'
import type { ParcelRow, Tables } from './schema.ts'

/** Which parcels are asked for. */
export interface ParcelsAsked {
  readonly tenant: string
  /** Only those that this partner spoke of; null for all. */
  readonly partner: string | null
  /** Only those that go to one of these; null for all. */
  readonly places: readonly string[] | null
  readonly proposal: string | null
  readonly status: string | null
  /** Only those that wait for an answer to a question. */
  readonly waiting: boolean
  /** Number of the last parcel of the page before; the newest come first. */
  readonly before: number | null
  readonly limit: number
}

/** A page of parcels, the newest first. */
export async function readParcels(db: Kysely<Tables>, asked: ParcelsAsked): Promise<readonly ParcelRow[]> {
  const { tenant, partner, places, proposal, status, waiting, before, limit } = asked
  let query = db.selectFrom('parcels').selectAll('parcels').where('parcels.tenant', '=', tenant)
  if (before !== null) query = query.where('parcels.parcel', '<', before)
  if (proposal !== null) query = query.where('parcels.proposal', '=', proposal)
  if (status !== null) query = query.where('parcels.status', '=', status)
  if (waiting) query = query.where('parcels.due_at', 'is not', null)
  if (places !== null) query = query.where('parcels.destination', 'in', places.length === 0 ? [''] : [...places])
  if (partner !== null)
    query = query.where((builder) =>
      builder.exists(
        builder
          .selectFrom('messages')
          .select('messages.seq')
          .whereRef('messages.tenant', '=', 'parcels.tenant')
          .whereRef('messages.parcel', '=', 'parcels.parcel')
          .where('messages.partner', '=', partner),
      ),
    )
  return query.orderBy('parcels.parcel', 'desc').limit(limit).execute()
}
