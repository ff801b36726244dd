import { describe, expect, it } from 'vitest'
import { holdKey } from '../../src/running/hold-key.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'

const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]

describe.each(storeKinds)('a store in %s', (kind) => {
  it('takes the key it is first opened with, and no other ever after', async () => {
    const { store, end } = await newStore(kind)
    try {
      await Promise.all([holdKey(store, one), holdKey(store, one)])
      await holdKey(store, one)
      await expect(holdKey(store, other)).rejects.toThrow(/not the one that this store was made with/)
      const rows = await store.db.selectFrom('settings').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(one).toString('base64').slice(0, 10))
    } finally {
      await end()
    }
  })
})
