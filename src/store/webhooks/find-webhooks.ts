import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { findRow, type Owner, shown, type Webhook, type WebhookOf } from './webhook.ts'

/** A webhook of an owner, or undefined. */
export async function findWebhook(db: Kysely<Tables>, of: WebhookOf): Promise<Webhook | undefined> {
  const row = await findRow(db, of)
  return row && shown(row)
}

/** The webhooks of an owner, the oldest first. */
export async function listWebhooks(db: Kysely<Tables>, { tenant, partner }: Owner): Promise<readonly Webhook[]> {
  const query = db.selectFrom('webhooks').selectAll().where('tenant', '=', tenant)
  const rows = await (partner === null ? query : query.where('partner', '=', partner))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(shown)
}
