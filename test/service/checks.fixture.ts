import { type Api, newApi } from '../../src/api/api.ts'
import type { Caller } from '../../src/api/caller.ts'
import { addChecks } from '../../src/api/checks.ts'
import { addReceipts } from '../../src/api/receipts.ts'
import { engineName, knowledge as loadKnowledge } from '../../src/app.ts'
import type { Rewording } from '../../src/core/act/check-offer.ts'
import { openBench } from '../../src/intake/bench.ts'
import { receiptKey } from '../../src/receipts/receipt-key.ts'
import type { Store } from '../../src/store/open-store.ts'

/** Checks over a store, without a server. */
export interface ChecksService {
  readonly post: (path: string, body: unknown, as?: Caller) => Promise<Response>
  readonly send: (path: string, init: RequestInit, as?: Caller) => Promise<Response>
  readonly signals: readonly Rewording[]
  /** Goes on with another key for receipts. */
  readonly rotate: (seed: number) => Promise<void>
  /** Sets the clock, as an ISO instant. */
  readonly setNow: (instant: string) => void
  readonly close: () => Promise<void>
}

export const marketplace: Caller = {
  tenant: 'main',
  role: 'partner',
  partner: 'marketplace',
  actor: 'key:market',
  places: null,
  scopes: ['checks:write'],
}

/** Makes checks and receipts over a store, with the knowledge that ships with Greenlane. */
export async function newChecks(store: Store): Promise<ChecksService> {
  const knowledge = await loadKnowledge()
  const keys = {
    pseudonyms: new Uint8Array(32).fill(1),
    people: new Uint8Array(32).fill(2),
    webhooks: new Uint8Array(32),
  }
  const bench = openBench(knowledge, { threads: 2, engine: await engineName(), keys, retentionDays: 90 })
  const signals: Rewording[] = []
  let now = Date.parse('2026-11-24T09:00:00Z')
  let key = await receiptKey(new Uint8Array(32).fill(1), keys.people)
  let caller = marketplace
  const build = (): Api => {
    const api = newApi()
    api.use(async (context, next) => {
      context.set('caller', caller)
      await next()
    })
    const parts = { store, bench: () => bench, key, now: () => now }
    addChecks(api, {
      ...parts,
      policy: () => knowledge.policy.checks,
      issuer: 'https://greenlane.example',
      onRewording: (signal) => signals.push(signal),
      limits: { body: 32 << 20, decompressed: 64 << 20 },
    })
    addReceipts(api, parts)
    return api
  }
  let api = build()
  const send: ChecksService['send'] = async (path, init, as = marketplace) => {
    caller = as
    return api.request(path, init)
  }
  return {
    send,
    post: (path, body, as) =>
      send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }, as),
    signals,
    rotate: async (seed) => {
      key = await receiptKey(new Uint8Array(32).fill(seed), keys.people)
      api = build()
    },
    setNow: (instant) => {
      now = Date.parse(instant)
    },
    close: () => bench.crew.close(),
  }
}
