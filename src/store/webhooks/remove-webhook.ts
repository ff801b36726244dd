import { type Doing, lockRow, noteEvent, type WebhookOf } from './webhook.ts'

/** Takes a webhook away with all that waits for it; false where the owner has none of that id. */
export async function removeWebhook(of: WebhookOf, doing: Doing): Promise<boolean> {
  const { tenant, id } = of
  return doing.store.db.transaction().execute(async (then) => {
    if ((await lockRow(then, doing.store, of)) === undefined) return false
    await noteEvent(then, doing, { tenant, kind: 'webhook-removed', body: { webhook: id } })
    await then.deleteFrom('deliveries').where('tenant', '=', tenant).where('webhook', '=', id).execute()
    await then.deleteFrom('webhooks').where('tenant', '=', tenant).where('id', '=', id).execute()
    return true
  })
}
