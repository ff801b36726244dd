import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** Tells when events were added, whichever process added them. One question to the store serves all who wait. */
export interface ChainWatch {
  /** Number of the last event of a tenant; 0 where there is none. To be asked before what is waited on is read. */
  readonly end: (tenant: string) => Promise<number>
  /** Resolves with true when the tenant's chain goes beyond `seq`, with false after `milliseconds` or when the signal says so. */
  readonly beyond: (tenant: string, seq: number, wait: Wait) => Promise<boolean>
  /** Looks at once: for whoever knows that something was added. */
  readonly look: () => void
  readonly close: () => void
}

export interface Wait {
  readonly milliseconds: number
  readonly signal?: AbortSignal
}

interface Waiting {
  readonly tenant: string
  readonly seq: number
  readonly tell: (beyond: boolean) => void
}

/** Starts a watch that looks every `milliseconds` while somebody waits. A store that does not answer is asked again. */
export function watchChains(db: Kysely<Tables>, milliseconds = 200): ChainWatch {
  const waiting = new Set<Waiting>()
  let timer: NodeJS.Timeout | null = null
  let looking = false
  const look = async (): Promise<void> => {
    if (looking || waiting.size === 0) return
    looking = true
    try {
      const chains = await db.selectFrom('chains').select(['tenant', 'seq']).execute()
      const ends = new Map(chains.map(({ tenant, seq }) => [tenant, seq]))
      for (const one of waiting) if ((ends.get(one.tenant) ?? 0) > one.seq) one.tell(true)
    } catch {
      // Who waits is told when the store answers again, or when the time is over.
    } finally {
      looking = false
    }
    if (waiting.size > 0) timer ??= setTimeout(again, milliseconds)
  }
  const again = (): void => {
    timer = null
    void look()
  }
  return {
    end: async (tenant) => {
      const chain = await db.selectFrom('chains').select('seq').where('tenant', '=', tenant).executeTakeFirst()
      return chain?.seq ?? 0
    },
    beyond: (tenant, seq, wait) =>
      new Promise((done) => {
        const one: Waiting = { tenant, seq, tell: (beyond) => finish(beyond) }
        const over = setTimeout(() => one.tell(false), wait.milliseconds)
        const stop = (): void => one.tell(false)
        const finish = (beyond: boolean): void => {
          if (!waiting.delete(one)) return
          clearTimeout(over)
          wait.signal?.removeEventListener('abort', stop)
          done(beyond)
        }
        waiting.add(one)
        wait.signal?.addEventListener('abort', stop)
        if (wait.signal?.aborted === true) stop()
        else void look()
      }),
    look: () => void look(),
    close: () => {
      if (timer !== null) clearTimeout(timer)
      for (const { tell } of waiting) tell(false)
    },
  }
}
