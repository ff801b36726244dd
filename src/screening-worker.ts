import { parentPort, workerData } from 'node:worker_threads'
import type { Returned, Told } from './intake/crew.ts'
import { type ReceiverStart, receiver } from './intake/receive.ts'
import type { ScreeningDone, ScreeningJob } from './intake/reception.ts'

const { receive, merge } = receiver(workerData as ReceiverStart)

parentPort?.on('message', ({ number, job }: Told<ScreeningJob>) => {
  let returned: Returned<ScreeningDone>
  try {
    returned = { number, done: job.kind === 'receive' ? receive(job) : merge(job) }
  } catch (error) {
    returned = { number, fault: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(returned)
})
