import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** Whether nothing was ever stored. */
export async function isNewStore(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('tenants').select('tenant').limit(1).execute()).length === 0
}

/** Makes a tenant where it is not there yet. */
export async function ensureTenant(db: Kysely<Tables>, tenant: string, now: number, name = tenant): Promise<void> {
  await db
    .insertInto('tenants')
    .values({ tenant, name, created_at: new Date(now).toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
