import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Fault, NotHere } from './fault.ts'
import { newFeed, proveFeed } from './feed.ts'
import { prepare } from './kill.ts'
import { settleDoubt, startLoad } from './load.ts'
import { prove, withStore } from './proofs.ts'
import { pause, startServing } from './serving.ts'

/** The clock jumps back an hour under load, and forward again. The service is run by libfaketime, which turns the clock of one process. */
export const clockBack: Fault = {
  name: 'clock back',
  does: 'the clock jumps back an hour under load, and forward again',
  run: async (trial) => {
    const library = findLibrary()
    if (library === null) throw new NotHere('libfaketime is not installed (Debian: libfaketime).')
    const { place, load, viewer } = await prepare(trial)
    const file = path.join(place.folder, 'clock')
    const turn = (hours: number): void => writeFileSync(file, hours === 0 ? '+0\n' : `${hours}h\n`)
    turn(0)
    const faked = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    }
    const service = await startServing({ ...place, variables: { ...place.variables, ...faked } })
    trial.atEnd(service.kill)
    const { url } = service
    const feed = newFeed(viewer)
    const under = startLoad({ ...load, urls: () => [url] }, 3)
    const following = feed.follow(() => url)
    trial.atEnd(under.stop)
    trial.atEnd(following.stop)
    const turns = trial.short ? [-1, 0] : [-1, 0, -1, -2, 0]
    for (const hours of turns) {
      await pause(trial.short ? 1500 : 5000)
      turn(hours)
      trial.tell(`the clock stands ${hours} hours off, ${load.ledger.acknowledged().length} answers held`)
    }
    await pause(1500)
    await Promise.all([under.stop(), following.stop()])
    await settleDoubt(url, load)
    const back = await withStore(place, async ({ db }) => {
      const times = await db.selectFrom('events').select(['at']).orderBy('seq').execute()
      return times.filter(({ at }, place) => place > 0 && at < (times[place - 1]?.at ?? '')).length
    })
    if (back === 0) throw new Error('No event is earlier than the one before: the clock was not turned.')
    const proved = await prove({ place, url, ledger: load.ledger, clients: load.clients, viewer })
    await proveFeed(url, feed, viewer)
    if ((await service.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
    return `${turns.length} turns of the clock, none refused, ${proved}`
  },
}

/** The library for programs of many threads, or null. */
function findLibrary(): string | null {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime`) : []
  const files = folders.map((folder) => path.join(folder, 'libfaketimeMT.so.1'))
  return files.find((file) => existsSync(file)) ?? null
}
