import type { Kysely, Transaction } from 'kysely'
import { chainHash, firstHash, type NewEvent } from './chain.ts'
import type { StoreKind } from './migrations/table.ts'
import { isPersonsDecision } from './persons-decisions.ts'
import type { Tables } from './schema.ts'

/**
 * Adds events to the chain of a tenant, notes them with their parcels, and returns the number of the last. Runs within a transaction of the caller, so that what the
 * events tell and what follows from them are stored together or not at all.
 */
export async function appendEvents(
  db: Transaction<Tables>,
  kind: StoreKind,
  tenant: string,
  events: readonly NewEvent[],
): Promise<number> {
  const end = await endOfChain(db, kind, tenant)
  let { seq, hash } = end
  const rows = events.map((event) => {
    seq += 1
    hash = chainHash(hash, tenant, seq, event)
    return { tenant, seq, ...event, hash }
  })
  if (rows.length === 0) return seq
  await db.insertInto('events').values(rows).execute()
  const lastOf = new Map(rows.flatMap(({ parcel, seq }) => (parcel > 0 ? [[parcel, seq]] : [])))
  for (const [parcel, last_seq] of lastOf)
    await db
      .updateTable('parcels')
      .set({ last_seq })
      .where('tenant', '=', tenant)
      .where('parcel', '=', parcel)
      .execute()
  await showPartners(db, rows)
  await db.updateTable('chains').set({ seq, hash }).where('tenant', '=', tenant).execute()
  return seq
}

/** Lets the partners of a parcel find what a person decided on it. */
async function showPartners(
  db: Transaction<Tables>,
  events: readonly { readonly tenant: string; readonly seq: number; readonly parcel: number; readonly kind: string }[],
): Promise<void> {
  for (const { tenant, seq, parcel } of events.filter(({ kind }) => isPersonsDecision(kind))) {
    const partners = db
      .selectFrom('messages')
      .select((eb) => ['tenant', 'partner', eb.cast<number>(eb.val(seq), 'integer').as('seq')])
      .distinct()
      .where('tenant', '=', tenant)
      .where('parcel', '=', parcel)
    await db.insertInto('decisions_of_partners').columns(['tenant', 'partner', 'seq']).expression(partners).execute()
  }
}

/** The end of a chain, locked until the transaction ends. */
async function endOfChain(
  db: Kysely<Tables>,
  kind: StoreKind,
  tenant: string,
): Promise<{ seq: number; hash: Uint8Array }> {
  await db
    .insertInto('chains')
    .values({ tenant, seq: 0, hash: firstHash })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const query = db.selectFrom('chains').select(['seq', 'hash']).where('tenant', '=', tenant)
  return (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow()
}
