import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, firstHash } from '../../src/store/chain.ts'
import type { Store } from '../../src/store/open-store.ts'
import type { Batch, Merged, Recorded } from '../../src/store/record.ts'
import { batchOf as testBatch } from './batches.fixture.ts'
import { newStore, storeKinds } from './stores.fixture.ts'

/** A batch of one partner with the given records, each `[identifier, content]`. */
function batchOf(records: readonly (readonly [string, object, Merged?])[], partner = 'post'): Batch {
  const told = records.map(([identifier, content, merged]) => ({
    identifier,
    content,
    asked: true,
    ...(merged === undefined ? {} : { merged }),
  }))
  return testBatch(told, { partner })
}

function one(recorded: readonly Recorded[]): Recorded {
  return recorded[0] as Recorded
}

describe.each(storeKinds)('what partners say of parcels, in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  beforeAll(async () => {
    ;({ store, end } = await newStore(kind))
  })
  afterAll(() => end())

  test('a parcel met for the first time is stored with its message, decision, people and events', async () => {
    expect(await store.record(batchOf([['LZ1', { said: 'é "seeds"\n🌱' }]]))).toEqual([
      { kind: 'stored', parcel: 1, seq: 2 },
    ])
    const message = await store.db.selectFrom('messages').selectAll().executeTakeFirstOrThrow()
    expect(message.content).toBe('{"said":"é \\"seeds\\"\\n🌱"}')
    const decision = await store.db.selectFrom('decisions').selectAll().executeTakeFirstOrThrow()
    expect(decision).toMatchObject({ seq: 2, parcel: 1, proposal: 'ask', messages: '[1]', cause: 'received' })
    expect(decision.answer).toBe('{"parcel":{"id":"LZ1","line":1},"proposal":"ask"}')
    const events = await store.db.selectFrom('events').select(['seq', 'kind']).orderBy('seq').execute()
    expect(events).toEqual([
      { seq: 1, kind: 'received' },
      { seq: 2, kind: 'proposed' },
      { seq: 3, kind: 'asked' },
    ])
    const parcel = await store.db.selectFrom('parcels').selectAll().executeTakeFirstOrThrow()
    expect(parcel).toMatchObject({
      last_seq: 3,
      decision: 2,
      status: 'waiting-for-answer',
      due_at: '2026-11-27T09:00:00.000Z',
    })
    const people = await store.db.selectFrom('personal').selectAll().executeTakeFirstOrThrow()
    expect([...people.sealed]).toEqual([1, 2, 3])
  })

  test('the same again gives the same answer and stores nothing', async () => {
    const before = await countAll(store)
    const again = one(await store.record(batchOf([['LZ1', { said: 'é "seeds"\n🌱' }]])))
    expect(again).toEqual({
      kind: 'known',
      parcel: 1,
      seq: 2,
      answer: '{"parcel":{"id":"LZ1","line":1},"proposal":"ask"}',
    })
    expect(await countAll(store)).toEqual(before)
  })

  test('what changes or comes from another partner is to be merged, and is stored with what it was merged with', async () => {
    const more = one(await store.record(batchOf([['LZ1', { said: 'Monstera' }]], 'marketplace')))
    expect(more).toMatchObject({ kind: 'merge', parcel: 1, last: 3, messages: [{ seq: 1, partner: 'post' }] })
    const merged: Merged = { parcel: 1, last: 3, messages: [1], cause: 'received' }
    const stored = one(await store.record(batchOf([['LZ1', { said: 'Monstera' }, merged]], 'marketplace')))
    expect(stored).toEqual({ kind: 'stored', parcel: 1, seq: 5 })
    const late = one(await store.record(batchOf([['LZ1', { said: 'Ficus' }, merged]], 'marketplace')))
    expect(late).toMatchObject({ kind: 'merge', last: 6 })
    const decision = await store.db.selectFrom('decisions').selectAll().where('seq', '=', 5).executeTakeFirstOrThrow()
    expect(decision.messages).toBe('[1,4]')
  })

  test('the same that a partner says twice at the same time, while another has spoken of the parcel, is stored once', async () => {
    await store.record(batchOf([['LZ3', { said: 'Monstera' }]], 'marketplace'))
    const twice = await Promise.all([1, 2].map(() => store.record(batchOf([['LZ3', { said: 'leaves' }]]))))
    const [first, second] = twice.map((recorded) => {
      const { parcel, last, messages } = one(recorded) as Extract<Recorded, { kind: 'merge' }>
      return { parcel, last, messages: messages.map(({ seq }) => seq), cause: 'received' } satisfies Merged
    })
    const stored = one(await store.record(batchOf([['LZ3', { said: 'leaves' }, first as Merged]])))
    const known = one(await store.record(batchOf([['LZ3', { said: 'leaves' }, second as Merged]])))
    expect(stored.kind).toBe('stored')
    expect(known).toMatchObject({ kind: 'known', parcel: stored.parcel, seq: (stored as { seq: number }).seq })
  })

  test('in one batch the second row of a parcel waits for the first, also when it says what was said before', async () => {
    const rows = [
      ['LZ2', { said: 'a' }],
      ['LZ2', { said: 'b' }],
      ['LZ2', { said: 'a' }],
    ] as const
    expect((await store.record(batchOf(rows))).map(({ kind: what }) => what)).toEqual(['stored', 'merge', 'merge'])
  })

  test('batches at the same time lose nothing and make one unbroken chain', async () => {
    const batches = Array.from({ length: 20 }, (_, batch) =>
      batchOf(Array.from({ length: 25 }, (_, row) => [`P${batch}-${row}`, { row }] as const)),
    )
    const recorded = await Promise.all(batches.map((batch) => store.record(batch)))
    expect(recorded.flat().every(({ kind: what }) => what === 'stored')).toBe(true)
    const events = await store.db.selectFrom('events').selectAll().orderBy('seq').execute()
    let hash = firstHash
    for (const [at, event] of events.entries()) {
      expect(event.seq).toBe(at + 1)
      hash = chainHash(hash, 'main', event.seq, event)
      expect(Buffer.from(event.hash).equals(hash)).toBe(true)
    }
    const scores = await store.db.selectFrom('scorecards').selectAll().execute()
    expect(scores.find(({ partner }) => partner === 'post')).toMatchObject({ dispatch: 'CN', received: 503 })
  })
})

async function countAll({ db }: Store): Promise<unknown> {
  const tables = ['events', 'messages', 'decisions', 'parcels', 'personal', 'scorecards'] as const
  return Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst(),
    ),
  )
}
