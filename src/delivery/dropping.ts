import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/schema.ts'
import { takeLease } from '../store/take-lease.ts'
import { type DropFolderParts, openDropFolder } from './drop-folder.ts'

/** What a drop folder is looked after with. */
export interface DroppingParts extends Omit<DropFolderParts, 'hold'> {
  readonly db: Kysely<Tables>
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds between turns: a file that has not changed for so long is complete. */
  readonly every?: number
}

/** Milliseconds for which a process that ended keeps others from the folder. */
const heldFor = 60_000

/** Looks after a drop folder until it is closed. Of several processes on one store, one does. */
export function startDropping(parts: DroppingParts): { readonly close: () => Promise<void> } {
  const { db, now, every = 2000, failed } = parts
  const lease = { name: 'drop folder', holder: randomUUID() }
  const take = (forMilliseconds: number): Promise<boolean> => {
    const at = now()
    const [from, until] = [at, at + forMilliseconds].map((instant) => new Date(instant).toISOString()) as [
      string,
      string,
    ]
    return takeLease(db, { ...lease, at: from, until })
  }
  const folder = openDropFolder({ ...parts, hold: () => take(heldFor) })
  // A file may take longer than the lease: it is renewed meanwhile.
  let holding = false
  const renewal = setInterval(() => {
    if (holding) take(heldFor).catch(failed)
  }, heldFor / 3)
  let open = true
  let awake = (): void => {}
  const serve = async (): Promise<void> => {
    while (open) {
      holding = true
      await folder.turn().catch(failed)
      holding = false
      if (!open) return
      await new Promise<void>((done) => {
        const timer = setTimeout(done, every)
        awake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
  }
  const served = serve()
  return {
    close: async () => {
      open = false
      folder.stop()
      awake()
      clearInterval(renewal)
      await served
      // Another process need not wait.
      await take(0).catch(failed)
    },
  }
}
