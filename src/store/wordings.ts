import type { Kysely } from 'kysely'
import type { Wording } from '../core/act/check-offer.ts'
import type { Article } from '../core/parcel/articles.ts'
import type { Tables } from './schema.ts'

/** Most wordings that offers of one request are compared with: the latest. */
const wordingsRead = 2_000

/** Wordings of sellers that are kept, in the order in which they came. */
export async function findWordings(db: Kysely<Tables>, tenant: string, sellers: readonly string[]): Promise<Wording[]> {
  const rows = await db
    .selectFrom('wordings')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('seller', 'in', sellers)
    .orderBy('at', 'desc')
    .limit(wordingsRead)
    .execute()
  return rows.reverse().map(({ seller, named_by, key, words, clear, spoken }) => ({
    seller,
    by: named_by as Wording['by'],
    key,
    words: words === '' ? [] : words.split(' '),
    clear: Number(clear) === 1,
    spoken: JSON.parse(spoken) as Article[],
  }))
}

/** Keeps wordings; one that is known stays as it was first. */
export async function keepWordings(
  db: Kysely<Tables>,
  tenant: string,
  { wordings, at }: { readonly wordings: readonly Wording[]; readonly at: string },
): Promise<void> {
  for (let from = 0; from < wordings.length; from += 1_000) {
    const rows = wordings.slice(from, from + 1_000).map(({ seller, by, key, words, clear, spoken }) => ({
      tenant,
      seller,
      named_by: by,
      key,
      words: words.join(' '),
      clear: clear ? 1 : 0,
      spoken: JSON.stringify(spoken),
      at,
    }))
    await db
      .insertInto('wordings')
      .values(rows)
      .onConflict((known) => known.doNothing())
      .execute()
  }
}

/** Forgets wordings from before an instant; tells how many. */
export async function forgetWordings(db: Kysely<Tables>, before: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('wordings').where('at', '<', before).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
