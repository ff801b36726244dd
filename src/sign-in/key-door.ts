import type { Kysely } from 'kysely'
import { type Key, keyOf, keyPrefix } from './keys.ts'
import { digestOf, idWithin, sameText } from './secrets.ts'
import type { KeyRow, SignInTables } from './tables.ts'

/** How long a key is believed without asking the store: a revocation holds everywhere within this time. */
const believedFor = 1000

/** How often it is written that a key was used. */
const usedEvery = 60_000

/** Keys remembered at most; beyond, the one remembered longest is forgotten. */
const most = 10_000

/** Opens with API keys: `find` gives the key of a secret, or null. `settled` waits for what is still being written. */
export interface KeyDoor {
  readonly find: (secret: string) => Promise<Key | null>
  readonly settled: () => Promise<void>
}

interface Remembered {
  readonly row: KeyRow | null
  readonly until: number
}

/** Makes the door. The clock is an argument; `failed` is told when noting a use went wrong, which closes nobody out. */
export function openKeyDoor(
  db: Kysely<SignInTables>,
  now: () => Date,
  failed: (error: unknown) => void = () => {},
): KeyDoor {
  const remembered = new Map<string, Remembered>()
  const noted = new Map<string, number>()
  const writing = new Set<Promise<unknown>>()

  async function rowOf(id: string): Promise<KeyRow | null> {
    const at = now().getTime()
    const known = remembered.get(id)
    if (known !== undefined && known.until > at && known.until <= at + believedFor) return known.row
    const row = (await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
    remember(remembered, id, { row, until: at + believedFor })
    return row
  }

  function noteUse({ id, used_at }: KeyRow): void {
    const at = now().getTime()
    const last = noted.get(id) ?? (used_at === null ? Number.NEGATIVE_INFINITY : Date.parse(used_at))
    if (at - last < usedEvery) return
    remember(noted, id, at)
    const write = db
      .updateTable('api_keys')
      .set({ used_at: new Date(at).toISOString() })
      .where('id', '=', id)
      .execute()
      .catch(failed)
      .finally(() => writing.delete(write))
    writing.add(write)
  }

  return {
    find: async (secret) => {
      const id = idWithin(keyPrefix, secret)
      if (id === null) return null
      const row = await rowOf(id)
      if (row === null || !opens(row, digestOf(secret), now().toISOString())) return null
      noteUse(row)
      return keyOf(row)
    },
    settled: async () => void (await Promise.all(writing)),
  }
}

function opens(row: KeyRow, digest: string, at: string): boolean {
  if (row.revoked_at !== null) return false
  if (row.expires_at !== null && row.expires_at <= at) return false
  if (sameText(digest, row.digest)) return true
  return row.former_digest !== null && (row.former_until ?? '') > at && sameText(digest, row.former_digest)
}

function remember<T>(map: Map<string, T>, id: string, value: T): void {
  map.delete(id)
  map.set(id, value)
  if (map.size > most) map.delete(map.keys().next().value as string)
}
