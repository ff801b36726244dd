import { parentPort, workerData } from 'node:worker_threads'
import type { Knowledge } from './core/knowledge.ts'
import type { ScreeningOptions } from './core/screen.ts'
import { blockScreener, type Job } from './intake/block-screener.ts'

/** What a worker is started with: the knowledge, whose big tables are shared, and the options of the screening. */
export interface WorkerStart {
  readonly knowledge: Knowledge
  readonly options: ScreeningOptions
}

const { knowledge, options } = workerData as WorkerStart
const screen = blockScreener(knowledge, options)

parentPort?.on('message', ({ number, job }: { number: number; job: Job }) => {
  const screened = screen(job)
  const transfer = screened.answers.byteLength > 0 ? [screened.answers.buffer as ArrayBuffer] : []
  parentPort?.postMessage({ number, screened }, transfer)
})
