import { readPage } from './senders.ts'
import { pause } from './serving.ts'

/** Reads decisions on and on as a client does that keeps its cursor, whatever happens to the service. */
export interface Feed {
  /** Reads on from the cursor until nothing is new. */
  readonly readOn: (url: string) => Promise<void>
  /** Reads on, page after page, while there is a service, until `stop` is called. */
  readonly follow: (url: () => string | undefined) => { readonly stop: () => Promise<void> }
  /** Numbers of decisions in the order in which they came. */
  readonly numbers: () => readonly number[]
}

export function newFeed(key: string): Feed {
  const numbers: number[] = []
  let cursor: string | null = null
  const readSome = async (url: string): Promise<number | null> => {
    const page = await readPage(url, key, cursor)
    if (page === null) return null
    for (const { decision } of page.decisions) {
      if (decision <= (numbers.at(-1) ?? 0))
        throw new Error(`The feed told decision ${decision} after ${numbers.at(-1)}: it repeats or goes back.`)
      numbers.push(decision)
    }
    cursor = page.next
    return page.decisions.length
  }
  return {
    numbers: () => numbers,
    readOn: async (url) => {
      // A connection that was kept may be closed by then: a client asks again.
      for (let tries = 0; tries < 5; ) {
        const read = await readSome(url)
        if (read === 0) return
        if (read === null) await pause(100)
        tries = read === null ? tries + 1 : 0
      }
      throw new Error('The feed does not answer.')
    },
    follow: (url) => {
      let open = true
      const followed = (async () => {
        while (open) {
          const there = url()
          const read = there === undefined ? null : await readSome(there)
          if (read === null || read === 0) await pause(20)
        }
      })()
      followed.catch(() => {})
      return {
        stop: async () => {
          open = false
          await followed
        },
      }
    },
  }
}

/** Throws where a feed that was read through all faults differs from one that is read now from the beginning. */
export async function proveFeed(url: string, feed: Feed, key: string): Promise<void> {
  await feed.readOn(url)
  const whole = newFeed(key)
  await whole.readOn(url)
  const [had, all] = [new Set(feed.numbers()), new Set(whole.numbers())]
  const skipped = whole.numbers().filter((number) => !had.has(number))
  const invented = feed.numbers().filter((number) => !all.has(number))
  if (skipped.length > 0) throw new Error(`The feed skipped ${skipped.length} decisions, the first is ${skipped[0]}.`)
  if (invented.length > 0)
    throw new Error(`The feed told ${invented.length} decisions that are gone, the first is ${invented[0]}.`)
}
