import { newDelivery } from './queue-deliveries.ts'
import { type Doing, lockRow, noteEvent, type WebhookOf } from './webhook.ts'

/**
 * Queues a message that tries a webhook, and tells its id; undefined where the owner has none of that id. A paused webhook gets it
 * when it goes on.
 */
export async function testWebhook(of: WebhookOf, type: string, doing: Doing): Promise<string | undefined> {
  const { tenant, id } = of
  return doing.store.db.transaction().execute(async (then) => {
    if ((await lockRow(then, doing.store, of)) === undefined) return undefined
    const seq = await noteEvent(then, doing, { tenant, kind: 'webhook-tested', body: { webhook: id } })
    const { hash } = await then
      .selectFrom('events')
      .select('hash')
      .where('tenant', '=', tenant)
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow()
    const delivery = newDelivery({ tenant, id }, { seq, hash, type }, doing.at)
    await then.insertInto('deliveries').values(delivery).execute()
    return delivery.id
  })
}
