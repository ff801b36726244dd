import { parentPort, workerData } from 'node:worker_threads'
import { checker } from './intake/check-block.ts'
import type { Returned, Told } from './intake/crew.ts'
import { type ReceiverStart, receiver } from './intake/receive.ts'
import type { ScreeningDone, ScreeningJob } from './intake/reception.ts'
import { pseudonymsBy } from './intake/sealing.ts'

const start = workerData as ReceiverStart
const { receive, merge, claim, screen } = receiver(start)
const { check, compare } = checker(screen, pseudonymsBy(start.keys.pseudonyms))

function doneOf(job: ScreeningJob): ScreeningDone {
  if (job.kind === 'receive') return receive(job)
  if (job.kind === 'merge') return merge(job)
  if (job.kind === 'claim')
    return claim(job, (claims, parcel, day) => compare({ kind: 'compare', claims, parcel, day }).comparison)
  return job.kind === 'check' ? check(job) : compare(job)
}

/** Milliseconds after which what is done is told, though more is to be done. */
const patience = 1

parentPort?.on('message', (all: readonly Told<ScreeningJob>[]) => {
  let done: Returned<ScreeningDone>[] = []
  let told = performance.now()
  for (const { number, job } of all) {
    done.push(returnedOf(number, job))
    if (performance.now() - told < patience) continue
    parentPort?.postMessage(done)
    done = []
    told = performance.now()
  }
  if (done.length > 0) parentPort?.postMessage(done)
})

function returnedOf(number: number, job: ScreeningJob): Returned<ScreeningDone> {
  try {
    return { number, done: doneOf(job) }
  } catch (error) {
    return { number, fault: error instanceof Error ? error.message : String(error) }
  }
}
