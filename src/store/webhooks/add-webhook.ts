import type { Doing, Owner } from './webhook.ts'
import { noteEvent, shown, type Webhook } from './webhook.ts'

/** A webhook to be made. */
export interface NewWebhook extends Owner {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  readonly sealedSecret: Uint8Array
}

/** Most webhooks that one owner has: each is looked after by itself. */
export const mostWebhooks = 50

/** Makes a webhook that is told of what happens from now on; null where the owner has too many already. */
export async function addWebhook(wish: NewWebhook, doing: Doing): Promise<Webhook | null> {
  const { tenant, partner, id, url, description, types, sealedSecret } = wish
  return doing.store.db
    .transaction()
    .execute(async (then) => {
      const seq = await noteEvent(then, doing, { tenant, kind: 'webhook-added', body: { webhook: id, partner, types } })
      const owned = await then
        .selectFrom('webhooks')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('tenant', '=', tenant)
        .where('partner', partner === null ? 'is' : '=', partner)
        .executeTakeFirstOrThrow()
      if (Number(owned.count) >= mostWebhooks) throw new TooMany()
      const row = {
        tenant,
        id,
        partner,
        url,
        description,
        types: JSON.stringify(types),
        secret: sealedSecret,
        former_secret: null,
        former_until: null,
        cursor: seq,
        paused_at: null,
        paused_because: null,
        failing_since: null,
        created_at: doing.at,
        created_by: doing.actor,
      }
      await then.insertInto('webhooks').values(row).execute()
      return shown(row)
    })
    .catch((error: unknown) => {
      if (error instanceof TooMany) return null
      throw error
    })
}

/** Takes back what was begun. */
class TooMany extends Error {}
