const [second, minute, hour] = [1000, 60_000, 3_600_000]

/** Milliseconds between attempts, as the example of Standard Webhooks 1.0.0 has them: ten attempts over 75 hours. */
export const pauses: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/** The share of a pause that chance adds at most, so that receivers that failed together are not tried together. */
const jitter = 0.1

/** Longest wait that a receiver may ask for by Retry-After. */
const longestAsked = 24 * hour

/** For how long a webhook fails with no success between before it is paused. */
export const failsFor = 5 * 24 * hour

/** For how long what was delivered or given up is listed. */
export const deliveriesKeptFor = 30 * 24 * hour

export interface Failed {
  /** Attempts that were begun. */
  readonly attempts: number
  /** Milliseconds that the receiver asked to wait, or null. */
  readonly asked: number | null
  /** From 0 to 1. */
  readonly chance: number
}

/** Milliseconds until the next attempt; null when there is none. */
export function nextPause({ attempts, asked, chance }: Failed): number | null {
  const pause = pauses[attempts - 1]
  if (pause === undefined) return null
  return Math.max(Math.round(pause * (1 + jitter * chance)), Math.min(asked ?? 0, longestAsked))
}

/** Milliseconds that a header Retry-After asks for (RFC 9110, 10.2.3), as seconds or as a date; null where it asks for none. */
export function askedPause(retryAfter: string | undefined, now: Date): number | null {
  if (retryAfter === undefined) return null
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * second
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime())
}
