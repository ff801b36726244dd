/**
 * Whether an event may follow in a case. `why` is a key of `may-follow.*` with its slots: why not, or what is to be told of an event
 * that is kept all the same.
 */
export interface Following {
  readonly allowed: boolean
  readonly why: string | null
  readonly facts: Readonly<Record<string, string>>
}

/** An event that may follow, and nothing is to be told of it. */
export const allowed: Following = { allowed: true, why: null, facts: {} }

/** An event that may not follow, and why. */
export function refused(why: string, facts: Following['facts'] = {}): Following {
  return { allowed: false, why, facts }
}

/** An event that is kept, and what is to be told of it. */
export function kept(why: string, facts: Following['facts'] = {}): Following {
  return { allowed: true, why, facts }
}
