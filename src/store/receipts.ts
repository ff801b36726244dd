import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** Rows that one statement takes: SQLite knows 32,766 parameters. */
const rowsAtOnce = 2_000

/** A receipt to be kept, and what is signed of it as JSON text. */
interface NewReceipt {
  readonly id: string
  readonly expires: string
  readonly payload: string
}

/** Keeps receipts, and until when the key that signs them is needed. All or none are stored. */
export async function keepReceipts(
  db: Kysely<Tables>,
  receipts: readonly NewReceipt[],
  given: {
    readonly tenant: string
    readonly at: string
    readonly to: string
    readonly kid: string
    readonly publicKey: object
  },
): Promise<void> {
  if (receipts.length === 0) return
  const expires = receipts.reduce((last, one) => (one.expires > last ? one.expires : last), '')
  await db.transaction().execute(async (then) => {
    await then
      .insertInto('receipt_keys')
      .values({ kid: given.kid, public_key: JSON.stringify(given.publicKey), expires })
      .onConflict((known) => known.column('kid').doUpdateSet({ expires }).where('receipt_keys.expires', '<', expires))
      .execute()
    for (let at = 0; at < receipts.length; at += rowsAtOnce) {
      const rows = receipts.slice(at, at + rowsAtOnce).map((one) => ({
        tenant: given.tenant,
        id: one.id,
        payload: one.payload,
        expires: one.expires,
        given_at: given.at,
        given_to: given.to,
      }))
      await then.insertInto('receipts').values(rows).execute()
    }
  })
}

/** A receipt that was given, and who got it. */
export interface GivenReceipt {
  /** What is signed of it, as JSON text. */
  readonly payload: string
  readonly givenTo: string
}

/** The receipt of a tenant with an id, or undefined. */
export async function findReceipt(db: Kysely<Tables>, tenant: string, id: string): Promise<GivenReceipt | undefined> {
  const row = await db
    .selectFrom('receipts')
    .select(['payload', 'given_to'])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : { payload: row.payload, givenTo: row.given_to }
}

/** Public keys of receipts that have not expired on a day (2026-11-24), as JWK texts. */
export async function receiptKeysOn(db: Kysely<Tables>, day: string): Promise<string[]> {
  const rows = await db.selectFrom('receipt_keys').select('public_key').where('expires', '>=', day).execute()
  return rows.map(({ public_key }) => public_key)
}
