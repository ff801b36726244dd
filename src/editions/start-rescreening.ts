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
  /** Days after which a parcel that nobody spoke of is over. */
  readonly days: number
  readonly now: () => number
  readonly log: Log
}

/** Milliseconds between looks whether parcels that arrive leave room. */
const pause = 20
/** Most looks before a page is screened all the same: a service that is never idle comes to its open parcels too. */
const mostLooks = 100
/** Milliseconds until it is tried again where another process does it, or where it failed. */
const retry = 60_000

/** Screens open parcels again whenever another edition counts, and when the service starts with one that they were not screened by. */
export function startRescreening({ store, editions, bench, days, now, log }: RescreeningParts): {
  readonly close: () => Promise<void>
} {
  let stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  let again: NodeJS.Timeout | undefined
  const by = randomUUID()
  const begin = (): void => {
    clearTimeout(again)
    stopping.abort()
    stopping = new AbortController()
    const { signal } = stopping
    const { edition, engine, crew } = bench()
    const screen = async (job: MergeJob) => (await crew.ask(job)) as { bytes: SharedArrayBuffer; row: RecordRow }
    running = running.then(async () => {
      try {
        const outcome = await rescreenOpen({
          ...{ store, edition, engine, screen, now, days, by, signal },
          room: () => roomIn(bench),
        })
        log.info('Open parcels were screened again', { edition, kind: outcome })
        if (outcome === 'elsewhere' && !signal.aborted) again = setTimeout(begin, retry)
      } catch (error) {
        log.error('Open parcels could not be screened again', { edition }, error)
        if (!signal.aborted) again = setTimeout(begin, retry)
      }
    })
  }
  const stop = editions.onChange(begin)
  begin()
  return {
    close: async () => {
      stop()
      stopping.abort()
      await running
      clearTimeout(again)
    },
  }
}

/** Resolves when nothing that arrives waits for the threads, or after some looks. */
async function roomIn(bench: () => Bench): Promise<void> {
  for (let looks = 0; looks < mostLooks && bench().crew.waiting() > 0; looks += 1)
    await new Promise((done) => setTimeout(done, pause))
}
