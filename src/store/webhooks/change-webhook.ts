import type { Transaction } from 'kysely'
import type { Tables, WebhookRow } from '../schema.ts'
import { type Doing, lockRow, noteEvent, shown, type Webhook, type WebhookOf } from './webhook.ts'

/** What is to be another from now on; what is left out stays. */
export interface WebhookChange {
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly types?: readonly string[] | undefined
  readonly paused?: boolean | undefined
}

/**
 * Changes a webhook, or undefined where the owner has none of that id. One that goes on after a pause goes on where it stopped:
 * what waits is tried at once.
 */
export async function changeWebhook(of: WebhookOf, change: WebhookChange, doing: Doing): Promise<Webhook | undefined> {
  const { url, description, types, paused } = change
  return withRow(of, doing, async (then, row) => {
    const { tenant, id } = of
    const isPaused = row.paused_at !== null
    const body = {
      webhook: id,
      ...(url === undefined || url === row.url ? {} : { url: 'changed' }),
      ...(types === undefined ? {} : { types }),
      ...(paused === undefined || paused === isPaused ? {} : { paused }),
    }
    if (paused === true && !isPaused) {
      const because = 'person'
      await noteEvent(then, doing, { tenant, kind: 'webhook-paused', body: { webhook: id, because } })
    } else await noteEvent(then, doing, { tenant, kind: 'webhook-changed', body })
    if (paused === false && isPaused) await tryAtOnce(then, of, doing.at)
    return {
      ...row,
      url: url ?? row.url,
      description: description ?? row.description,
      types: types === undefined ? row.types : JSON.stringify(types),
      ...(paused === undefined || paused === isPaused ? {} : pauseOf(paused, doing.at)),
    }
  })
}

function pauseOf(paused: boolean, at: string): Pick<WebhookRow, 'paused_at' | 'paused_because' | 'failing_since'> {
  return { paused_at: paused ? at : null, paused_because: paused ? 'person' : null, failing_since: null }
}

async function tryAtOnce(then: Transaction<Tables>, { tenant, id }: WebhookOf, at: string): Promise<void> {
  await then
    .updateTable('deliveries')
    .set({ due_at: at })
    .where('tenant', '=', tenant)
    .where('webhook', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

/** A secret in place of another, which counts on for a while. */
export interface NewSecret {
  readonly sealed: Uint8Array
  /** Until when messages are signed with the former secret as well (ISO). */
  readonly formerUntil: string
}

/** Changes the secret of a webhook; undefined where the owner has none of that id. */
export async function changeSecret(of: WebhookOf, secret: NewSecret, doing: Doing): Promise<Webhook | undefined> {
  return withRow(of, doing, async (then, row) => {
    const body = { webhook: of.id, until: secret.formerUntil }
    await noteEvent(then, doing, { tenant: of.tenant, kind: 'webhook-secret-changed', body })
    return { ...row, secret: secret.sealed, former_secret: row.secret, former_until: secret.formerUntil }
  })
}

/** Reads a row, lets it be changed, and writes it, while nobody else does. */
async function withRow(
  of: WebhookOf,
  { store }: Doing,
  change: (then: Transaction<Tables>, row: WebhookRow) => Promise<WebhookRow>,
): Promise<Webhook | undefined> {
  return store.db.transaction().execute(async (then) => {
    const row = await lockRow(then, store, of)
    if (row === undefined) return undefined
    const { tenant, id, ...changed } = await change(then, row)
    await then.updateTable('webhooks').set(changed).where('tenant', '=', tenant).where('id', '=', id).execute()
    return shown({ tenant, id, ...changed })
  })
}
