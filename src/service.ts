import { createServer, type RequestListener, type Server } from 'node:http'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { newApi } from './api/api.ts'
import { addCasesReading } from './api/cases-reading.ts'
import { addCasesWriting } from './api/cases-writing.ts'
import { addDecisions } from './api/decisions.ts'
import { addDescription } from './api/description.ts'
import { addParcels } from './api/parcels.ts'
import { dropSlowClients, patientOptions } from './api/slow-clients.ts'
import type { Knowledge } from './core/knowledge.ts'
import { openBench } from './intake/bench.ts'
import { openDueClock } from './intake/due-clock.ts'
import { type Reception, reception, type Tally } from './intake/reception.ts'
import { drawKeys, type Keys } from './intake/sealing.ts'
import type { Config } from './running/config.ts'
import type { Part } from './running/drain.ts'
import { healthRoutes } from './running/health.ts'
import { serviceKey, sessionSecret } from './running/key.ts'
import type { Log } from './running/log.ts'
import { type Metrics, makeMetrics } from './running/metrics.ts'
import { watchRequests } from './running/requests.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import { openStore, type Store } from './store/open-store.ts'
import { ensureTenant, isNewStore } from './store/tenants.ts'

/** What a service is started with. */
export interface ServiceStart {
  readonly config: Config
  readonly log: Log
  readonly knowledge: Knowledge
  readonly engine: string
  readonly version: string
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
}

/** A service that takes requests. */
export interface Service {
  readonly server: Server
  /** Address that people and partners use. */
  readonly url: string
  readonly store: Store
  readonly reception: Reception
  /** The address at which the first administrator comes in; null where there is one. */
  readonly firstAddress: string | null
  /** Whether the store was new: then samples may be loaded. */
  readonly isNew: boolean
  /** What is closed when the service stops, in this order. */
  readonly parts: readonly Part[]
}

/** The one tenant of an installation until others are made. */
export const firstTenant = 'main'

/** Opens the store, starts the threads and listens. Throws Error that says what to do where something is not to be had. */
export async function startService(start: ServiceStart): Promise<Service> {
  const { config, log, knowledge, engine, version, now } = start
  const key = serviceKey(config.key, config.dataFolder)
  const keys = drawKeys(key)
  const store = await openStore(placeOf(config), (error) => log.warn('A connection to the store broke', {}, error))
  const isNew = await isNewStore(store.db)
  await ensureTenant(store.db, firstTenant, now())
  const metrics = makeMetrics()
  metrics.loaded({ version, edition: knowledge.edition })
  metrics.watchQueue('store', store.waiting)
  const bench = openBench(knowledge, {
    threads: config.screeningThreads,
    engine,
    keys,
    retentionDays: config.retentionDays,
  })
  metrics.watchQueue('screening', bench.crew.waiting)
  const desk = reception({ store, bench: () => bench, now })
  const clock = openDueClock({ store, policy: () => knowledge.acting, now, log })
  const server = createServer(patientOptions, unready)
  await listen(server, config)
  const url = config.publicUrl ?? `http://localhost:${portOf(server)}`
  const draining = { now: false }
  const { api, firstAddress } = await joinApi({ ...start, store, reception: desk, metrics, keys, key, url, draining })
  const slow = dropSlowClients(server)
  server.removeListener('request', unready)
  server.on('request', getRequestListener(api.fetch))
  return {
    server,
    url,
    store,
    reception: desk,
    firstAddress,
    isNew,
    parts: [
      { name: 'slow clients', close: slow.close },
      { name: 'clock', close: clock.close },
      { name: 'screening', close: bench.crew.close },
      { name: 'store', close: store.close },
    ],
  }
}

interface Joining extends ServiceStart {
  readonly store: Store
  readonly reception: Reception
  readonly metrics: Metrics
  readonly keys: Keys
  readonly key: Uint8Array
  readonly url: string
  readonly draining: { now: boolean }
}

/** Puts every route in its place behind the guards. */
async function joinApi(joining: Joining): Promise<{ api: ReturnType<typeof newApi>; firstAddress: string | null }> {
  const { config, log, store, reception, metrics, keys, url, now, key, knowledge, version } = joining
  const api = newApi()
  api.use('*', watchRequests({ log, metrics }))
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
  ]
  api.route('/', healthRoutes({ checks, log }))
  api.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  )
  signIn.addRoutes(api)
  const limits = { body: config.bodyLimit, decompressed: config.decompressedLimit }
  addParcels(api, { store, reception, limits, tally: (tally) => noteTally(metrics, tally) })
  addCasesReading(api, { store, knowledge: () => knowledge })
  addCasesWriting(api, { store, reception, knowledge: () => knowledge, peopleKey: keys.people, now })
  addDecisions(api, { store })
  addDescription(api, { version })
  return { api, firstAddress: await signIn.firstAddress(firstTenant) }
}

function noteTally(metrics: Metrics, tally: Tally): void {
  metrics.parcelsTaken('received', tally.stored)
  metrics.parcelsTaken('known', tally.known)
  metrics.parcelsTaken('amended', tally.amended)
  metrics.parcelsTaken('unreadable', tally.unreadable)
  metrics.itemsScreened(tally.items)
  for (const [proposal, count] of tally.proposals)
    metrics.proposed(proposal as Parameters<Metrics['proposed']>[0], count)
}

function placeOf({ databaseUrl, dataFolder }: Config): Parameters<typeof openStore>[0] {
  return databaseUrl === null
    ? { kind: 'sqlite', file: path.join(dataFolder, 'greenlane.db') }
    : { kind: 'postgres', url: databaseUrl }
}

const unready: RequestListener = (_, response) => {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' })
  response.end(JSON.stringify({ type: '/problems#not-ready', title: 'The service is starting or ending', status: 503 }))
}

/** Listens; a port that is taken is told with what to do. */
function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message
      failed(
        new Error(`Port ${port} of ${host} cannot be listened on: ${reason}. Choose another with PORT.`, {
          cause: error,
        }),
      )
    })
    server.listen(port, host, done)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
