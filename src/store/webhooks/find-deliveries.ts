import type { Kysely } from 'kysely'
import type { DeliveryRow, Tables } from '../schema.ts'
import type { WebhookOf } from './webhook.ts'

/** A delivery as it is shown. */
export interface Delivery {
  readonly id: string
  readonly seq: number
  readonly type: string
  readonly state: 'waiting' | 'delivered' | 'dead'
  readonly attempts: number
  /** When it is tried next, or when it was delivered or given up. */
  readonly dueAt: string
  readonly triedAt: string | null
  readonly status: number | null
  readonly said: string | null
}

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const

export interface DeliveriesAsked {
  readonly webhook: WebhookOf
  readonly state: (typeof deliveryStates)[number]
  readonly limit: number
  /** The last one of the page before, or null. */
  readonly after: Pick<Delivery, 'dueAt' | 'id'> | null
}

/** Deliveries of a webhook in one state, in the order in which they are due or were done. The caller has seen that it owns the webhook. */
export async function listDeliveries(
  db: Kysely<Tables>,
  { webhook, state, limit, after }: DeliveriesAsked,
): Promise<readonly Delivery[]> {
  const query = db
    .selectFrom('deliveries')
    .selectAll()
    .where('tenant', '=', webhook.tenant)
    .where('webhook', '=', webhook.id)
    .where('state', '=', state)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
  const page =
    after === null
      ? query
      : query
          .where('due_at', '>=', after.dueAt)
          .where((eb) => eb.or([eb('due_at', '>', after.dueAt), eb('id', '>', after.id)]))
  return (await page.execute()).map(shownDelivery)
}

/** A delivery of a webhook, or undefined. */
export async function findDelivery(db: Kysely<Tables>, webhook: WebhookOf, id: string): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('tenant', '=', webhook.tenant)
    .where('webhook', '=', webhook.id)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && shownDelivery(row)
}

function shownDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    seq: row.seq,
    type: row.type,
    state: row.state as Delivery['state'],
    attempts: row.attempts,
    dueAt: row.due_at,
    triedAt: row.tried_at,
    status: row.status,
    said: row.said,
  }
}
