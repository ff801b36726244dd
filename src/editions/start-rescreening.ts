import { randomUUID } from 'node:crypto'
import type { MergeJob } from '../intake/receive.ts'
import type { Bench } from '../intake/reception.ts'
import type { Log } from '../running/log.ts'
import type { Store } from '../store/open-store.ts'
import type { RecordRow } from '../store/record.ts'
import type { Editions } from './open-editions.ts'
import { rescreenOpen } from './rescreen-open.ts'

/** What screening open parcels again, beside everything else, is made of. */
export interface RescreeningParts {
  readonly store: Store
  readonly editions: Pick<Editions, 'onChange'>
  readonly bench: () => Bench
  readonly now: () => number
  readonly log: Log
}

/** Days after which a parcel that nobody spoke of is over. */
const days = 90
/** Milliseconds between looks whether parcels that arrive leave room. */
const pause = 20

/** Screens open parcels again whenever another edition counts, and when the service starts with one that they were not screened by. */
export function startRescreening({ store, editions, bench, now, log }: RescreeningParts): {
  readonly close: () => Promise<void>
} {
  let stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  const by = randomUUID()
  const begin = (): void => {
    stopping.abort()
    stopping = new AbortController()
    const { signal } = stopping
    const { edition, engine, crew } = bench()
    const screen = async (job: MergeJob) => (await crew.ask(job)) as { bytes: SharedArrayBuffer; row: RecordRow }
    running = running
      .then(() => rescreenOpen({ store, edition, engine, screen, now, days, room: () => roomIn(bench), by, signal }))
      .then((outcome) => log.info('Open parcels were screened again', { edition, kind: outcome }))
      .catch((error) => log.error('Open parcels could not be screened again', { edition }, error))
  }
  const stop = editions.onChange(begin)
  begin()
  return {
    close: async () => {
      stop()
      stopping.abort()
      await running
    },
  }
}

/** Resolves when nothing that arrives waits for the threads. */
async function roomIn(bench: () => Bench): Promise<void> {
  while (bench().crew.waiting() > 0) await new Promise((done) => setTimeout(done, pause))
}
