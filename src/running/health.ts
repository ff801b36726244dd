import { Hono } from 'hono'
import type { Log } from './log.ts'

/** One thing that must hold before the service takes requests: its name, and a question that fails or takes too long when it does not. */
export interface Check {
  readonly name: string
  readonly holds: () => Promise<boolean>
}

/** What came of one check: `yes`, `no` when it does not hold or failed, `late` when it gave no answer in time. */
export type CheckAnswer = 'yes' | 'no' | 'late'

export interface Readiness {
  readonly ready: boolean
  readonly checks: readonly { readonly name: string; readonly holds: CheckAnswer }[]
}

export interface HealthOptions {
  readonly checks: readonly Check[]
  readonly log: Log
  /** Milliseconds after which a check is late; 2,000 when not given. */
  readonly patience?: number
}

/**
 * The routes that machines ask: `/healthz` tells that the process answers, `/readyz` whether each check holds (503 when one does
 * not). They say the names of checks and nothing of their failures, for nobody signs in here: those stand in the log.
 */
export function healthRoutes({ checks, log, patience = 2000 }: HealthOptions): Hono {
  let underWay: Promise<Readiness> | null = null
  // Many that ask at once share one answer, so that nobody can wear out the store with questions about it.
  const shared = () => {
    underWay ??= readiness(checks, log, patience).finally(() => {
      underWay = null
    })
    return underWay
  }
  return new Hono()
    .get('/healthz', (context) => context.json({ alive: true }, 200, never))
    .get('/readyz', async (context) => {
      const told = await shared()
      return context.json(told, told.ready ? 200 : 503, never)
    })
}

const never = { 'Cache-Control': 'no-store' }

async function readiness(checks: readonly Check[], log: Log, patience: number): Promise<Readiness> {
  const answers = await Promise.all(
    checks.map(async (check) => ({ name: check.name, holds: await answerOf(check, log, patience) })),
  )
  return { ready: answers.every(({ holds }) => holds === 'yes'), checks: answers }
}

async function answerOf(check: Check, log: Log, patience: number): Promise<CheckAnswer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(done, patience, 'late')
  })
  try {
    const answer = await Promise.race([check.holds(), late])
    if (answer === 'late') log.warn('A check of readiness gave no answer in time', { part: check.name })
    return answer === 'late' ? 'late' : answer ? 'yes' : 'no'
  } catch (error) {
    log.warn('A check of readiness failed', { part: check.name }, error)
    return 'no'
  } finally {
    clearTimeout(timer)
  }
}
