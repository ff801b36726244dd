import { createServer, type RequestListener, type Server } from 'node:http'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { dropSlowClients, patientOptions } from './api/slow-clients.ts'
import type { Knowledge } from './core/knowledge.ts'
import { openEditions } from './editions/open-editions.ts'
import type { Reception } from './intake/reception.ts'
import { drawKeys } from './intake/sealing.ts'
import { receiptKey } from './receipts/receipt-key.ts'
import type { Config } from './running/config.ts'
import type { Part } from './running/drain.ts'
import { holdKey } from './running/hold-key.ts'
import { serviceKey } from './running/key.ts'
import type { Log } from './running/log.ts'
import { makeMetrics } from './running/metrics.ts'
import type { Tracing } from './running/tracing.ts'
import { joinRoutes } from './service-routes.ts'
import { startWork } from './service-work.ts'
import { openStore, type Store } from './store/open-store.ts'
import { ensureTenant, isNewStore } from './store/tenants.ts'

/** What a service is started with. */
export interface ServiceStart {
  readonly config: Config
  readonly log: Log
  /** Folder of the compiled knowledge that came with the package. */
  readonly compiled: string
  /** Puts what a user imported beside the built-in knowledge. */
  readonly widen: (knowledge: Knowledge) => Knowledge
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
  const { config, log, now } = start
  const key = serviceKey(config.key, config.dataFolder)
  const keys = drawKeys(key)
  const store = await openStore(placeOf(config), (error) => log.warn('A connection to the store broke', {}, error))
  await holdKey(store, key)
  const isNew = await isNewStore(store.db)
  await ensureTenant(store.db, firstTenant, now())
  const metrics = makeMetrics()
  metrics.watchQueue('store', store.waiting)
  const editions = await openEditions({
    store,
    compiled: { folder: start.compiled, engine: start.engine },
    widen: start.widen,
    now,
    onFault: (sentence, error) => log.error(sentence, {}, error),
  })
  const receiptsKey = await receiptKey(config.receiptKey, key)
  const work = startWork({ ...start, store, metrics, keys, editions, receiptsKey })
  const server = createServer(patientOptions, unready)
  await listen(server, config)
  const url = config.publicUrl ?? `http://localhost:${portOf(server)}`
  const tracing = config.tracesUrl === null ? null : await traces(config.tracesUrl, start)
  const { api, firstAddress } = await joinRoutes({
    ...start,
    ...work,
    store,
    metrics,
    keys,
    key,
    receiptsKey,
    url,
    server,
    tracing,
  })
  const slow = dropSlowClients(server)
  server.removeListener('request', unready)
  server.on('request', getRequestListener(api.fetch))
  const parts: Part[] = [
    { name: 'slow clients', close: slow.close },
    ...work.parts,
    ...(tracing === null ? [] : [{ name: 'traces', close: tracing.close }]),
    { name: 'store', close: store.close },
  ]
  return { server, url, store, reception: work.reception, firstAddress, isNew, parts }
}

/** Starts traces; OpenTelemetry is loaded for whoever asks for it only. */
async function traces(endpoint: string, { version, log }: ServiceStart): Promise<Tracing> {
  const { startTracing } = await import('./running/tracing.ts')
  return startTracing({ endpoint, version, log })
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
