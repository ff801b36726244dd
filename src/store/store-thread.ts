import { Worker } from 'node:worker_threads'
import { gathered } from './gathered.ts'
import type { Batch, Recorded } from './record.ts'
import type { QueryAnswer } from './sqlite/connection.ts'
import type { Asked, Told } from './sqlite/thread.ts'
import { StoreFault } from './store-fault.ts'

/** A thread that holds a connection to the database. */
export interface StoreThread {
  /** Runs a statement; `holder` is the transaction that it belongs to, or 0. Throws StoreFault. */
  readonly query: (sql: string, parameters: readonly unknown[], holder: number) => Promise<QueryAnswer>
  /** Stores a batch; resolves when it is on disk. Throws StoreFault. */
  readonly record: (batch: Batch) => Promise<readonly Recorded[]>
  /** How many questions wait for their answer. */
  readonly waiting: () => number
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly done: (value: unknown) => void
  readonly failed: (error: Error) => void
}

/** Starts a thread at its door, with what it is to open. One that dies fails what it was asked, and is started anew when it is asked again. */
export function startStoreThread(door: URL, start: object): StoreThread {
  const waiting = new Map<number, Waiting>()
  let last = 0
  let closed: (() => void) | null = null
  const failAll = (error: Error): void => {
    for (const { failed } of waiting.values()) failed(error)
    waiting.clear()
  }
  const open = (): Worker => {
    const thread = new Worker(door, { workerData: start })
    thread.on('message', (all: readonly Told[]) => {
      for (const told of all) {
        const one = waiting.get(told.id)
        waiting.delete(told.id)
        if ('fault' in told) one?.failed(new StoreFault(told.fault.message, told.fault.code))
        else one?.done(told.value)
      }
    })
    const end = (error: StoreFault): void => {
      // After an error comes an exit: by then another may be at work.
      if (worker !== thread) return
      worker = null
      failAll(error)
      closed?.()
    }
    thread.on('error', (error) => end(new StoreFault(`A thread of the store ended: ${String(error)}`, 'THREAD')))
    thread.on('exit', () =>
      end(closed === null ? new StoreFault('A thread of the store ended.', 'THREAD') : isClosed()),
    )
    return thread
  }
  let worker: Worker | null = open()
  const post = gathered<Asked>((all) => {
    // What was given up meanwhile, since the thread before died, is not to be done by the next.
    const wanted = all.filter(({ id }) => waiting.has(id))
    if (wanted.length === 0) return
    worker ??= open()
    worker.postMessage(wanted)
  })
  const ask = <T>(rest: Omit<Asked, 'id'>): Promise<T> =>
    new Promise<T>((done, failed) => {
      if (closed !== null) throw isClosed()
      last += 1
      waiting.set(last, { done: done as (value: unknown) => void, failed })
      post({ id: last, ...rest } as Asked)
    })
  return {
    query: (sql, parameters, holder) => ask({ holder, sql, parameters } as Omit<Asked, 'id'>),
    record: (batch) => ask({ holder: 0, batch } as Omit<Asked, 'id'>),
    waiting: () => waiting.size,
    close: () =>
      new Promise((done) => {
        closed = done
        // After what was asked before.
        setImmediate(() => {
          if (worker === null) done()
          else worker.postMessage(null)
        })
      }),
  }
}

function isClosed(): StoreFault {
  return new StoreFault('The store is closed.', 'CLOSED')
}
