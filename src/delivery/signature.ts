import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'

/** What is signed: the message's id, when it is sent, and its body. */
export interface Signed {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/** Makes a secret: 32 random bytes in base64 behind `whsec_` (Standard Webhooks asks for at least 24). */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/**
 * The headers of a message by Standard Webhooks 1.0.0: signed with HMAC-SHA-256 by each secret, the newest first, so that a
 * receiver that knows either of two secrets finds its signature.
 */
export function signatureHeaders(
  { id, at, body }: Signed,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}
