import type { Fault, Trial } from './fault.ts'
import { newFeed, proveFeed } from './feed.ts'
import { makeKeys } from './keys.ts'
import { newLedger } from './ledger.ts'
import { type Load, refuseNothing, settleDoubt, startLoad } from './load.ts'
import { parcelMaker } from './parcels.ts'
import { type Proving, prove, proveChain } from './proofs.ts'
import { type Place, pause, type Serving, startServing } from './serving.ts'

/** Milliseconds under load after which the process is killed at the latest. */
const latest = { short: 800, long: 1500 } as const

/** `kill -9` of the service at random moments under load. */
export const kill: Fault = {
  name: 'killed',
  does: 'kill -9 at random moments under load, started again each time',
  run: async (trial) => {
    const times = trial.short ? 6 : 100
    const { place, load, viewer } = await prepare(trial)
    const feed = newFeed(viewer)
    let service: Serving | null = null
    let stops: readonly (() => Promise<void>)[] = []
    trial.atEnd(() => service?.kill())
    trial.atEnd(() => Promise.all(stops.map((stop) => stop())).then(() => {}))
    const urls = (): readonly string[] => (service === null ? [] : [service.url])
    let doubts = 0
    for (let at = 1; at <= times; at += 1) {
      service = await startServing(place)
      doubts += await settleDoubt(service.url, load)
      const under = startLoad({ ...load, urls }, trial.short ? 2 : 4)
      const following = feed.follow(() => urls()[0])
      stops = [under.stop, following.stop]
      await pause(trial.random() * (trial.short ? latest.short : latest.long))
      const killed = service
      service = null
      await killed.kill()
      service = killed
      await Promise.all([under.stop(), following.stop()])
      if (at % 10 === 0) proveChain(place)
      trial.tell(`${at} of ${times} kills, ${load.ledger.acknowledged().length} answers held`)
    }
    service = await startServing(place)
    doubts += await settleDoubt(service.url, load)
    const proving: Proving = { place, url: service.url, ledger: load.ledger, clients: load.clients, viewer }
    const proved = await prove(proving)
    await proveFeed(service.url, feed, viewer)
    if ((await service.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
    return `${times} kills, ${doubts} parcels sent again that were in doubt, ${proved}`
  },
}

/** A place with keys for two partners and a viewer, and a load that is not started. */
export async function prepare(
  { newPlace, random }: Pick<Trial, 'newPlace' | 'random'>,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ place: Place; load: Omit<Load, 'urls'>; viewer: string }> {
  const place = newPlace(variables)
  const { clients, viewer } = await makeKeys(place, ['post', 'courier'])
  const load = { next: parcelMaker(random), random, ledger: newLedger(), clients, refused: refuseNothing }
  return { place, load, viewer }
}
