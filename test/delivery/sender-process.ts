import { startSending } from '../../src/delivery/sending.ts'
import { openStore, type StorePlace } from '../../src/store/open-store.ts'
import { newClock, testParts, testSealing } from './webhooks.fixture.ts'

/** What a process that sends is told. */
export interface ProcessStart {
  readonly place: StorePlace
  /** Key that secrets are sealed with, in hexadecimal. */
  readonly key: string
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number
}

/** Sends from a store until it is killed. */
const { place, key, ahead } = JSON.parse(process.argv[2] ?? '') as ProcessStart
const clock = newClock()
clock.move(ahead)
const store = await openStore(place)
startSending({ ...testParts(clock, testSealing(Buffer.from(key, 'hex'))), store })
