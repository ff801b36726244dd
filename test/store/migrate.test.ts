import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { newPlace, storeKinds } from './stores.fixture.ts'

describe.each(storeKinds)('a new store in %s', (kind) => {
  test('is made once where several open it at the same time', async () => {
    const { place, remove } = await newPlace(kind)
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(place)))
    const tenants = stores.map(({ db }) => db.selectFrom('tenants').selectAll().execute())
    expect(await Promise.all(tenants)).toEqual([[], [], [], []])
    await Promise.all(stores.map((store) => store.close()))
    await remove()
  })
})
