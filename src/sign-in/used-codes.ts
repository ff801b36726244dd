import type { Kysely } from 'kysely'
import { digestOf } from './secrets.ts'
import type { SignInTables } from './tables.ts'

/** Longer than any code of an app is taken: its own half minute, and the one before and after. */
const kept = 120_000

/** Notes that a person used a one-time code. False where it was used before: it lets nobody in a second time (RFC 6238, 5.2). */
export async function noteCode(
  db: Kysely<SignInTables>,
  { person, code }: { readonly person: string; readonly code: string },
  now: Date,
): Promise<boolean> {
  await db.deleteFrom('used_codes').where('until', '<', now.toISOString()).execute()
  const row = { code: digestOf(`${person} ${code}`), until: new Date(now.getTime() + kept).toISOString() }
  const noted = await db
    .insertInto('used_codes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst()
  return noted !== undefined
}
