import type { Kysely } from 'kysely'
import type { StoreKind } from '../migrations/table.ts'
import type { DeliveryRow, Tables, WebhookRow } from '../schema.ts'

/** Webhooks that have messages to be tried by now. */
export async function webhooksDue(db: Kysely<Tables>, at: string): Promise<readonly WebhookRow[]> {
  return db
    .selectFrom('webhooks as w')
    .selectAll()
    .where('paused_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('deliveries as d')
          .select('d.id')
          .whereRef('d.tenant', '=', 'w.tenant')
          .whereRef('d.webhook', '=', 'w.id')
          .where('d.state', '=', 'waiting')
          .where('d.due_at', '<=', at),
      ),
    )
    .execute()
}

export interface Claim {
  readonly tenant: string
  readonly webhook: string
  /** ISO instant in UTC. */
  readonly at: string
  /** Until when nobody else takes them. */
  readonly until: string
  readonly limit: number
}

/**
 * Takes messages of a webhook for one attempt each, the longest due first. Until `until` no other process gets them; where this
 * one ends before it tells what came of them, another tries them after that.
 */
export async function claimDeliveries(
  db: Kysely<Tables>,
  kind: StoreKind,
  { tenant, webhook, at, until, limit }: Claim,
): Promise<readonly DeliveryRow[]> {
  const due = db
    .selectFrom('deliveries')
    .select('id')
    .where('tenant', '=', tenant)
    .where('webhook', '=', webhook)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .limit(limit)
  return db
    .updateTable('deliveries')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), due_at: until, claimed_until: until, tried_at: at }))
    .where('tenant', '=', tenant)
    .where('webhook', '=', webhook)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', at)
    .where('id', 'in', kind === 'postgres' ? due.forUpdate().skipLocked() : due)
    .returningAll()
    .execute()
}
