import type { WebhookRow } from '../store/schema.ts'

/** Seals and opens a text with the service's key; `of` is what it belongs to: sealed for one thing it does not open for another. */
export interface Sealing {
  readonly seal: (text: string, of: string) => Uint8Array
  /** Throws where the key is another, or anything was changed. */
  readonly unseal: (sealed: Uint8Array, of: string) => string
}

/** For how long messages are signed with the former secret as well, in milliseconds. */
export const formerSecretFor = 24 * 3_600_000

/** Seals the secret of a webhook. */
export function sealSecret({ seal }: Sealing, webhook: Pick<WebhookRow, 'tenant' | 'id'>, secret: string): Uint8Array {
  return seal(secret, ownerOf(webhook))
}

/** The secrets that a message is signed with now, the newest first. Throws where they cannot be opened. */
export function secretsOf({ unseal }: Sealing, webhook: WebhookRow, now: Date): readonly string[] {
  const { secret, former_secret: former, former_until: until } = webhook
  const sealed = former !== null && until !== null && until > now.toISOString() ? [secret, former] : [secret]
  return sealed.map((one) => unseal(one, ownerOf(webhook)))
}

function ownerOf({ tenant, id }: Pick<WebhookRow, 'tenant' | 'id'>): string {
  return `webhook ${tenant} ${id}`
}
