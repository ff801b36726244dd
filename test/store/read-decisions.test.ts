import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendEvents } from '../../src/store/append.ts'
import type { Store } from '../../src/store/open-store.ts'
import { type DecisionTold, readDecisions } from '../../src/store/read-decisions.ts'
import { watchChains } from '../../src/store/watch-chains.ts'
import { decideAgain, tell } from './batches.fixture.ts'
import { newStore, storeKinds } from './stores.fixture.ts'

/** Events of the partner and of the machine between what was said and what is proposed. */
const between = [
  { kind: 'answered', own: false, body: '{"item":1}' },
  { kind: 'receipt-claimed', own: true, body: '{}' },
]

const told = { at: '2026-11-24T10:00:00.000Z', actor: 'person:1' }

describe.each(storeKinds)('decisions read on and on, in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  beforeAll(async () => {
    ;({ store, end } = await newStore(kind))
  })
  afterAll(() => end())

  const page = (
    tenant: string,
    partner: string | null,
    after: number,
    limit = 1000,
  ): Promise<readonly DecisionTold[]> => readDecisions(store, { tenant, partner, after, limit })

  async function decide(tenant: string, parcel: number, event = 'decided'): Promise<number> {
    const events = [{ ...told, parcel, kind: event, body: '{"act":"release"}' }]
    return store.db.transaction().execute((then) => appendEvents(then, kind, tenant, events))
  }

  test('a tenant sees proposals with their answers and what persons decided, the oldest first', async () => {
    await tell(store, [{ identifier: 'A1', content: { a: 1 } }], { tenant: 'first' })
    await decide('first', 1)
    await decide('first', 1, 'note')
    expect(await page('first', null, 0)).toEqual([
      expect.objectContaining({
        seq: 2,
        parcel: 1,
        kind: 'proposed',
        answer: '{"parcel":{"id":"A1","line":1},"proposal":"ask"}',
      }),
      { ...told, seq: 3, parcel: 1, kind: 'decided', answer: null, body: '{"act":"release"}' },
    ])
    expect((await page('first', null, 2)).map(({ seq }) => seq)).toEqual([3])
    expect(await page('first', null, 3)).toEqual([])
    expect(await page('no such tenant', null, 0)).toEqual([])
  })

  test('a partner sees decisions on the parcels it spoke of, from then on, whoever led to them', async () => {
    const tenant = 'second'
    await tell(store, [{ identifier: 'B1', content: { a: 1 } }], { tenant, partner: 'post' })
    await tell(store, [{ identifier: 'B2', content: { a: 1 } }], { tenant, partner: 'post' })
    await tell(store, [{ identifier: 'B1', content: { a: 2 } }], { tenant, partner: 'marketplace' })
    await tell(store, [{ identifier: 'B1', content: { a: 3 } }], { tenant, partner: 'post' })
    await decide(tenant, 3)
    await decide(tenant, 1)
    await decideAgain(store, tenant, 1)
    await tell(store, [{ identifier: 'B3', content: {}, between }], { tenant, partner: 'marketplace' })
    const seen = async (partner: string): Promise<number[]> => (await page(tenant, partner, 0)).map(({ seq }) => seq)
    expect(await seen('post')).toEqual([2, 4, 6, 8, 9, 10, 11])
    expect(await seen('marketplace')).toEqual([6, 8, 10, 11, 15])
    expect(await seen('courier')).toEqual([])
  })

  test('reading pages of any size while partners send and persons decide skips nothing and repeats nothing', async () => {
    let runs = 0
    const run = fc.record({
      limit: fc.integer({ min: 1, max: 40 }),
      writers: fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }), {
        minLength: 2,
        maxLength: 4,
      }),
    })
    await fc.assert(
      fc.asyncProperty(run, async ({ limit, writers }) => {
        runs += 1
        const tenant = `run${runs}`
        let writing = true
        const write = async (parcels: readonly number[], writer: number): Promise<void> => {
          const partner = `partner${writer % 2}`
          for (const [turn, parcel] of parcels.entries()) {
            const said = [parcel, parcel + 1, 100 + writer * 20 + turn]
            await tell(
              store,
              said.map((one) => ({
                identifier: `P${one}`,
                content: { writer, turn },
                between: one % 2 === 0 ? [] : between,
              })),
              { tenant, partner },
            )
            if (parcel % 3 === 0) await decide(tenant, 1)
            if (parcel % 4 === 0) await decideAgain(store, tenant, 1)
          }
        }
        const readers = [null, 'partner0', 'partner1'].map(async (partner) => {
          const read: number[] = []
          for (let done = false; !done; ) {
            const last = !writing
            const next = await page(tenant, partner, read.at(-1) ?? 0, limit)
            read.push(...next.map(({ seq }) => seq))
            done = last && next.length === 0
          }
          return { partner, read }
        })
        await Promise.all(writers.map(write))
        writing = false
        for (const { partner, read } of await Promise.all(readers)) expect(read).toEqual(await visible(tenant, partner))
      }),
      { numRuns: 15 },
    )
  })

  /** Every decision that is to be seen, found without the indexes: those after the first message of the partner on the parcel. */
  async function visible(tenant: string, partner: string | null): Promise<number[]> {
    const events = await store.db.selectFrom('events').selectAll().where('tenant', '=', tenant).orderBy('seq').execute()
    const messages = await store.db.selectFrom('messages').selectAll().where('tenant', '=', tenant).execute()
    return events
      .filter(({ kind: what }) => what === 'proposed' || what === 'decided')
      .filter(
        (event) =>
          partner === null ||
          messages.some((said) => said.partner === partner && said.parcel === event.parcel && said.seq < event.seq),
      )
      .map(({ seq }) => seq)
  }

  test('who waits is told when an event comes, and when none comes', async () => {
    const watch = watchChains(store.db, 20)
    const coming = watch.beyond('third', 0, { milliseconds: 10_000 })
    await tell(store, [{ identifier: 'C1', content: {} }], { tenant: 'third' })
    expect(await coming).toBe(true)
    expect(await watch.beyond('third', 1, { milliseconds: 10_000 })).toBe(true)
    expect(await watch.beyond('third', 2, { milliseconds: 50 })).toBe(false)
    const stopped = watch.beyond('third', 2, { milliseconds: 10_000, signal: AbortSignal.timeout(20) })
    expect(await stopped).toBe(false)
    const closed = watch.beyond('third', 2, { milliseconds: 10_000 })
    watch.close()
    expect(await closed).toBe(false)
  })
})
