import type { Kysely } from 'kysely'
import { appendEvents } from '../store/append.ts'
import type { Store } from '../store/open-store.ts'
import type { Tables } from '../store/schema.ts'
import type { EditionKey } from './edition-parts.ts'

/** Which edition counts, since when, and who said so. */
export interface CurrentEdition extends EditionKey {
  /** Whether it came with the package or was published by a person: a published one stays when the package is upgraded. */
  readonly origin: 'package' | 'published'
  readonly at: string
  readonly actor: string
}

/** Row of the settings that holds it, as JSON. */
const setting = 'edition'

/** The edition that counts, or null in a store that no service has used. */
export async function currentEdition(db: Kysely<Tables>): Promise<CurrentEdition | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', setting).executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as CurrentEdition)
}

/** Makes an edition the one that counts and writes `edition-published` into the chain of every tenant, all or nothing. */
export async function makeCurrent({ db, kind }: Store, current: CurrentEdition): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await currentEdition(transaction)
    const value = JSON.stringify(current)
    await transaction
      .insertInto('settings')
      .values({ name: setting, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
    const { edition, engine, origin, at, actor } = current
    const body = JSON.stringify({ edition, engine, origin, before: before?.edition ?? null })
    const rows = await transaction.selectFrom('tenants').select('tenant').execute()
    // Chains are locked in the order in which parcels lock them.
    for (const tenant of rows.map((row) => row.tenant).sort())
      await appendEvents(transaction, kind, tenant, [{ parcel: 0, kind: 'edition-published', at, actor, body }])
  })
}

/** Whether two keys mean the same compiled edition. */
export function isSameEdition(one: EditionKey, other: EditionKey): boolean {
  return one.edition === other.edition && one.engine === other.engine
}
