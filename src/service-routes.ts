import type { Server } from 'node:http'
import { type ApiContext, newApi } from './api/api.ts'
import { addCasesOpening } from './api/cases-opening.ts'
import { addCasesReading } from './api/cases-reading.ts'
import { addCasesWriting } from './api/cases-writing.ts'
import { addChecks } from './api/checks.ts'
import { addDecisions } from './api/decisions.ts'
import { addDescription } from './api/description.ts'
import { addKnowledge } from './api/knowledge.ts'
import { addParcels } from './api/parcels.ts'
import { ApiProblem } from './api/problems.ts'
import { addReceipts } from './api/receipts.ts'
import { addWebhooks } from './api/webhooks.ts'
import type { Knowledge } from './core/knowledge.ts'
import type { ReceiverRules } from './delivery/receiver-address.ts'
import type { Sealing } from './delivery/secrets.ts'
import type { Sending } from './delivery/sending.ts'
import type { Bench, Reception } from './intake/reception.ts'
import type { Keys } from './intake/sealing.ts'
import type { ReceiptKey } from './receipts/receipt-key.ts'
import { healthRoutes } from './running/health.ts'
import { sessionSecret } from './running/key.ts'
import type { Metrics } from './running/metrics.ts'
import { noteTally } from './running/note-tally.ts'
import { watchRequests } from './running/requests.ts'
import type { Tracing } from './running/tracing.ts'
import { firstTenant, type ServiceStart } from './service.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import { isUpToDate } from './store/migrate.ts'
import type { Store } from './store/open-store.ts'

/** What routes are made of. */
export interface RoutesStart extends ServiceStart {
  readonly store: Store
  readonly reception: Reception
  readonly bench: () => Bench
  /** The knowledge of the edition that counts. */
  readonly knowledge: () => Knowledge
  readonly metrics: Metrics
  readonly keys: Keys
  readonly key: Uint8Array
  /** The key that signs receipts. */
  readonly receiptsKey: ReceiptKey
  readonly url: string
  readonly sealing: Sealing
  readonly rules: ReceiverRules
  readonly sending: Sending
  readonly server: Server
  /** Null where nobody collects traces. */
  readonly tracing: Tracing | null
}

/** Puts every route in its place behind the guards. */
export async function joinRoutes(
  start: RoutesStart,
): Promise<{ api: ReturnType<typeof newApi>; firstAddress: string | null }> {
  const { config, log, store, reception, metrics, keys, url, now, key, knowledge, version, bench } = start
  const api = newApi()
  api.use('*', watchRequests({ log, metrics }))
  if (start.tracing !== null) api.use('*', start.tracing.requests)
  const signIn = openSignIn({
    db: store.db,
    kind: store.kind,
    publicUrl: url,
    secret: sessionSecret(config.authSecret, key),
    log,
    now: () => new Date(now()),
    providers: config.oidc === null ? [] : [{ ...config.oidc, id: 'organisation', tenant: null }],
    trustedProxies: config.trustedProxies,
    rateLimit: config.rateLimit,
  })
  signIn.guard(api)
  const checks = [
    { name: 'store', holds: async () => (await store.db.selectFrom('tenants').select('tenant').execute()).length > 0 },
    { name: 'migrations', holds: () => isUpToDate(store.db) },
    { name: 'knowledge', holds: async () => bench().edition === knowledge().edition },
    { name: 'not stopping', holds: async () => start.server.listening },
  ]
  api.route('/', healthRoutes({ checks, log }))
  api.get('/metrics', async (context) => {
    if (!isForOperators(context))
      throw new ApiProblem('not-allowed', 'The numbers are for this machine and for administrators.')
    return context.body(await metrics.text(), 200, { 'content-type': metrics.contentType })
  })
  signIn.addRoutes(api)
  const limits = { body: config.bodyLimit, decompressed: config.decompressedLimit }
  addParcels(api, { store, reception, limits, tally: noteTally(metrics) })
  addCasesReading(api, { store, knowledge })
  addCasesOpening(api, { store, knowledge, now })
  addCasesWriting(api, { store, reception, knowledge, peopleKey: keys.people, now })
  addDecisions(api, { store, knowledge })
  addKnowledge(api, { store, knowledge })
  const receipts = { store, bench, now, key: start.receiptsKey }
  addWebhooks(api, start)
  addChecks(api, {
    ...receipts,
    limits,
    policy: () => knowledge().policy.checks,
    issuer: url,
    onRewording: ({ tenant }) => log.info('An offer was worded again and again', { tenant }),
  })
  addReceipts(api, receipts)
  addDescription(api, { version })
  return { api, firstAddress: await signIn.firstAddress(firstTenant) }
}

/** Whether numbers of the service are told: to a collector on this machine, not through a proxy, and to administrators. */
function isForOperators(context: ApiContext): boolean {
  if (context.get('caller')?.role === 'administrator') return true
  const { incoming } = context.env as { incoming?: { socket?: { remoteAddress?: string } } }
  const address = incoming?.socket?.remoteAddress ?? ''
  const isHere = address === '::1' || /^(::ffff:)?127\./.test(address)
  return isHere && context.req.header('x-forwarded-for') === undefined
}
