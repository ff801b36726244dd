import type { MergeJob } from '../intake/receive.ts'
import type { Store } from '../store/open-store.ts'
import type { Recorded, RecordRow } from '../store/record.ts'
import { type OpenParcel, readOpenParcel, readOpenParcels } from './open-parcels.ts'
import { noteRescreening, type Rescreening, readRescreening } from './rescreening.ts'
import { saysTheSame } from './says-the-same.ts'

/** What screening open parcels again takes. */
export interface RescreeningStart {
  readonly store: Store
  /** The edition that counts now and the engine, as decisions name them. */
  readonly edition: string
  readonly engine: string
  /** Screens by that edition, in threads of its own accord. */
  readonly screen: (job: MergeJob) => Promise<{ readonly bytes: SharedArrayBuffer; readonly row: RecordRow }>
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Days after which a parcel that nobody spoke of is over. */
  readonly days: number
  /** Resolves when there is time for more: parcels that arrive go first. */
  readonly room: () => Promise<void>
  /** Name of this process, unlike any other's. */
  readonly by: string
  /** Ends it after the page under way; it goes on from there when it is begun again. */
  readonly signal: AbortSignal
}

/** How it came out: `elsewhere` where another process does it. */
export type Rescreened = 'done' | 'stopped' | 'elsewhere'

/** Parcels that are read and screened together. */
const pageSize = 50
/** How long a process that says nothing is taken to be alive. */
const claimMilliseconds = 60_000
/** Most times that a parcel is screened because others spoke of it meanwhile. */
const mostTries = 20

/**
 * Screens every open parcel again by the edition that counts, and stores a decision with the cause `edition` where the proposal, its
 * reasons or its questions are others. It notes after each page how far it came: after a crash or a stop it goes on from there, in
 * one process at a time. Another edition begins anew.
 */
export async function rescreenOpen(start: RescreeningStart): Promise<Rescreened> {
  const { store, edition, engine, now, days, signal } = start
  let before = await readRescreening(store.db)
  const same = before !== null && before.edition === edition && before.engine === engine
  if (same && before?.ended !== null) return 'done'
  if (before !== null && before.ended === null && before.by !== start.by && Date.parse(before.until) > now())
    return 'elsewhere'
  const begun = new Date(now()).toISOString()
  const anew = { edition, engine, begun, ended: null, tenant: '', parcel: 0, screened: 0, changed: 0 }
  let next = claimed(same && before !== null ? before : { ...anew, by: '', until: '' }, start)
  while (await noteRescreening(store.db, before, next)) {
    if (next.ended !== null) return 'done'
    if (signal.aborted) return 'stopped'
    await start.room()
    const { tenant, parcel } = next
    const since = new Date(Date.parse(next.begun) - days * 86_400_000).toISOString()
    const page = await readOpenParcels(store.db, { tenant, parcel, since, limit: pageSize })
    before = next
    const last = page.at(-1)
    if (last === undefined) next = { ...claimed(next, start), ended: new Date(now()).toISOString() }
    else {
      const outcomes = await Promise.all(page.map((one) => rescreen(one, start)))
      const changed = next.changed + outcomes.filter((one) => one).length
      const { tenant, parcel } = last
      next = { ...claimed(next, start), tenant, parcel, screened: next.screened + page.length, changed }
    }
  }
  return 'elsewhere'
}

function claimed(at: Rescreening, { by, now }: RescreeningStart): Rescreening {
  return { ...at, by, until: new Date(now() + claimMilliseconds).toISOString() }
}

/** Screens a parcel again; whether it got another answer. */
async function rescreen(first: OpenParcel, start: RescreeningStart): Promise<boolean> {
  const { store, edition, engine } = start
  let parcel: OpenParcel | null = first
  for (let tries = 0; parcel !== null && tries < mostTries; tries += 1) {
    if (parcel.edition === edition && parcel.engine === engine) return false
    const at = new Date(start.now()).toISOString()
    const { bytes, row } = await start.screen(jobOf(parcel, at))
    const answer = Buffer.from(bytes).toString('utf8', ...row.answer)
    if (saysTheSame(parcel.answer, answer)) return false
    const { tenant } = parcel
    const whose = { tenant, partner: parcel.messages.at(-1)?.partner ?? '', actor: 'system' }
    const batch = { ...whose, at, day: at.slice(0, 10), edition, engine, bytes, rows: [row] }
    const [recorded] = (await store.record(batch)) as readonly [Recorded]
    if (recorded.kind === 'stored') return true
    parcel = await readOpenParcel(store.db, tenant, parcel.parcel)
  }
  if (parcel === null) return false
  throw new Error(`Others speak of parcel ${parcel.parcel} all the time.`)
}

function jobOf({ parcel, last, messages, events, identifier }: OpenParcel, at: string): MergeJob {
  const day = at.slice(0, 10)
  return { kind: 'merge', parcel, last, messages, events, fresh: null, at, day, cause: 'edition', identifier }
}
