import { Worker } from 'node:worker_threads'
import type { Knowledge } from '../core/knowledge.ts'
import type { ScreeningOptions } from '../core/screen.ts'
import { blockScreener, type Job, type Screened } from './block-screener.ts'

/** Screens blocks, some at a time; each promise is the answer to its own job. */
export interface Pool {
  readonly screen: (job: Job) => Promise<Screened>
  /** Most jobs that should be under way at once. */
  readonly width: number
  readonly close: () => Promise<void>
}

/** A pool in this thread: for little work, where starting threads costs more than it brings. */
export function poolHere(knowledge: Knowledge, options: ScreeningOptions): Pool {
  const screen = blockScreener(knowledge, options)
  return { screen: async (job) => screen(job), width: 1, close: async () => {} }
}

interface Waiting {
  readonly done: (screened: Screened) => void
  readonly failed: (error: Error) => void
}

/** A pool of `size` worker threads that share the knowledge's big tables. A worker that dies fails the jobs it had. */
export function poolOfWorkers(size: number, knowledge: Knowledge, options: ScreeningOptions): Pool {
  const door = new URL('../worker.js', import.meta.url)
  const waiting = new Map<number, Waiting>()
  const load = new Array<number>(size).fill(0)
  let next = 0
  const workers = load.map((_, at) => {
    const worker = new Worker(door, { workerData: { knowledge, options } })
    worker.on('message', ({ number, screened }: { number: number; screened: Screened }) => {
      load[at] = (load[at] as number) - 1
      waiting.get(number)?.done(screened)
      waiting.delete(number)
    })
    worker.on('error', (error) => {
      for (const { failed } of waiting.values()) failed(error instanceof Error ? error : new Error(String(error)))
      waiting.clear()
    })
    return worker
  })
  const screen = (job: Job): Promise<Screened> =>
    new Promise((done, failed) => {
      const number = next++
      const at = load.indexOf(Math.min(...load))
      load[at] = (load[at] as number) + 1
      waiting.set(number, { done, failed })
      const bytes = ownBytes(job.bytes)
      workers[at]?.postMessage({ number, job: { ...job, bytes } }, [bytes.buffer])
    })
  const close = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return { screen, width: size * 2, close }
}

/** Bytes that may be handed over to a worker: those of a buffer of their own, else a copy. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  const whole = bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength
  return whole && buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : new Uint8Array(bytes)
}
