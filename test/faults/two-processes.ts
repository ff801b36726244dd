import { findPostgres, startPostgres } from '../store/postgres.ts'
import { type Fault, NotHere, type Trial } from './fault.ts'
import { newFeed, proveFeed } from './feed.ts'
import { makeKeys } from './keys.ts'
import { newLedger } from './ledger.ts'
import { refuseNothing, settleDoubt, startLoad } from './load.ts'
import { parcelMaker } from './parcels.ts'
import { prove } from './proofs.ts'
import { type Place, pause, startServing } from './serving.ts'

/** Two processes on one data folder. */
export const twoOnOneFolder: Fault = {
  name: 'two on one folder',
  does: 'two services on one data folder get the same parcels at the same time; one is killed',
  run: (trial) => two(trial, trial.newPlace()),
}

/** Two processes on one PostgreSQL. */
export const twoOnOneDatabase: Fault = {
  name: 'two on PostgreSQL',
  does: 'two services on one PostgreSQL get the same parcels at the same time; one is killed',
  run: async (trial) => {
    const bin = findPostgres()
    if (bin === null) throw new NotHere('PostgreSQL is not installed.')
    const server = await startPostgres(bin)
    trial.atEnd(server.stop)
    return two(trial, trial.newPlace({ DATABASE_URL: server.url }))
  },
}

/** Both start at once on nothing, take the same parcels, and one goes on when the other is killed. */
async function two(trial: Trial, place: Place): Promise<string> {
  const services = await Promise.all([startServing(place), startServing(place)])
  for (const { kill } of services) trial.atEnd(kill)
  const [first, second] = services
  const { clients, viewer } = await makeKeys(place, ['post', 'courier'])
  const { random } = trial
  const load = { next: parcelMaker(random), random, ledger: newLedger(), clients, refused: refuseNothing }
  const feed = newFeed(viewer)
  let there: readonly string[] = services.map(({ url }) => url)
  const under = startLoad({ ...load, urls: () => there, toAll: true }, trial.short ? 2 : 3)
  const following = feed.follow(() => second.url)
  trial.atEnd(under.stop)
  trial.atEnd(following.stop)
  await pause(trial.short ? 2000 : 20_000)
  trial.tell(`${load.ledger.acknowledged().length} answers held, now one is killed`)
  there = [second.url]
  await first.kill()
  await pause(trial.short ? 1000 : 5000)
  await Promise.all([under.stop(), following.stop()])
  const doubts = await settleDoubt(second.url, load)
  const proved = await prove({ place, url: second.url, ledger: load.ledger, clients, viewer })
  await proveFeed(second.url, feed, viewer)
  if ((await second.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
  return `${doubts} parcels sent again that were in doubt, ${proved}`
}
