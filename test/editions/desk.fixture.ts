import type { CompiledFolder } from '../../src/editions/keep-edition.ts'
import { openBench } from '../../src/intake/bench.ts'
import type { MergeJob } from '../../src/intake/receive.ts'
import { type Bench, reception } from '../../src/intake/reception.ts'
import { drawKeys } from '../../src/intake/sealing.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { RecordRow } from '../../src/store/record.ts'

/** The way of messages over one edition, with a thread of its own. */
export interface Desk {
  readonly bench: Bench
  readonly tell: (partner: string, records: readonly object[]) => Promise<void>
  readonly screen: (job: MergeJob) => Promise<{ readonly bytes: SharedArrayBuffer; readonly row: RecordRow }>
  readonly close: () => Promise<void>
}

/** Opens a desk over a compiled edition. */
export function openDesk(store: Store, { folder, engine }: CompiledFolder, now: () => number): Desk {
  const keys = drawKeys(new Uint8Array(32).fill(1))
  const bench = openBench(loadKnowledge(folder), { threads: 1, engine, keys, retentionDays: 90 })
  const desk = reception({
    store,
    bench: () => bench,
    now,
    lookUp: async (text) => ({ receipt: text, claims: null, why: 'unknown' }),
  })
  return {
    bench,
    tell: async (partner, records) => {
      const body = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
      const sending = { tenant: 'main', partner, actor: `key:${partner}` }
      for await (const { tally } of desk.receive(once(body), { format: 'ndjson' }, sending))
        if (tally.unreadable > 0) throw new Error('A record of the test cannot be read.')
    },
    screen: async (job) => (await bench.crew.ask(job)) as { bytes: SharedArrayBuffer; row: RecordRow },
    close: bench.crew.close,
  }
}

async function* once(body: Buffer): AsyncGenerator<Buffer> {
  yield body
}

/** Leaves that the editions of the tests judge otherwise. */
export function leaves(id: string, words = 'fresh kaffir lime leaves'): object {
  return parcelOf(id, words)
}

/** Goods that they judge alike. */
export function phoneCase(id: string): object {
  return parcelOf(id, 'phone case')
}

function parcelOf(id: string, description: string): object {
  return {
    ids: { trackingNumber: id },
    stage: 'departed',
    route: { dispatchCountry: 'TH', destinationCountry: 'FR' },
    sender: { name: 'Sample Leaf Shop', address: { lines: ['1 Invented Road'], city: 'Nowhere', country: 'TH' } },
    recipient: {
      name: 'Camille Exemple',
      address: { lines: ['1 rue de l’Exemple'], postcode: '00000', country: 'FR' },
    },
    lines: [{ description, netWeightKg: '0.1', originCountry: 'TH' }],
  }
}
