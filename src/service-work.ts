import type { Knowledge } from './core/knowledge.ts'
import { startDropping } from './delivery/dropping.ts'
import { receiveFile } from './delivery/receive-file.ts'
import { type ReceiverRules, resolveByNameServers } from './delivery/receiver-address.ts'
import { deliveriesKeptFor } from './delivery/schedule.ts'
import type { Sealing } from './delivery/secrets.ts'
import { type Sending, startSending } from './delivery/sending.ts'
import type { Editions } from './editions/open-editions.ts'
import { startRescreening } from './editions/start-rescreening.ts'
import { openBench } from './intake/bench.ts'
import { type Benches, openBenches } from './intake/benches.ts'
import { openDueClock } from './intake/due-clock.ts'
import { type Bench, type Reception, reception } from './intake/reception.ts'
import { type Keys, seal, unseal } from './intake/sealing.ts'
import { lookUpClaim } from './receipts/look-up.ts'
import type { ReceiptKey } from './receipts/receipt-key.ts'
import type { Part } from './running/drain.ts'
import type { Metrics } from './running/metrics.ts'
import { noteTally } from './running/note-tally.ts'
import { scheduleRetention } from './running/retention.ts'
import { firstTenant, type ServiceStart } from './service.ts'
import { sweepSignIn } from './sign-in/sweep.ts'
import type { Store } from './store/open-store.ts'
import { forgetDeliveries } from './store/webhooks/forget-deliveries.ts'
import { forgetWordings } from './store/wordings.ts'

/** What work beside the requests is made of. */
export interface WorkStart extends ServiceStart {
  readonly store: Store
  readonly metrics: Metrics
  readonly keys: Keys
  readonly editions: Editions
  readonly receiptsKey: ReceiptKey
}

/** What works beside the requests. */
export interface Work {
  readonly bench: () => Bench
  readonly knowledge: () => Knowledge
  readonly reception: Reception
  readonly sealing: Sealing
  readonly rules: ReceiverRules
  readonly sending: Sending
  /** In the order in which they are closed. */
  readonly parts: readonly Part[]
}

/** Starts the threads that screen, and the clocks of questions, webhooks, the drop folder and retention. */
export function startWork(start: WorkStart): Work {
  const { log, now, store, keys, editions, receiptsKey, config } = start
  const benches = benchesOf(start)
  const bench = benches.current
  const knowledge = (): Knowledge => editions.current().knowledge
  const desk = reception({
    ...{ store, bench, now },
    lookUp: (text, of) => lookUpClaim(text, { db: store.db, key: receiptsKey, ...of }),
  })
  const clock = openDueClock({ store, policy: () => knowledge().acting, now, log })
  const rescreening = startRescreening({ store, editions, bench, days: config.retentionDays, now, log })
  const sealing: Sealing = {
    seal: (text, of) => seal(text, keys.webhooks, of),
    unseal: (sealed, of) => unseal(sealed, keys.webhooks, of),
  }
  const rules = { allowLoopback: config.webhooksLocal }
  const sending = sendingOf(start, sealing, rules)
  const parts = [
    { name: 'clock', close: clock.close },
    ...droppingOf(start, desk, knowledge),
    retentionOf(start),
    { name: 'webhooks', close: sending.close },
    { name: 'open parcels', close: rescreening.close },
    { name: 'editions', close: editions.close },
    { name: 'screening', close: benches.close },
  ]
  return { bench, knowledge, reception: desk, sealing, rules, sending, parts }
}

function benchesOf({ config, log, engine, version, metrics, keys, editions }: WorkStart): Benches {
  const { screeningThreads: threads, retentionDays } = config
  const benches = openBenches({
    editions,
    open: (knowledge) => openBench(knowledge, { threads, engine, keys, retentionDays }),
    onChange: ({ edition }) => {
      metrics.loaded({ version, edition })
      log.info('Another edition counts', { edition })
    },
  })
  metrics.loaded({ version, edition: benches.current().edition })
  metrics.watchQueue('screening', () => benches.current().crew.waiting())
  return benches
}

function sendingOf({ store, now, metrics, log }: WorkStart, sealing: Sealing, rules: ReceiverRules): Sending {
  return startSending({
    store,
    sealing,
    rules,
    resolve: resolveByNameServers(),
    now: () => new Date(now()),
    chance: Math.random,
    milliseconds: 10_000,
    sent: metrics.webhookTried,
    failed: (error) => log.warn('Webhooks could not be served', {}, error),
  })
}

function retentionOf({ store, now, log, config }: WorkStart): Part {
  const old = config.retentionDays * 86_400_000
  return scheduleRetention(store, {
    log,
    now: () => new Date(now()),
    others: [
      (at) => sweepSignIn(store.db, store.kind, at),
      (at) => forgetDeliveries(store.db, new Date(at.getTime() - deliveriesKeptFor).toISOString()),
      (at) => forgetWordings(store.db, new Date(at.getTime() - old).toISOString()),
    ],
  })
}

/** The drop folder, where both of its sides are told. */
function droppingOf(start: WorkStart, desk: Reception, knowledge: () => Knowledge): Part[] {
  const { config, store, now, log, metrics } = start
  if (config.dropFolderIn === null || config.dropFolderOut === null) return []
  const parts = { reception: desk, words: () => knowledge().words, tally: noteTally(metrics) }
  const dropping = startDropping({
    in: config.dropFolderIn,
    out: config.dropFolderOut,
    tenant: firstTenant,
    receive: (file, sending) => receiveFile(file, sending, parts),
    db: store.db,
    now,
    failed: (error) => log.error('The drop folder could not be looked after', {}, error),
  })
  return [{ name: 'drop folder', close: dropping.close }]
}
