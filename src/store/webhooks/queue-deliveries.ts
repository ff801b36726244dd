import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { DeliveryRow, Tables, WebhookRow } from '../schema.ts'

/** Tells which kinds of events a webhook is told of, and by which type of message. */
export interface Choosing {
  readonly eventsOf: (types: readonly string[]) => readonly string[]
  readonly typeOf: (event: string) => string | null
}

export interface Queueing extends Choosing {
  /** ISO instant in UTC. */
  readonly at: string
}

/** Most events that one step looks at, and most messages that it queues. */
const [mostEvents, mostMessages] = [20_000, 500]

/**
 * Most messages of a webhook that wait. Beyond, events wait in the log, where they cost nothing, until some of its messages were
 * delivered or given up.
 */
export const mostWaiting = 2000

/** Webhooks for which the log goes on behind what they were told of. */
export async function webhooksBehind(db: Kysely<Tables>): Promise<readonly { row: WebhookRow; end: number }[]> {
  const rows = await db
    .selectFrom('webhooks')
    .innerJoin('chains', 'chains.tenant', 'webhooks.tenant')
    .selectAll('webhooks')
    .select('chains.seq as end')
    .where('paused_at', 'is', null)
    .whereRef('cursor', '<', 'chains.seq')
    .execute()
  return rows.map(({ end, ...row }) => ({ row, end }))
}

/**
 * Goes one step on in the log for a webhook: queues a message for each event that it is told of, and moves its cursor, both or
 * neither. Tells how many were queued; whoever comes second for the same step does nothing. An event is looked at once, however
 * often a process ends in the middle, and however many there are.
 */
export async function queueDeliveries(
  db: Kysely<Tables>,
  { row, end }: { readonly row: WebhookRow; readonly end: number },
  queueing: Queueing,
): Promise<number> {
  if ((await countWaiting(db, row)) >= mostWaiting) return 0
  const until = Math.min(end, row.cursor + mostEvents)
  const events = await eventsFor(db, row, { until, kinds: queueing.eventsOf(JSON.parse(row.types) as string[]) })
  const last = events.length < mostMessages ? until : (events.at(-1)?.seq ?? until)
  return db.transaction().execute(async (then) => {
    const moved = await then
      .updateTable('webhooks')
      .set({ cursor: last })
      .where('tenant', '=', row.tenant)
      .where('id', '=', row.id)
      .where('cursor', '=', row.cursor)
      .where('paused_at', 'is', null)
      .executeTakeFirst()
    if (Number(moved.numUpdatedRows) === 0 || events.length === 0) return 0
    const rows = events.map((event) =>
      newDelivery(row, { ...event, type: queueing.typeOf(event.kind) as string }, queueing.at),
    )
    await then
      .insertInto('deliveries')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return rows.length
  })
}

async function countWaiting(db: Kysely<Tables>, { tenant, id }: WebhookRow): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant', '=', tenant)
    .where('webhook', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return Number(count)
}

interface QueuedEvent {
  readonly seq: number
  readonly kind: string
  readonly hash: Uint8Array
}

/** The events of some kinds, of a partner's parcels alone where the webhook is a partner's: those that it spoke of before. */
async function eventsFor(
  db: Kysely<Tables>,
  { tenant, partner, cursor }: WebhookRow,
  { until, kinds }: { readonly until: number; readonly kinds: readonly string[] },
): Promise<readonly QueuedEvent[]> {
  if (kinds.length === 0) return []
  const query = db
    .selectFrom('events as e')
    .select(['e.seq', 'e.kind', 'e.hash'])
    .where('e.tenant', '=', tenant)
    .where('e.seq', '>', cursor)
    .where('e.seq', '<=', until)
    .where('e.kind', 'in', kinds)
    .orderBy('e.seq')
    .limit(mostMessages)
  if (partner === null) return query.execute()
  return query
    .where((eb) =>
      eb.or([
        eb('e.parcel', '=', 0),
        eb.exists(
          eb
            .selectFrom('messages as m')
            .select(sql.lit(1).as('one'))
            .whereRef('m.tenant', '=', 'e.tenant')
            .whereRef('m.parcel', '=', 'e.parcel')
            .whereRef('m.seq', '<', 'e.seq')
            .where('m.partner', '=', partner),
        ),
      ]),
    )
    .execute()
}

/** A delivery as it is queued. */
export function newDelivery(
  { tenant, id: webhook }: Pick<WebhookRow, 'tenant' | 'id'>,
  event: { readonly seq: number; readonly hash: Uint8Array; readonly type: string },
  at: string,
): DeliveryRow {
  return {
    tenant,
    webhook,
    id: deliveryId(webhook, event.hash),
    seq: event.seq,
    type: event.type,
    state: 'waiting',
    attempts: 0,
    due_at: at,
    claimed_until: null,
    tried_at: null,
    status: null,
    said: null,
  }
}

/**
 * The id of a message: always the same for one event and one webhook. It comes of the event's hash and not of its number, which
 * a store that was restored from a backup gives again.
 */
function deliveryId(webhook: string, eventHash: Uint8Array): string {
  const digest = hash('sha256', Buffer.concat([Buffer.from(`${webhook} `), eventHash]), 'base64url')
  return `msg_${digest.slice(0, 27)}`
}
