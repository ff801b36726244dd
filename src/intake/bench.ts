import type { Knowledge } from '../core/knowledge.ts'
import { type Crew, startCrew } from './crew.ts'
import type { ReceiverStart } from './receive.ts'
import type { Bench, ScreeningDone, ScreeningJob } from './reception.ts'

/** What screening threads are started with. */
export interface BenchStart extends Omit<ReceiverStart, 'knowledge'> {
  readonly threads: number
}

/** Threads that screen by one edition of knowledge; they share its big tables. */
export function openBench(knowledge: Knowledge, { threads, ...rest }: BenchStart): Bench {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const door = new URL(`../screening-worker${ending}`, import.meta.url)
  const start: ReceiverStart = { knowledge, ...rest }
  const crew: Crew<ScreeningJob, ScreeningDone> = startCrew(threads, door, start)
  return { edition: knowledge.edition, engine: rest.engine, crew }
}
