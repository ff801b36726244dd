import type { Store } from '../store/open-store.ts'
import { KeyError, keyMark } from './key.ts'

/** The setting of a store that holds the mark of its key. */
const name = 'key mark'

/**
 * Binds a store that is new to its key, and throws KeyError where a store was made with another one: people's data could not be
 * read with it, and the same sender would get another pseudonym.
 */
export async function holdKey({ db }: Store, key: Uint8Array): Promise<void> {
  const value = keyMark(key)
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const held = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  if (held.value === value) return
  throw new KeyError(
    "The key is not the one that this store was made with. Bring that one back: GREENLANE_KEY, or the file key in DATA_DIR. People's data cannot be read without it.",
  )
}
