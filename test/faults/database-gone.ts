import { findPostgres, startPostgres } from '../store/postgres.ts'
import { type Fault, NotHere } from './fault.ts'
import { newFeed, proveFeed } from './feed.ts'
import { prepare } from './kill.ts'
import { settleDoubt, startLoad } from './load.ts'
import { prove } from './proofs.ts'
import type { Refusal } from './senders.ts'
import { pause, startServing } from './serving.ts'

/** Milliseconds after which a service must take parcels when its database is back. */
const backWithin = 20_000

/** PostgreSQL that crashes under load and comes back, with the service left running. */
export const databaseGone: Fault = {
  name: 'database gone',
  does: 'PostgreSQL crashes under load and comes back, the service runs on',
  run: async (trial) => {
    const bin = findPostgres()
    if (bin === null) throw new NotHere('PostgreSQL is not installed.')
    const server = await startPostgres(bin)
    trial.atEnd(server.stop)
    const { place, load, viewer } = await prepare(trial, { DATABASE_URL: server.url })
    const service = await startServing(place)
    trial.atEnd(service.kill)
    const { url } = service
    const refusals: Refusal[] = []
    const feed = newFeed(viewer)
    const crashes = trial.short ? 1 : 10
    for (let at = 1; at <= crashes; at += 1) {
      const refused = (refusal: Refusal): void => void refusals.push(refusal)
      const under = startLoad({ ...load, urls: () => [url], refused }, trial.short ? 2 : 4)
      const following = feed.follow(() => url)
      trial.atEnd(under.stop)
      trial.atEnd(following.stop)
      await pause(500 + trial.random() * 1500)
      await server.crash()
      await pause(500 + trial.random() * 1000)
      await toldGone(url)
      await server.restart()
      await untilReady(url)
      await pause(300)
      await Promise.all([under.stop(), following.stop()])
      trial.tell(`${at} of ${crashes} crashes, ${load.ledger.acknowledged().length} answers held`)
    }
    const odd = refusals.find(({ status, type }) => status !== 503 || type !== '/problems#store-unavailable')
    if (odd !== undefined) throw new Error(`A database that is gone was told as ${JSON.stringify(odd)}.`)
    if (refusals.length === 0) throw new Error('Nothing was refused while the database was gone.')
    const doubts = await settleDoubt(url, load)
    const proved = await prove({ place, url, ledger: load.ledger, clients: load.clients, viewer })
    await proveFeed(url, feed, viewer)
    if ((await service.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
    return `${crashes} crashes, ${refusals.length} times 503, ${doubts} parcels sent again, ${proved}`
  },
}

/** Without its database a service lives, and says that it is not ready. */
async function toldGone(url: string): Promise<void> {
  const [alive, ready] = [await fetch(`${url}/healthz`), await fetch(`${url}/readyz`)]
  if (alive.status !== 200) throw new Error(`/healthz gave ${alive.status} while the database was gone.`)
  if (ready.status !== 503) throw new Error(`/readyz gave ${ready.status} while the database was gone.`)
}

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + backWithin
  while ((await fetch(`${url}/readyz`)).status !== 200) {
    if (performance.now() > until) throw new Error('The service was not ready when its database was back.')
    await pause(50)
  }
}
