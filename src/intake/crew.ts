import { Worker } from 'node:worker_threads'
import { gathered } from '../store/gathered.ts'

/** Threads that do jobs of one kind; each promise is the answer to its own job. */
export interface Crew<Job, Done> {
  readonly ask: (job: Job) => Promise<Done>
  /** Jobs that wait or are under way. */
  readonly waiting: () => number
  readonly size: number
  readonly close: () => Promise<void>
}

/** What a thread is told and tells, several at a time. */
export interface Told<Job> {
  readonly number: number
  readonly job: Job
}
export type Returned<Done> = { readonly number: number } & ({ readonly done: Done } | { readonly fault: string })

interface Waiting<Done> {
  readonly at: number
  readonly done: (value: Done) => void
  readonly failed: (error: Error) => void
}

/** A thread that ended while it had work. */
export class CrewFault extends Error {
  override readonly name = 'CrewFault'
}

/** Starts `size` threads at a door. The one with least to do gets the next job; one that dies fails its jobs and is started anew. */
export function startCrew<Job, Done>(size: number, door: URL, workerData: unknown): Crew<Job, Done> {
  const waiting = new Map<number, Waiting<Done>>()
  const load = new Array<number>(size).fill(0)
  let last = 0
  let closing = false
  const settle = (number: number): Waiting<Done> | undefined => {
    const one = waiting.get(number)
    if (one === undefined) return undefined
    waiting.delete(number)
    load[one.at] = (load[one.at] as number) - 1
    return one
  }
  const start = (at: number): Worker => {
    const worker = new Worker(door, { workerData })
    let reason = 'it stopped by itself'
    worker.on('message', (all: readonly Returned<Done>[]) => {
      for (const returned of all) {
        const one = settle(returned.number)
        if ('fault' in returned) one?.failed(new CrewFault(returned.fault))
        else one?.done(returned.done)
      }
    })
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      for (const [number, one] of waiting)
        if (one.at === at) settle(number)?.failed(new CrewFault(`A screening thread ended: ${reason}`))
      if (!closing) workers[at] = start(at)
    })
    return worker
  }
  const workers = load.map((_, at) => start(at))
  const posts = load.map((_, at) => gathered<Told<Job>>((all) => (workers[at] as Worker).postMessage(all)))
  return {
    size,
    waiting: () => waiting.size,
    ask: (job) =>
      new Promise<Done>((done, failed) => {
        if (closing) throw new CrewFault('These threads were ended.')
        const at = load.indexOf(Math.min(...load))
        last += 1
        load[at] = (load[at] as number) + 1
        waiting.set(last, { at, done, failed })
        posts[at]?.({ number: last, job })
      }),
    close: async () => {
      closing = true
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
