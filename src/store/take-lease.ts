import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

/** A right that one process has at a time, for a while. */
export interface Lease {
  readonly name: string
  /** Who takes it: a text of one process, without spaces. */
  readonly holder: string
  /** ISO instants in UTC. */
  readonly at: string
  readonly until: string
}

/** Takes a lease that nobody has, or goes on with one's own; false where another has it still. */
export async function takeLease(db: Kysely<Tables>, { name, holder, at, until }: Lease): Promise<boolean> {
  const value = `${until} ${holder}`
  const taken = await db
    .insertInto('settings')
    .values({ name: `lease ${name}`, value })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ value })
        .where((eb) => eb.or([eb('settings.value', '<', at), eb('settings.value', 'like', `% ${holder}`)])),
    )
    .executeTakeFirst()
  return Number(taken.numInsertedOrUpdatedRows ?? 0) > 0
}
