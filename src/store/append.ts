import type { Kysely, Transaction } from 'kysely'
import { chainHash, firstHash, type NewEvent } from './chain.ts'
import type { StoreKind } from './migrations/table.ts'
import type { Tables } from './schema.ts'

/**
 * Adds events to the chain of a tenant and returns the number of the last. Runs within a transaction of the caller, so that what the
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
  await db.updateTable('chains').set({ seq, hash }).where('tenant', '=', tenant).execute()
  return seq
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
