import { type Api, newApi } from '../../src/api/api.ts'
import type { Caller } from '../../src/api/caller.ts'
import { addCasesOpening } from '../../src/api/cases-opening.ts'
import { addCasesReading } from '../../src/api/cases-reading.ts'
import { addCasesWriting } from '../../src/api/cases-writing.ts'
import { addDecisions } from '../../src/api/decisions.ts'
import { addParcels } from '../../src/api/parcels.ts'
import { engineName, knowledge as loadKnowledge } from '../../src/app.ts'
import { openBench } from '../../src/intake/bench.ts'
import { reception } from '../../src/intake/reception.ts'
import { lookUpClaim } from '../../src/receipts/look-up.ts'
import { receiptKey } from '../../src/receipts/receipt-key.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { Tables } from '../../src/store/schema.ts'

/** A service without a server: requests go straight to its routes. */
export interface TestService {
  readonly api: Api
  readonly store: Store
  readonly post: (path: string, body: unknown) => Promise<Response>
  readonly postText: (path: string, body: string) => Promise<Response>
  readonly send: (path: string, init: { body: Buffer; headers: Record<string, string> }) => Promise<Response>
  /** What a partner of this name posts and reads; all other requests are those of the caller that the service was made for. */
  readonly as: (partner: string) => {
    readonly post: (path: string, body: unknown) => Promise<Response>
    readonly get: (path: string) => Promise<Response>
  }
  /** What somebody with this role and these places posts and reads. */
  readonly by: (who: Partial<Caller>) => {
    readonly post: (path: string, body: unknown) => Promise<Response>
    readonly get: (path: string) => Promise<Response>
  }
  readonly count: (table: keyof Tables) => Promise<number>
  readonly close: () => Promise<void>
}

const partnerNamed = (partner: string): Caller => ({
  tenant: 'main',
  role: 'partner',
  partner,
  actor: `key:${partner}`,
  places: null,
  scopes: [],
})

const personAs: Caller = {
  tenant: 'main',
  role: 'officer',
  partner: null,
  actor: 'person:anna',
  places: null,
  scopes: [],
}

/** Makes the service over a store, with the knowledge that ships with Greenlane. */
export async function newService(store: Store, caller: Caller = partnerNamed('post')): Promise<TestService> {
  const knowledge = await loadKnowledge()
  const keys = {
    pseudonyms: new Uint8Array(32).fill(1),
    people: new Uint8Array(32).fill(2),
    webhooks: new Uint8Array(32),
  }
  const bench = openBench(knowledge, { threads: 1, engine: await engineName(), keys, retentionDays: 90 })
  const receiptsKey = await receiptKey(new Uint8Array(32).fill(1), keys.people)
  const api = newApi()
  api.use(async (context, next) => {
    const partner = context.req.header('partner')
    const who = context.req.header('caller')
    if (who !== undefined) context.set('caller', JSON.parse(who) as Caller)
    else context.set('caller', partner === undefined ? caller : partnerNamed(partner))
    await next()
  })
  const now = (): number => Date.parse('2026-11-24T09:00:00Z')
  const parts = {
    store,
    reception: reception({
      ...{ store, bench: () => bench, now },
      lookUp: (text, of) => lookUpClaim(text, { db: store.db, key: receiptsKey, ...of }),
    }),
  }
  addParcels(api, { ...parts, limits: { body: 10_000_000, decompressed: 20_000_000 }, tally: () => {} })
  addCasesReading(api, { store, knowledge: () => knowledge })
  addCasesOpening(api, { store, knowledge: () => knowledge, now })
  addDecisions(api, { store, knowledge: () => knowledge })
  addCasesWriting(api, { ...parts, knowledge: () => knowledge, peopleKey: keys.people, now })
  const send: TestService['send'] = async (path, { body, headers }) =>
    api.request(path, { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers })
  const postText: TestService['postText'] = (path, body) =>
    send(path, { body: Buffer.from(body), headers: { 'content-type': 'application/json' } })
  return {
    api,
    store,
    send,
    postText,
    post: (path, body) => postText(path, JSON.stringify(body)),
    as: (partner) => ({
      post: async (path, body) =>
        send(path, {
          body: Buffer.from(JSON.stringify(body)),
          headers: { 'content-type': 'application/json', partner },
        }),
      get: async (path) => api.request(path, { headers: { partner } }),
    }),
    by: (who) => {
      const headers = { caller: JSON.stringify({ ...personAs, ...who }), 'content-type': 'application/json' }
      return {
        post: (path, body) => send(path, { body: Buffer.from(JSON.stringify(body)), headers }),
        get: async (path) => api.request(path, { headers }),
      }
    },
    count: async (table) => {
      const { count } = await store.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    close: () => bench.crew.close(),
  }
}
