import type { Kysely, Transaction } from 'kysely'
import { appendEvents } from '../append.ts'
import type { StoreKind } from '../migrations/table.ts'
import type { Tables, WebhookRow } from '../schema.ts'

/** A webhook as it is shown: all but its secrets. */
export interface Webhook {
  readonly id: string
  readonly partner: string | null
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  /** The last event that was looked at. */
  readonly cursor: number
  readonly pausedAt: string | null
  readonly pausedBecause: string | null
  readonly failingSince: string | null
  /** Until when messages are signed with the secret before the last change as well. */
  readonly formerSecretUntil: string | null
  readonly createdAt: string
  readonly createdBy: string
}

/** Whose webhooks are meant: a partner's own, or with null all of the tenant. */
export interface Owner {
  readonly tenant: string
  readonly partner: string | null
}

/** Who does something, when, and to which store. */
export interface Doing {
  readonly store: { readonly db: Kysely<Tables>; readonly kind: StoreKind }
  readonly actor: string
  /** ISO instant in UTC. */
  readonly at: string
}

/** A webhook of an owner. */
export interface WebhookOf extends Owner {
  readonly id: string
}

/** A row as it is shown. */
export function shown(row: WebhookRow): Webhook {
  return {
    id: row.id,
    partner: row.partner,
    url: row.url,
    description: row.description,
    types: JSON.parse(row.types) as string[],
    cursor: row.cursor,
    pausedAt: row.paused_at,
    pausedBecause: row.paused_because,
    failingSince: row.failing_since,
    formerSecretUntil: row.former_until,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}

/** The row of a webhook, or undefined where the owner has none of that id. */
export async function findRow(db: Kysely<Tables>, of: WebhookOf): Promise<WebhookRow | undefined> {
  return rowOf(db, of).executeTakeFirst()
}

/**
 * The row of a webhook, locked until the transaction ends. Whoever changes deliveries of a webhook and writes events locks it
 * first, so that no two wait for each other.
 */
export async function lockRow(
  then: Transaction<Tables>,
  { kind }: Doing['store'],
  of: WebhookOf,
): Promise<WebhookRow | undefined> {
  const query = rowOf(then, of)
  return (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
}

function rowOf(db: Kysely<Tables>, { tenant, partner, id }: WebhookOf) {
  const query = db.selectFrom('webhooks').selectAll().where('tenant', '=', tenant).where('id', '=', id)
  return partner === null ? query : query.where('partner', '=', partner)
}

/** Writes down what was done with a webhook. Neither its URL, which may hold a key of the receiver, nor a secret is told. */
export async function noteEvent(
  then: Transaction<Tables>,
  { store, actor, at }: Doing,
  event: { readonly tenant: string; readonly kind: string; readonly body: object },
): Promise<number> {
  const { tenant, kind, body } = event
  return appendEvents(then, store.kind, tenant, [{ parcel: 0, kind, at, actor, body: JSON.stringify(body) }])
}
