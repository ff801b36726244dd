import type { DeliveryRow, WebhookRow } from '../store/schema.ts'
import type { EventToTell } from '../store/webhooks/read-event-to-tell.ts'
import type { Outcome } from '../store/webhooks/settle-delivery.ts'
import { payloadOf } from './payload.ts'
import { type Posted, postMessage } from './post-message.ts'
import { findReceiver, ReceiverRefused, type ReceiverRules, type Resolve, readReceiverUrl } from './receiver-address.ts'
import { askedPause, failsFor, nextPause } from './schedule.ts'
import { type Sealing, secretsOf } from './secrets.ts'
import { signatureHeaders } from './signature.ts'

/** What attempts are made with. */
export interface AttemptParts {
  readonly sealing: Sealing
  readonly rules: ReceiverRules
  readonly resolve: Resolve
  readonly now: () => Date
  /** A number from 0 to 1, another each time. */
  readonly chance: () => number
  /** Milliseconds that an attempt may take. */
  readonly milliseconds: number
  /** Certificates of authorities to trust in place of the usual ones (PEM). */
  readonly authorities?: string
}

/** A delivery that is tried. */
export interface Tried {
  readonly delivery: DeliveryRow
  readonly webhook: WebhookRow
  readonly event: EventToTell
}

/** Tries a delivery once and tells what came of it. Whatever the receiver does, this ends in time and throws nothing. */
export async function attemptDelivery(tried: Tried, parts: AttemptParts): Promise<Outcome> {
  const posted = await send(tried, parts)
  const { status, said, retryAfter } = posted
  if (status !== null && status >= 200 && status <= 299) return { kind: 'delivered', status, said }
  const now = parts.now()
  const asked = askedPause(retryAfter, now)
  const pause = nextPause({ attempts: tried.delivery.attempts, asked, chance: parts.chance() })
  return {
    kind: 'failed',
    status,
    said,
    again: pause === null ? null : new Date(now.getTime() + pause).toISOString(),
    gone: status === 410,
    tooLongSince: new Date(now.getTime() - failsFor).toISOString(),
  }
}

async function send({ delivery, webhook, event }: Tried, parts: AttemptParts): Promise<Posted> {
  const { milliseconds, authorities } = parts
  const begun = performance.now()
  try {
    const url = readReceiverUrl(webhook.url, parts.rules)
    const receiver = await inTime(findReceiver(url, parts.rules, parts.resolve), milliseconds)
    const body = payloadOf(delivery.type, event, webhook.partner !== null)
    const at = parts.now()
    const headers = signatureHeaders({ id: delivery.id, at, body }, secretsOf(parts.sealing, webhook, at))
    const left = Math.max(1, Math.round(milliseconds - (performance.now() - begun)))
    return await postMessage({
      receiver,
      headers,
      body,
      milliseconds: left,
      ...(authorities === undefined ? {} : { authorities }),
    })
  } catch (error) {
    const said = error instanceof ReceiverRefused ? error.message : 'The message could not be made.'
    return { status: null, said, retryAfter: undefined }
  }
}

/** What a promise gives, or a refusal where it takes too long. */
async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, failed) => {
    const refusal = new ReceiverRefused('The name servers did not answer.')
    timer = setTimeout(() => failed(refusal), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
