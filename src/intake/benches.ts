import type { Knowledge } from '../core/knowledge.ts'
import type { Editions } from '../editions/open-editions.ts'
import type { Bench } from './reception.ts'

/** What benches are opened with. */
export interface BenchesStart {
  readonly editions: Pick<Editions, 'current' | 'onChange'>
  /** Starts the threads that screen by one edition. */
  readonly open: (knowledge: Knowledge) => Bench
  /** Told when another edition counts. */
  readonly onChange: (bench: Bench) => void
}

/** The bench of the edition that counts: the same until another is ready. */
export interface Benches {
  readonly current: () => Bench
  readonly close: () => Promise<void>
}

/** Milliseconds between looks whether a bench that counts no more is idle. */
const pause = 100

/**
 * Keeps a bench for the edition that counts. When another edition counts, its bench takes the next run of records, and the one before
 * ends what it has: a record is screened wholly by one edition.
 */
export function openBenches({ editions, open, onChange }: BenchesStart): Benches {
  let bench = open(editions.current().knowledge)
  const ending = new Set<Promise<void>>()
  const stop = editions.onChange(({ knowledge }) => {
    const before = bench
    bench = open(knowledge)
    onChange(bench)
    const end = closeWhenIdle(before).finally(() => ending.delete(end))
    ending.add(end)
  })
  return {
    current: () => bench,
    close: async () => {
      stop()
      await Promise.all([bench.crew.close(), ...ending])
    },
  }
}

/** A run that took the bench before may still ask it: it is closed once nothing was asked for a while. */
async function closeWhenIdle({ crew }: Bench): Promise<void> {
  for (let idle = 0; idle < 50; idle = crew.waiting() === 0 ? idle + 1 : 0)
    await new Promise((done) => setTimeout(done, pause))
  await crew.close()
}
