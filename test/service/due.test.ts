import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knowledge as loadKnowledge } from '../../src/app.ts'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { doWhatIsDue } from '../../src/intake/due-clock.ts'
import { openLog } from '../../src/running/log.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { newService, type TestService } from './service.fixture.ts'

const log = openLog('silent', { write: () => {} })
/** Parcels are received then: see the service of the tests. */
const received = Date.parse('2026-11-24T09:00:00Z')
const hours = (count: number): number => received + count * 3_600_000

describe.each(storeKinds)('questions that wait for an answer, kept in %s', (kind) => {
  let service: TestService
  let knowledge: Knowledge
  let end: () => Promise<void>
  beforeAll(async () => {
    const made = await newStore(kind)
    knowledge = await loadKnowledge()
    service = await newService(made.store)
    end = async () => {
      await service.close()
      await made.end()
    }
  })
  afterAll(() => end())

  const dueAt = (now: number): Promise<number> =>
    doWhatIsDue({ store: service.store, policy: () => knowledge.acting, now: () => now, log })
  const send = async (s10: string, description: string): Promise<number> => {
    const record = {
      ids: { s10 },
      stage: 'posted',
      route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
      lines: [{ description }],
    }
    expect((await service.post('/parcels', record)).status).toBe(200)
    const { parcel } = await service.store.db
      .selectFrom('parcels')
      .select('parcel')
      .where('identifier', '=', s10)
      .executeTakeFirstOrThrow()
    return parcel
  }
  const kinds = async (parcel: number): Promise<string[]> => {
    const rows = await service.store.db
      .selectFrom('events')
      .select('kind')
      .where('parcel', '=', parcel)
      .orderBy('seq')
      .execute()
    return rows.map((row) => row.kind)
  }
  const standing = (parcel: number) =>
    service.store.db
      .selectFrom('parcels')
      .select(['proposal', 'status', 'due_at'])
      .where('parcel', '=', parcel)
      .executeTakeFirstOrThrow()

  test('a vague declaration goes back to who lodged it, is reminded of once, and is looked into when nobody answers', async () => {
    const parcel = await send('LZ000000011CN', 'gift')
    expect(await kinds(parcel)).toEqual(['received', 'proposed', 'returned-to-declarant'])
    expect(await standing(parcel)).toMatchObject({
      proposal: 'ask',
      status: 'returned-to-declarant',
      due_at: '2026-11-25T09:00:00.000Z',
    })
    await dueAt(hours(23))
    expect(await kinds(parcel)).toHaveLength(3)
    await dueAt(hours(25))
    await dueAt(hours(25))
    expect((await kinds(parcel)).slice(3)).toEqual(['reminded'])
    await dueAt(hours(49))
    expect((await kinds(parcel)).slice(4)).toEqual(['question-ended'])
    // The machine's proposal stays what it was; what stands has become stricter, and nothing more is due.
    expect(await standing(parcel)).toEqual({ proposal: 'ask', status: 'to-inspect', due_at: null })
    const cards = await service.store.db.selectFrom('scorecards').select(['dispatch', 'vague']).execute()
    expect(cards).toContainEqual({ dispatch: 'CN', vague: 1 })
  })

  test('of several clocks on one store each thing is done once', async () => {
    const parcel = await send('LZ000000025CN', 'gift')
    await Promise.all([1, 2, 3, 4].map(() => dueAt(hours(25))))
    expect((await kinds(parcel)).slice(3)).toEqual(['reminded'])
    await Promise.all([1, 2, 3, 4].map(() => dueAt(hours(49))))
    expect((await kinds(parcel)).slice(4)).toEqual(['question-ended'])
  })

  test('an answer in time ends the waiting', async () => {
    const parcel = await send('LZ000000039CN', 'gift')
    const answers = { as: 'declarant', answers: [{ item: 1, fact: 'description', value: 'phone case of plastic' }] }
    const answer = await service.post(`/parcels/${parcel}/answers`, answers)
    expect([answer.status, ((await answer.json()) as { proposal: string }).proposal]).toEqual([200, 'no-objection'])
    expect(await standing(parcel)).toMatchObject({ proposal: 'no-objection', due_at: null })
    await dueAt(hours(100))
    expect(await kinds(parcel)).not.toContain('question-ended')
  })
})
