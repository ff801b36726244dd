import type { Store } from '../store/open-store.ts'
import { currentEdition, isSameEdition } from './current-edition.ts'
import type { EditionKey } from './edition-parts.ts'

/** Whether an edition was forgotten, or why it was not. */
export type Forgotten = 'forgotten' | 'not-kept' | 'current' | 'decided-by'

/** Forgets a kept edition that no decision refers to and that does not count. */
export async function forgetEdition({ db }: Store, key: EditionKey): Promise<Forgotten> {
  const { edition, engine } = key
  return db.transaction().execute(async (transaction) => {
    const current = await currentEdition(transaction)
    if (current !== null && isSameEdition(current, key)) return 'current'
    // Decisions with imported names name both editions, as `built-in+imported`.
    const decided = await transaction
      .selectFrom('decisions')
      .select('seq')
      .where('engine', '=', engine)
      .where((or) => or.or([or('edition', '=', edition), or('edition', 'like', `${edition}+%`)]))
      .limit(1)
      .executeTakeFirst()
    if (decided !== undefined) return 'decided-by'
    const rows = await transaction
      .deleteFrom('editions')
      .where('edition', '=', edition)
      .where('engine', '=', engine)
      .returning('edition')
      .execute()
    if (rows.length === 0) return 'not-kept'
    await transaction.deleteFrom('edition_pieces').where('edition', '=', edition).where('engine', '=', engine).execute()
    return 'forgotten'
  })
}
