import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'

/** Takes away deliveries that were done or given up before an instant (ISO), and tells how many. What waits stays. */
export async function forgetDeliveries(db: Kysely<Tables>, before: string): Promise<number> {
  const webhooks = await db.selectFrom('webhooks').select(['tenant', 'id']).execute()
  let gone = 0
  for (const { tenant, id } of webhooks)
    for (const state of ['delivered', 'dead']) {
      const { numDeletedRows } = await db
        .deleteFrom('deliveries')
        .where('tenant', '=', tenant)
        .where('webhook', '=', id)
        .where('state', '=', state)
        .where('due_at', '<', before)
        .executeTakeFirst()
      gone += Number(numDeletedRows)
    }
  return gone
}
