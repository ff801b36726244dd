import type { Kysely } from 'kysely'

/** How long a used or expired link is kept, so that it can be told who let whom in. */
const linksKept = 30 * 24 * 3600_000

/** Counts of what was taken away. */
export interface Swept {
  readonly sessions: number
  readonly attempts: number
  readonly links: number
  readonly codes: number
}

/** Takes away what sign-in needs no longer: sessions and half-finished sign-ins that expired, old links, used codes. */
export async function sweepSignIn(
  // biome-ignore lint/suspicious/noExplicitAny: columns of the sign-in library are read here that nothing else reads
  db: Kysely<any>,
  kind: 'sqlite' | 'postgres',
  now: Date,
): Promise<Swept> {
  // The library's instants are ISO texts in SQLite and instants in PostgreSQL.
  const instant = kind === 'sqlite' ? now.toISOString() : now
  const past = (table: string, column: string, before: unknown): Promise<number> =>
    db
      .deleteFrom(table)
      .where(column, '<', before)
      .executeTakeFirst()
      .then(({ numDeletedRows }) => Number(numDeletedRows))
  return {
    sessions: await past('sign_in_sessions', 'expiresAt', instant),
    attempts: await past('sign_in_verifications', 'expiresAt', instant),
    links: await past('links', 'expires_at', new Date(now.getTime() - linksKept).toISOString()),
    codes: await past('used_codes', 'until', now.toISOString()),
  }
}
