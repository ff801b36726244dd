import type { Context } from 'hono'
import type { Attempts } from '../sign-in/attempts.ts'
import type { KeyDoor } from '../sign-in/key-door.ts'
import type { People } from '../sign-in/people.ts'
import type { Api } from './api.ts'
import { type BucketSize, openBuckets } from './buckets.ts'
import { recogniseCaller } from './caller.ts'
import { allow } from './permissions.ts'
import { limitRate, neverKept, sameOriginOnly, secureAnswers } from './security.ts'

/** What stands before every route. */
export interface GuardParts {
  readonly publicUrl: string
  readonly keys: KeyDoor
  readonly people: People
  readonly attempts: Attempts
  readonly addressOf: (context: Context) => string
  /** Requests of one caller in a minute; null for no limit. */
  readonly rateLimit: number | null
}

/** Requests of one network where nobody is signed in. */
export const strangers: BucketSize = { burst: 200, perSecond: 20 }

/**
 * Puts the guards before the routes that are added afterwards, in this order: safe headers, same origin, who asks, how often, and
 * whether they may.
 */
export function guardApi(api: Api, { publicUrl, keys, people, attempts, addressOf, rateLimit }: GuardParts): void {
  const now = (): number => people.config.now().getTime()
  // A minute's requests may come at once: batches of a night's parcels do.
  const size = rateLimit === null ? null : { burst: rateLimit, perSecond: rateLimit / 60 }
  const limits = { callers: size === null ? null : openBuckets(size, now), addresses: openBuckets(strangers, now) }
  api.use('*', secureAnswers(publicUrl))
  api.use('*', neverKept)
  api.use('*', sameOriginOnly(publicUrl))
  api.use('*', recogniseCaller({ keys, people, refused: attempts.from }))
  api.use('*', limitRate(limits, addressOf))
  api.use('*', allow)
}
