import type { Store } from '../store/open-store.ts'
import type { DeliveryRow, WebhookRow } from '../store/schema.ts'
import { claimDeliveries, webhooksDue } from '../store/webhooks/claim-deliveries.ts'
import { queueDeliveries, webhooksBehind } from '../store/webhooks/queue-deliveries.ts'
import { readEventToTell } from '../store/webhooks/read-event-to-tell.ts'
import { settleDelivery } from '../store/webhooks/settle-delivery.ts'
import { type AttemptParts, attemptDelivery } from './attempt.ts'
import { eventsOfTypes, typeOfEvent } from './message-types.ts'

/** What came of an attempt, as it is counted. */
export type Sent = 'delivered' | 'retried' | 'dead'

export interface SenderParts extends AttemptParts {
  readonly store: Pick<Store, 'db' | 'kind'>
  /** Told of each attempt. */
  readonly sent?: (sent: Sent, delivery: Pick<DeliveryRow, 'tenant' | 'webhook' | 'id'>) => void
  /** Told of what the store did not do; what it concerns is tried again. */
  readonly failed?: (error: unknown) => void
}

/** Brings events to webhooks, a turn at a time. */
export interface Sender {
  /** Queues what happened and begins the attempts that are due and have room; tells how much it found to do. */
  readonly turn: () => Promise<number>
  /** Resolves when no attempt is under way. */
  readonly settled: () => Promise<void>
  /** Attempts under way. */
  readonly under: () => number
  /** Called when an attempt ended. */
  readonly onEnd: (told: () => void) => void
}

/** Milliseconds for which a message is taken for an attempt: longer than any attempt takes with its writing down. */
const claimedFor = 60_000

/** Most attempts at once, of one webhook, of one whose last attempt failed, and of all. */
const most = { ofOne: 8, ofFailing: 1, ofAll: 256, ofAllFailing: 128 } as const

/** Makes a sender. Several, also of several processes on one store, share the work. */
export function newSender(parts: SenderParts): Sender {
  const { db, kind } = parts.store
  const under = new Map<string, number>()
  const attempts = new Set<Promise<void>>()
  let failing = 0
  let ended = (): void => {}

  async function queue(): Promise<number> {
    let queued = 0
    const at = parts.now().toISOString()
    for (const behind of await webhooksBehind(db))
      queued += await queueDeliveries(db, behind, { at, eventsOf: eventsOfTypes, typeOf: typeOfEvent })
    return queued
  }

  function roomFor(webhook: WebhookRow): number {
    const all = most.ofAll - attempts.size
    const own = under.get(keyOf(webhook)) ?? 0
    if (webhook.failing_since === null) return Math.min(most.ofOne - own, all)
    return Math.min(most.ofFailing - own, all, most.ofAllFailing - failing)
  }

  async function begin(webhook: WebhookRow, limit: number): Promise<number> {
    const now = parts.now()
    const until = new Date(now.getTime() + claimedFor).toISOString()
    const { tenant, id } = webhook
    const claim = { tenant, webhook: id, at: now.toISOString(), until, limit }
    const claimed = await claimDeliveries(db, kind, claim)
    for (const delivery of claimed) follow(webhook, attempt(webhook, delivery))
    return claimed.length
  }

  /** Counts an attempt while it is under way. */
  function follow(webhook: WebhookRow, attempt: Promise<void>): void {
    const key = keyOf(webhook)
    const isFailing = webhook.failing_since !== null
    under.set(key, (under.get(key) ?? 0) + 1)
    if (isFailing) failing += 1
    const done = attempt
      .catch((error: unknown) => parts.failed?.(error))
      .finally(() => {
        const left = (under.get(key) ?? 1) - 1
        if (left === 0) under.delete(key)
        else under.set(key, left)
        if (isFailing) failing -= 1
        attempts.delete(done)
        ended()
      })
    attempts.add(done)
  }

  async function attempt(webhook: WebhookRow, delivery: DeliveryRow): Promise<void> {
    const event = await readEventToTell(db, delivery.tenant, delivery.seq)
    const outcome = await attemptDelivery({ webhook, delivery, event }, parts)
    const doing = { store: parts.store, actor: 'system', at: parts.now().toISOString() }
    await settleDelivery(delivery, outcome, doing)
    if (outcome.kind === 'delivered') parts.sent?.('delivered', delivery)
    else parts.sent?.(outcome.again === null && !outcome.gone ? 'dead' : 'retried', delivery)
  }

  return {
    turn: async () => {
      let found = await queue()
      for (const webhook of await webhooksDue(db, parts.now().toISOString())) {
        const room = roomFor(webhook)
        if (room > 0) found += await begin(webhook, room)
      }
      return found
    },
    settled: async () => void (await Promise.all(attempts)),
    under: () => attempts.size,
    onEnd: (told) => {
      ended = told
    },
  }
}

function keyOf({ tenant, id }: WebhookRow): string {
  return `${tenant} ${id}`
}
