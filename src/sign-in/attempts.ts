import type { Context } from 'hono'
import { networkOf } from '../api/address.ts'
import { openBuckets } from '../api/buckets.ts'
import { digestOf } from './secrets.ts'

/**
 * Counts attempts to come in, so that guessing is slow: by the network they come from, and by the account they aim at, from wherever.
 * Each gives the seconds to wait, 0 for none.
 */
export interface Attempts {
  readonly from: (context: Context) => number
  readonly at: (account: string) => number
}

/**
 * Of one network, behind which a whole office may sit, a hundred attempts at once and one a second after that; at one account ten,
 * and one a minute.
 */
const sizes = { network: { burst: 100, perSecond: 1 }, account: { burst: 10, perSecond: 1 / 60 } } as const

/** Starts counting; this process counts for itself. */
export function countAttempts(addressOf: (context: Context) => string, now: () => number): Attempts {
  const networks = openBuckets(sizes.network, now)
  const accounts = openBuckets(sizes.account, now)
  return {
    from: (context) => networks.take(networkOf(addressOf(context))),
    at: (account) => accounts.take(digestOf(account.trim().toLowerCase())),
  }
}
