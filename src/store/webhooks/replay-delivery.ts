import { type Doing, lockRow, noteEvent, type WebhookOf } from './webhook.ts'

/**
 * Queues a delivery anew, whatever came of it, with all its attempts before it and under the same id, by which a receiver that got
 * it after all knows it. False where there is none of that id, or where it waits already.
 */
export async function replayDelivery(of: WebhookOf, delivery: string, doing: Doing): Promise<boolean> {
  const { tenant, id } = of
  return doing.store.db.transaction().execute(async (then) => {
    if ((await lockRow(then, doing.store, of)) === undefined) return false
    const { numUpdatedRows } = await then
      .updateTable('deliveries')
      .set({ state: 'waiting', attempts: 0, due_at: doing.at, claimed_until: null })
      .where('tenant', '=', tenant)
      .where('webhook', '=', id)
      .where('id', '=', delivery)
      .where('state', '<>', 'waiting')
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return false
    await noteEvent(then, doing, { tenant, kind: 'webhook-replayed', body: { webhook: id, delivery } })
    return true
  })
}
