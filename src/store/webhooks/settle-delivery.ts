import type { Transaction, UpdateResult } from 'kysely'
import type { DeliveryRow, Tables, WebhookRow } from '../schema.ts'
import { type Doing, lockRow, noteEvent } from './webhook.ts'

/** What came of an attempt. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number; readonly said: string }
  | {
      readonly kind: 'failed'
      readonly status: number | null
      readonly said: string
      /** When it is tried again (ISO); null when it was the last attempt. */
      readonly again: string | null
      /** True when the receiver wants no message any more: its webhook is paused, and the message waits. */
      readonly gone: boolean
      /** A webhook that fails since before this instant (ISO), with no success between, is paused. */
      readonly tooLongSince: string
    }

/** Why a webhook was paused by what came of an attempt, or null. */
export type Paused = 'gone' | 'failing' | null

/**
 * Writes down what came of an attempt, unless the claim was lost meanwhile: then whoever has it tells. Tells whether the webhook
 * was paused by it.
 */
export async function settleDelivery(delivery: DeliveryRow, outcome: Outcome, doing: Doing): Promise<Paused> {
  const { db } = doing.store
  if (outcome.kind === 'delivered') {
    const row = { state: 'delivered', due_at: doing.at, status: outcome.status, said: outcome.said }
    await db.transaction().execute(async (then) => {
      // The webhook before its delivery: see lockRow.
      await then
        .updateTable('webhooks')
        .set({ failing_since: null })
        .where('tenant', '=', delivery.tenant)
        .where('id', '=', delivery.webhook)
        .where('failing_since', 'is not', null)
        .execute()
      await write(then, delivery, row)
    })
    return null
  }
  return db.transaction().execute((then) => settleFailure(then, { delivery, outcome, doing }))
}

interface Failure {
  readonly delivery: DeliveryRow
  readonly outcome: Extract<Outcome, { kind: 'failed' }>
  readonly doing: Doing
}

async function settleFailure(then: Transaction<Tables>, { delivery, outcome, doing }: Failure): Promise<Paused> {
  const { tenant, webhook: id } = delivery
  const webhook = await lockRow(then, doing.store, { tenant, partner: null, id })
  if (webhook === undefined) return null
  const { status, said, again, gone } = outcome
  const state = again === null && !gone ? 'dead' : 'waiting'
  const { numUpdatedRows } = await write(then, delivery, { state, due_at: again ?? doing.at, status, said })
  if (Number(numUpdatedRows) === 0) return null
  const since = webhook.failing_since ?? doing.at
  const because = pauseBecause(webhook, { gone, failing: since < outcome.tooLongSince })
  const pause = because === null ? {} : { paused_at: doing.at, paused_because: because }
  await then
    .updateTable('webhooks')
    .set({ failing_since: since, ...pause })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
  if (because !== null)
    await noteEvent(then, doing, { tenant, kind: 'webhook-paused', body: { webhook: id, because, since } })
  return because
}

function pauseBecause(
  { paused_at }: WebhookRow,
  { gone, failing }: { readonly gone: boolean; readonly failing: boolean },
): Paused {
  if (paused_at !== null) return null
  if (gone) return 'gone'
  return failing ? 'failing' : null
}

async function write(
  then: Transaction<Tables>,
  { tenant, webhook, id, claimed_until }: DeliveryRow,
  row: Pick<DeliveryRow, 'state' | 'due_at' | 'status' | 'said'>,
): Promise<UpdateResult> {
  return then
    .updateTable('deliveries')
    .set({ ...row, claimed_until: null })
    .where('tenant', '=', tenant)
    .where('webhook', '=', webhook)
    .where('id', '=', id)
    .where('claimed_until', '=', claimed_until)
    .executeTakeFirst()
}
