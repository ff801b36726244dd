import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Proposal, proposals } from '../core/decide/policy.ts'

/** What became of parcels that were handed in. */
export const parcelOutcomes = ['received', 'known', 'amended', 'merged', 'unreadable'] as const
export type ParcelOutcome = (typeof parcelOutcomes)[number]

/** What became of one attempt to deliver a webhook: dead letters are no longer tried. */
export const deliveryOutcomes = ['delivered', 'retried', 'dead'] as const
export type DeliveryOutcome = (typeof deliveryOutcomes)[number]

export interface AnsweredRequest {
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}

/** What is loaded, as labels of `greenlane_info`. */
export interface Loaded {
  readonly version: string
  readonly edition: string
}

/** The numbers of a running service in the form of Prometheus. None of their labels comes from what a caller wrote. */
export interface Metrics {
  readonly requestBegan: () => void
  readonly requestEnded: (request: AnsweredRequest) => void
  readonly parcelsTaken: (outcome: ParcelOutcome, count: number) => void
  readonly itemsScreened: (count: number) => void
  readonly proposed: (proposal: Proposal, count: number) => void
  /** One flush of the writer to disk, with how many parcels it carried. */
  readonly flushed: (flush: { readonly parcels: number; readonly seconds: number }) => void
  readonly webhookTried: (outcome: DeliveryOutcome) => void
  /** Reads the length of a queue whenever the numbers are asked for. */
  readonly watchQueue: (queue: string, length: () => number) => void
  /** Tells what is loaded; a later edition takes the place of the one before. */
  readonly loaded: (loaded: Loaded) => void
  readonly contentType: string
  readonly text: () => Promise<string>
}

/** Makes the numbers of one service, all at 0, with those of the process (memory, event loop lag, open files). */
export function makeMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    ...requestMetrics(registry),
    ...parcelMetrics(registry),
    ...deliveryMetrics(registry),
    ...stateMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

function requestMetrics(registry: Registry): Pick<Metrics, 'requestBegan' | 'requestEnded'> {
  const registers = [registry]
  const total = new Counter({
    name: 'greenlane_http_requests_total',
    help: 'Requests answered, by pattern of the route',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'greenlane_http_request_seconds',
    help: 'Seconds until the answer to a request began',
    labelNames: ['route', 'method'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const open = new Gauge({ name: 'greenlane_http_requests_open', help: 'Requests under way', registers })
  return {
    requestBegan: () => open.inc(),
    requestEnded: (request) => {
      const { route, method } = request
      open.dec()
      total.inc({ route, method, status: request.status })
      seconds.observe({ route, method }, request.seconds)
    },
  }
}

function parcelMetrics(registry: Registry): Pick<Metrics, 'parcelsTaken' | 'itemsScreened' | 'proposed' | 'flushed'> {
  const registers = [registry]
  const parcels = new Counter({
    name: 'greenlane_parcels_total',
    help: 'Parcels handed in: new, known already, amended by the same partner, merged with what another said, or unreadable',
    labelNames: ['outcome'],
    registers,
  })
  const items = new Counter({ name: 'greenlane_items_screened_total', help: 'Item lines screened', registers })
  const proposed = new Counter({
    name: 'greenlane_proposals_total',
    help: 'Proposals made, by kind',
    labelNames: ['proposal'],
    registers,
  })
  const batch = new Histogram({
    name: 'greenlane_flush_parcels',
    help: 'Parcels that one flush to disk carried',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000],
    registers,
  })
  const flush = new Histogram({
    name: 'greenlane_flush_seconds',
    help: 'Seconds that one flush to disk took',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  })
  for (const outcome of parcelOutcomes) parcels.inc({ outcome }, 0)
  for (const proposal of proposals) proposed.inc({ proposal }, 0)
  return {
    parcelsTaken: (outcome, count) => parcels.inc({ outcome }, count),
    itemsScreened: (count) => items.inc(count),
    proposed: (proposal, count) => proposed.inc({ proposal }, count),
    flushed: (one) => {
      batch.observe(one.parcels)
      flush.observe(one.seconds)
    },
  }
}

function deliveryMetrics(registry: Registry): Pick<Metrics, 'webhookTried'> {
  const deliveries = new Counter({
    name: 'greenlane_webhook_deliveries_total',
    help: 'Attempts to deliver a webhook, by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const outcome of deliveryOutcomes) deliveries.inc({ outcome }, 0)
  return { webhookTried: (outcome) => deliveries.inc({ outcome }) }
}

function stateMetrics(registry: Registry): Pick<Metrics, 'watchQueue' | 'loaded'> {
  const queues = new Map<string, () => number>()
  const lengths = new Gauge({
    name: 'greenlane_queue_length',
    help: 'What waits in a queue',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      for (const [queue, length] of queues) this.set({ queue }, length())
    },
  })
  const state = new Gauge({
    name: 'greenlane_info',
    help: 'Always 1: the labels tell the version of Greenlane and the edition of the knowledge',
    labelNames: ['version', 'edition'],
    registers: [registry],
  })
  return {
    watchQueue: (queue, length) => {
      queues.set(queue, length)
      lengths.set({ queue }, length())
    },
    loaded: ({ version, edition }) => {
      state.reset()
      state.set({ version, edition }, 1)
    },
  }
}
