import { Worker } from 'node:worker_threads'
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

/** Starts a thread at its door, with what it is to open. */
export function startStoreThread(door: URL, start: object): StoreThread {
  const worker = new Worker(door, { workerData: start })
  const waiting = new Map<number, Waiting>()
  let last = 0
  const failAll = (error: Error): void => {
    for (const { failed } of waiting.values()) failed(error)
    waiting.clear()
  }
  worker.on('message', (told: Told) => {
    const one = waiting.get(told.id)
    waiting.delete(told.id)
    if ('fault' in told) one?.failed(new StoreFault(told.fault.message, told.fault.code))
    else one?.done(told.value)
  })
  worker.on('error', (error) => failAll(new StoreFault(`A thread of the store ended: ${String(error)}`, 'THREAD')))
  const ended = new Promise<void>((done) => {
    worker.on('exit', () => {
      failAll(new StoreFault('The store is closed.', 'CLOSED'))
      done()
    })
  })
  const ask = <T>(rest: Omit<Asked, 'id'>): Promise<T> =>
    new Promise<T>((done, failed) => {
      last += 1
      waiting.set(last, { done: done as (value: unknown) => void, failed })
      worker.postMessage({ id: last, ...rest })
    })
  return {
    query: (sql, parameters, holder) => ask({ holder, sql, parameters } as Omit<Asked, 'id'>),
    record: (batch) => ask({ holder: 0, batch } as Omit<Asked, 'id'>),
    waiting: () => waiting.size,
    close: async () => {
      worker.postMessage(null)
      await ended
    },
  }
}
