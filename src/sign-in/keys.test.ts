import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPlace, storeKinds } from '../../test/store/stores.fixture.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { openKeyDoor } from './key-door.ts'
import { KeyFault, type KeyWish, listKeys, makeKey, revokeKey, rotateKey } from './keys.ts'
import { digestOf } from './secrets.ts'

const day = new Date('2026-11-24T08:00:00.000Z')
const later = (seconds: number) => new Date(day.getTime() + seconds * 1000)

const wish: KeyWish = {
  tenant: 'nvwa',
  name: 'Parcels of the post',
  role: 'partner',
  partner: 'postnl',
  places: null,
  scopes: ['parcels:write', 'decisions:read'],
  expiresAt: null,
  by: 'person:1',
}

describe.each(storeKinds)('API keys in %s', (kind) => {
  let store: Store
  /** The same store as another process has it open. */
  let other: Store
  let remove: () => Promise<void>
  beforeAll(async () => {
    const made = await newPlace(kind)
    remove = made.remove
    store = await openStore(made.place)
    other = await openStore(made.place)
  })
  afterAll(async () => {
    await store.close()
    await other.close()
    await remove()
  })

  test('open with the secret, which is shown once and not stored', async () => {
    const { key, secret } = await makeKey(store.db, wish, day)
    const door = openKeyDoor(store.db, () => day)
    expect(await door.find(secret)).toMatchObject({ id: key.id, tenant: 'nvwa', role: 'partner', partner: 'postnl' })
    await door.settled()
    const rows = await store.db.selectFrom('api_keys').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret.slice(-49))
    expect(rows.find(({ id }) => id === key.id)?.digest).toBe(digestOf(secret))
  })

  test('do not open with the secret of another', async () => {
    const { secret } = await makeKey(store.db, wish, day)
    const { key } = await makeKey(store.db, wish, day)
    await store.db
      .deleteFrom('api_keys')
      .where('id', '=', secret.split('_')[1] as string)
      .execute()
    const door = openKeyDoor(store.db, () => day)
    expect(await door.find(secret)).toBeNull()
    expect(await door.find(secret.replace(secret.split('_')[1] as string, key.id))).toBeNull()
  })

  test('end on the instant of their expiry', async () => {
    const { secret } = await makeKey(store.db, { ...wish, expiresAt: later(60).toISOString() }, day)
    let now = later(59)
    const door = openKeyDoor(store.db, () => now)
    expect(await door.find(secret)).not.toBeNull()
    now = later(60)
    expect(await door.find(secret)).toBeNull()
  })

  test('open with both secrets after a rotation, with the old one until the end of the grace', async () => {
    const { key, secret } = await makeKey(store.db, wish, day)
    const rotated = await rotateKey(store.db, key, 3600, day)
    expect(rotated?.key.formerUntil).toBe(later(3600).toISOString())
    let now = later(3599)
    const door = openKeyDoor(store.db, () => now)
    expect(await door.find(secret)).not.toBeNull()
    expect(await door.find(rotated?.secret ?? '')).not.toBeNull()
    now = later(3600)
    expect(await door.find(secret)).toBeNull()
    expect(await door.find(rotated?.secret ?? '')).not.toBeNull()
  })

  test('end with both secrets when revoked, in another process too, within a second', async () => {
    const { key, secret } = await makeKey(store.db, wish, day)
    const rotated = await rotateKey(store.db, key, 3600, day)
    let now = later(10)
    const elsewhere = openKeyDoor(other.db, () => now)
    expect(await elsewhere.find(secret)).not.toBeNull()
    expect((await revokeKey(store.db, key, now))?.revokedAt).toBe(now.toISOString())
    now = later(11)
    expect(await elsewhere.find(secret)).toBeNull()
    expect(await elsewhere.find(rotated?.secret ?? '')).toBeNull()
    expect(await rotateKey(store.db, key, 3600, now)).toBeNull()
  })

  test('are not believed longer because the clock jumped back an hour', async () => {
    const { key, secret } = await makeKey(store.db, wish, day)
    let now = later(4000)
    const door = openKeyDoor(store.db, () => now)
    expect(await door.find(secret)).not.toBeNull()
    await revokeKey(store.db, key, now)
    now = later(400)
    expect(await door.find(secret)).toBeNull()
  })

  test('tell when they were used last, written once a minute at most', async () => {
    const { key, secret } = await makeKey(store.db, wish, day)
    let now = later(0)
    const door = openKeyDoor(store.db, () => now)
    const used = async () => (await listKeys(store.db, 'nvwa')).find(({ id }) => id === key.id)?.usedAt
    for (const second of [0, 1, 30, 59]) {
      now = later(second)
      await door.find(secret)
    }
    await door.settled()
    expect(await used()).toBe(later(0).toISOString())
    now = later(60)
    await door.find(secret)
    await door.settled()
    expect(await used()).toBe(later(60).toISOString())
  })

  test('of another tenant are not there', async () => {
    const { key } = await makeKey(store.db, { ...wish, tenant: 'bfsa' }, day)
    const named = { tenant: 'nvwa', id: key.id }
    expect((await listKeys(store.db, 'nvwa')).some(({ id }) => id === key.id)).toBe(false)
    expect(await rotateKey(store.db, named, 60, day)).toBeNull()
    expect(await revokeKey(store.db, named, day)).toBeNull()
  })

  test('are not made where role, partner, scope and expiry do not go together', async () => {
    const wrong: readonly Partial<KeyWish>[] = [
      { partner: null },
      { role: 'viewer' },
      { scopes: [] },
      { expiresAt: day.toISOString() },
    ]
    for (const one of wrong) await expect(makeKey(store.db, { ...wish, ...one }, day)).rejects.toThrow(KeyFault)
  })
})
