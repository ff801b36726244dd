import type { ActPolicy } from '../core/act/case/act-policy.ts'
import { dueOf } from '../core/act/case/due.ts'
import type { Log } from '../running/log.ts'
import { appendToCase } from '../store/append-case.ts'
import type { Store } from '../store/open-store.ts'

/** What the clock of questions is made of. */
export interface DueClockParts {
  readonly store: Store
  readonly policy: () => ActPolicy
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  readonly log: Log
  /** Milliseconds between two looks; 5,000 when not given. */
  readonly pause?: number
}

/** Cases that are looked at in one look. */
const casesTogether = 200

/** Sends reminders and ends questions when their time has come, as long as it is open. */
export function openDueClock(parts: DueClockParts): { readonly close: () => Promise<void> } {
  let closed = false
  let looking: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(async () => {
      if (closed) return
      await doWhatIsDue(parts).catch((error) => parts.log.error('What is due could not be done', {}, error))
    })
  }, parts.pause ?? 5000)
  return {
    close: async () => {
      closed = true
      clearInterval(timer)
      await looking
    },
  }
}

/** Does what is due now, and tells how many cases it was done in. */
export async function doWhatIsDue({ store, policy, now, log }: DueClockParts): Promise<number> {
  const at = new Date(now()).toISOString()
  const due = await store.db
    .selectFrom('parcels')
    .select(['tenant', 'parcel'])
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .limit(casesTogether)
    .execute()
  for (const { tenant, parcel } of due)
    await appendToCase(store, { tenant, parcel, policy: policy() }, (state) =>
      dueOf(state, at, policy()).map((body) => ({ at, actor: 'system', body })),
    )
  if (due.length > 0) log.info('Questions were due', { count: due.length })
  return due.length
}
