import path from 'node:path'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { findParcel, readCase } from '../../src/store/read-case.ts'
import { readDecisions } from '../../src/store/read-decisions.ts'
import { batchOf } from '../store/batches.fixture.ts'
import { seeded } from './records.ts'
import { median } from './service-client.ts'

const many = Number(process.env['BENCH_PARCELS'] ?? 1_000_000)
const few = 1000
const together = 5000

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000)

/** Pages of decisions and searches by identifier with a million parcels stored, against the same with a thousand. */
export async function benchStored(
  folder: string,
  tell: (figure: string, facts: Readonly<Record<string, number | string>>) => void,
): Promise<void> {
  const small = await openStore({ kind: 'sqlite', file: path.join(folder, 'few.db') })
  const large = await openStore({ kind: 'sqlite', file: path.join(folder, 'many.db') })
  try {
    await fill(small, few, 5)
    const began = performance.now()
    await fill(large, many, 100)
    const filled = (performance.now() - began) / 1000
    for (const [name, ask] of Object.entries(questions)) {
      const [own, other]: [number[], number[]] = [[], []]
      const random = seeded(41)
      for (let at = 0; at < 220; at += 1) {
        const place = random()
        const [slow, quick] = [
          await timeOf(ask, large, { many, place }),
          await timeOf(ask, small, { many: few, place }),
        ]
        if (at >= 20) own.push(slow)
        if (at >= 20) other.push(quick)
      }
      tell(`${name} with ${many} parcels stored against ${few}`, {
        ratio: round(median(own) / median(other)),
        'at most': 3,
        milliseconds: round(median(own)),
        'milliseconds at the 95th percentile': round(
          own.sort((a, b) => a - b)[Math.floor(own.length * 0.95)] as number,
        ),
        'milliseconds with few': round(median(other)),
        'parcels/s when filled': round(many / filled),
      })
    }
  } finally {
    await small.close()
    await large.close()
  }
}

/** A question to a store with so many parcels, somewhere between their beginning (0) and their end (1). */
type Asking = (store: Store, at: { readonly many: number; readonly place: number }) => Promise<number>

const tenant = 'main'

/** A page of a hundred decisions, of a tenant, of a partner that sent nearly all, and of one that sent few. */
const page =
  (partner: string | null): Asking =>
  async (store, { many: parcels, place }) => {
    // Each parcel has two events; in the first half of them every page is full.
    const after = Math.floor(place * parcels)
    return (await readDecisions(store, { tenant, partner, after, limit: 100 })).length
  }

const questions: Readonly<Record<string, Asking>> = {
  'a page of decisions of the tenant': page(null),
  'a page of decisions of a partner that sends most': page('post'),
  'a page of decisions of a partner that sends few': page('courier'),
  'a search by identifier': async ({ db }, { many: parcels, place }) => {
    const parcel = await findParcel(db, tenant, [`s10:${nameOf(Math.floor(place * parcels))}`])
    if (parcel === null) throw new Error('A parcel that is stored was not found.')
    return (await readCase(db, tenant, parcel))?.events.length ?? 0
  },
}

async function timeOf(ask: Asking, store: Store, at: Parameters<Asking>[1]): Promise<number> {
  const began = performance.now()
  await ask(store, at)
  return performance.now() - began
}

/** An answer about as long as answers are. */
const answer = { parcel: { id: 'x', line: 1 }, proposal: 'no-objection', items: 'x'.repeat(900) }

/** Fills a store; of every so many parcels, one comes from another partner. */
async function fill(store: Store, count: number, every: number): Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < count; from += together) {
    const rows = Array.from({ length: Math.min(together, count - from) }, (_, at) => from + at)
    const partners = [
      { partner: 'courier', own: rows.filter((number) => number % every === 0) },
      { partner: 'post', own: rows.filter((number) => number % every !== 0) },
    ]
    for (const { partner, own } of partners) {
      const records = own.map((number) => ({ identifier: nameOf(number), content: { number }, answer }))
      const batch = batchOf(records, { partner })
      await last
      last = store.record(batch)
    }
  }
  await last
}

function nameOf(number: number): string {
  return `P${number}`
}
