import { engineName, knowledge as loadKnowledge } from '../../src/app.ts'
import type { Words } from '../../src/core/decide/words.ts'
import { receiveFile } from '../../src/delivery/receive-file.ts'
import { openBench } from '../../src/intake/bench.ts'
import { reception, type Sending } from '../../src/intake/reception.ts'
import { lookUpClaim } from '../../src/receipts/look-up.ts'
import { receiptKey } from '../../src/receipts/receipt-key.ts'
import type { Store } from '../../src/store/open-store.ts'

/** Takes files in as the service does, with the knowledge that ships with Greenlane. */
export interface TestReceiving {
  readonly receive: (file: string, sending: Sending) => AsyncGenerator<Buffer>
  readonly close: () => Promise<void>
}

export async function newReceiving(store: Store): Promise<TestReceiving> {
  const knowledge = await loadKnowledge()
  const keys = {
    pseudonyms: new Uint8Array(32).fill(1),
    people: new Uint8Array(32).fill(2),
    webhooks: new Uint8Array(32),
  }
  const bench = openBench(knowledge, { threads: 1, engine: await engineName(), keys, retentionDays: 90 })
  const receiptsKey = await receiptKey(null, keys.people)
  const parts = {
    reception: reception({
      store,
      bench: () => bench,
      now: () => Date.parse('2026-11-24T09:00:00Z'),
      lookUp: (text, of) => lookUpClaim(text, { db: store.db, key: receiptsKey, ...of }),
    }),
    words: (): Words => knowledge.words,
    tally: () => {},
  }
  return { receive: (file, sending) => receiveFile(file, sending, parts), close: () => bench.crew.close() }
}

/** Parcels of a file, one a line. */
export function parcelLines(prefix: string, count: number): string {
  const line = (number: number): string =>
    JSON.stringify({
      ids: { trackingNumber: `${prefix}-${number}` },
      route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
      lines: [{ description: 'Rose seeds, 20 pcs' }],
    })
  return Array.from({ length: count }, (_, number) => `${line(number)}\n`).join('')
}
