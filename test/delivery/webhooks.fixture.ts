import { randomBytes } from 'node:crypto'
import type { AttemptParts } from '../../src/delivery/attempt.ts'
import { type Sealing, sealSecret } from '../../src/delivery/secrets.ts'
import { newSecret } from '../../src/delivery/signature.ts'
import { seal, unseal } from '../../src/intake/sealing.ts'
import type { Store } from '../../src/store/open-store.ts'
import { addWebhook } from '../../src/store/webhooks/add-webhook.ts'
import type { Doing, Webhook } from '../../src/store/webhooks/webhook.ts'

/** A sealing with a key, by default one of the test's own. */
export function testSealing(key: Uint8Array = randomBytes(32)): Sealing {
  return {
    seal: (text, of) => seal(text, key, of),
    unseal: (sealed, of) => unseal(sealed, key, of),
  }
}

/** A clock that a test moves. */
export interface Clock {
  readonly now: () => Date
  readonly move: (milliseconds: number) => void
}

export function newClock(): Clock {
  let moved = 0
  return {
    now: () => new Date(Date.now() + moved),
    move: (milliseconds) => {
      moved += milliseconds
    },
  }
}

/** What attempts to receivers on this machine are made with. */
export function testParts(clock: Clock, sealing: Sealing): AttemptParts {
  return {
    sealing,
    now: clock.now,
    chance: () => 0.5,
    rules: { allowLoopback: true },
    resolve: () => Promise.reject(new Error('No name servers here.')),
    milliseconds: 2000,
  }
}

export interface WebhookWish {
  readonly tenant?: string
  readonly partner?: string | null
  readonly url: string
  readonly types?: readonly string[]
}

let webhooks = 0

/** Makes a webhook, and gives its secret. */
export async function makeWebhook(
  store: Store,
  wish: WebhookWish,
  { sealing, clock }: { readonly sealing: Sealing; readonly clock: Clock },
): Promise<{ webhook: Webhook; secret: string }> {
  const { tenant = 'main', partner = null, url, types = ['decision.proposed'] } = wish
  webhooks += 1
  const id = `wh_${webhooks}`
  const secret = newSecret()
  const sealedSecret = sealSecret(sealing, { tenant, id }, secret)
  const row = { tenant, partner, id, url, description: '', types, sealedSecret }
  return { webhook: (await addWebhook(row, doing(store, clock))) as Webhook, secret }
}

export function doing(store: Store, clock: Clock): Doing {
  return { store, actor: 'person:1', at: clock.now().toISOString() }
}
