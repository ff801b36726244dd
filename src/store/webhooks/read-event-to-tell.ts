import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/** An event with what a message about it needs. */
export interface EventToTell {
  readonly seq: number
  readonly kind: string
  readonly at: string
  readonly actor: string
  readonly body: string
  readonly parcel: { readonly number: number; readonly identifier: string } | null
  readonly answer: string | null
}

/** Reads an event with the name of its parcel and, for a proposal, the answer. Rejects where there is none. */
export async function readEventToTell(db: Kysely<Tables>, tenant: string, seq: number): Promise<EventToTell> {
  const { parcel, identifier, ...event } = await db
    .selectFrom('events as e')
    .leftJoin('parcels as p', (join) => join.onRef('p.tenant', '=', 'e.tenant').onRef('p.parcel', '=', 'e.parcel'))
    .leftJoin('decisions as d', (join) => join.onRef('d.tenant', '=', 'e.tenant').onRef('d.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.kind', 'e.at', 'e.actor', 'e.body', 'e.parcel', 'p.identifier', 'd.answer'])
    .where('e.tenant', '=', tenant)
    .where('e.seq', '=', seq)
    .executeTakeFirstOrThrow()
  return { ...event, parcel: identifier === null ? null : { number: parcel, identifier } }
}
