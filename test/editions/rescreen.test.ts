import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compiledEdition, keepEdition } from '../../src/editions/keep-edition.ts'
import { readChangedParcels, readKnowledgeState } from '../../src/editions/knowledge-state.ts'
import { type Replayed, replayer } from '../../src/editions/replay.ts'
import { knowledgeOf } from '../../src/editions/replay-knowledge.ts'
import { type RescreeningStart, rescreenOpen } from '../../src/editions/rescreen-open.ts'
import { readRescreening } from '../../src/editions/rescreening.ts'
import { allDecisions, drawDecisions } from '../../src/editions/sample-decisions.ts'
import type { Store } from '../../src/store/open-store.ts'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { type Desk, leaves, openDesk, phoneCase } from './desk.fixture.ts'
import { engine, type SmallEditions, smallEditions } from './small.fixture.ts'

const now = (): number => Date.parse('2026-11-24T09:00:00Z')
let small: SmallEditions
beforeAll(() => {
  small = smallEditions()
})
afterAll(() => small.end())

describe.each(storeKinds)('open parcels after a new edition, in %s', (kind) => {
  let store: Store
  let end: () => Promise<void>
  let first: Desk
  let second: Desk
  beforeEach(async () => {
    ;({ store, end } = await newStore(kind))
    first = openDesk(store, small.first, now)
    second = openDesk(store, small.second, now)
  })
  afterEach(async () => {
    await Promise.all([first.close(), second.close()])
    await end()
  })

  const again = (more: Partial<RescreeningStart> = {}) =>
    rescreenOpen({
      store,
      edition: compiledEdition(small.second).edition,
      engine,
      screen: second.screen,
      now,
      days: 90,
      room: async () => {},
      by: 'one',
      signal: new AbortController().signal,
      ...more,
    })
  const decisions = () => store.db.selectFrom('decisions').selectAll().orderBy('seq').execute()

  test('those whose answer changes are decided again and listed; the others and closed ones stay', async () => {
    await first.tell('post', [leaves('AA1'), phoneCase('AA2'), leaves('AA3')])
    await store.db.updateTable('parcels').set({ status: 'closed' }).where('identifier', '=', 'AA3').execute()
    expect(await again()).toBe('done')
    const made = (await decisions()).filter(({ cause }) => cause === 'edition')
    expect(made).toHaveLength(1)
    const { edition } = compiledEdition(small.second)
    expect(made[0]).toMatchObject({ edition, parcel: 1, engine, day: '2026-11-24' })
    const changed = await readChangedParcels(store, { tenant: 'main', edition, places: null, after: 0, limit: 10 })
    expect(changed).toEqual([
      { seq: made[0]?.seq, parcel: 1, identifier: 'AA1', proposal: made[0]?.proposal, destination: 'FR' },
    ])
    expect((await readKnowledgeState(store)).rescreening).toMatchObject({ edition, screened: 2, changed: 1 })
    expect((await verifyChain(store.db, 'main')).broken).toBeNull()
    const scores = await store.db.selectFrom('scorecards').select(['received', 'amended']).execute()
    expect(scores).toEqual([{ received: 3, amended: 0 }])
  })

  test('what is done is not done again, and what nobody spoke of for long is over', async () => {
    await first.tell('post', [leaves('AA1')])
    const later = () => now() + 91 * 86_400_000
    expect(await again({ now: later })).toBe('done')
    expect((await readRescreening(store.db))?.screened).toBe(0)
    expect(await again()).toBe('done')
    expect((await readRescreening(store.db))?.screened).toBe(0)
  })

  test('after a stop it goes on where it was, by one process at a time', async () => {
    await first.tell(
      'post',
      Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? leaves(`BB${at}`) : phoneCase(`BB${at}`))),
    )
    const stop = new AbortController()
    const room = async (): Promise<void> => stop.abort()
    expect(await again({ room, signal: stop.signal })).toBe('stopped')
    expect(await readRescreening(store.db)).toMatchObject({ screened: 50, changed: 25, ended: null })
    expect(await again({ by: 'another' })).toBe('elsewhere')
    expect(await again({ by: 'another', now: () => now() + 61_000 })).toBe('done')
    expect(await readRescreening(store.db)).toMatchObject({ screened: 120, changed: 60 })
    const made = (await decisions()).filter(({ cause }) => cause === 'edition')
    expect(new Set(made.map(({ parcel }) => parcel)).size).toBe(60)
    expect(made).toHaveLength(60)
  })

  test('two processes that begin at once decide on each parcel once', async () => {
    await first.tell(
      'post',
      Array.from({ length: 60 }, (_, at) => leaves(`CC${at}`)),
    )
    expect((await Promise.all([again(), again({ by: 'another' })])).sort()).toEqual(['done', 'elsewhere'])
    expect((await decisions()).filter(({ cause }) => cause === 'edition')).toHaveLength(60)
  })

  test('a message that comes meanwhile is not lost, and the decision that then stands knows it', async () => {
    await first.tell('post', [leaves('DD1')])
    let told = false
    const screen: RescreeningStart['screen'] = async (job) => {
      const done = await second.screen(job)
      if (!told) {
        told = true
        await first.tell('marketplace', [leaves('DD1', 'tomato')])
      }
      return done
    }
    expect(await again({ screen })).toBe('done')
    const stands = (await decisions()).at(-1)
    expect(stands).toMatchObject({ cause: 'edition', edition: compiledEdition(small.second).edition })
    expect(JSON.parse(stands?.messages ?? '')).toHaveLength(2)
  })

  test('every decision of two editions comes out in the same bytes again, without the people', async () => {
    await keepEdition(store, small.first, { actor: 'system', at: '2026-11-24T09:00:00.000Z' })
    await keepEdition(store, small.second, { actor: 'system', at: '2026-11-24T09:00:00.000Z' })
    await first.tell('post', [leaves('EE1'), phoneCase('EE2')])
    await first.tell('marketplace', [leaves('EE1', 'tomato')])
    await second.tell('post', [leaves('EE3')])
    await again()
    expect(await store.db.deleteFrom('personal').executeTakeFirst()).toMatchObject({ numDeletedRows: 4n })
    const compiled = { folder: small.first.folder, engine }
    const shelf = { store, compiled, widen: null }
    const replay = replayer({ store, engine, knowledgeOf: (edition, by) => knowledgeOf(shelf, edition, by) })
    const replayed: Replayed[] = []
    for await (const decision of allDecisions(store.db, 'main')) replayed.push(await replay(decision))
    expect(replayed.map(({ outcome }) => outcome)).toEqual(replayed.map(() => ({ kind: 'same' })))
    expect(new Set(replayed.map(({ edition }) => edition)).size).toBe(2)
    expect(replayed.length).toBeGreaterThanOrEqual(5)
    const one = (await decisions())[0]
    if (one === undefined) throw new Error('Nothing was decided.')
    expect(
      await replay({ ...one, answer: one.answer.replace(/"proposal":"[a-z-]+"/, '"proposal":"none"') }),
    ).toMatchObject({
      outcome: { kind: 'different', first: { place: 'proposal', stood: '"none"' } },
    })
    expect(await replay({ ...one, answer: `${one.answer} ` })).toMatchObject({
      outcome: { kind: 'different', first: { place: `letter ${one.answer.length}` } },
    })
    const older = { ...one, engine: 'older', answer: one.answer.replaceAll(engine, 'older') }
    expect(await replay(older)).toMatchObject({ otherEngine: 'older', outcome: { kind: 'same' } })
    expect(await replay({ ...one, edition: 'lost' })).toMatchObject({ outcome: { kind: 'impossible' } })
    expect(await replay({ ...one, edition: `${one.edition}+names` })).toMatchObject({
      outcome: { kind: 'impossible', why: expect.stringContaining('the imported names names') },
    })
    expect(await replay({ ...one, messages: '[77]' })).toMatchObject({
      outcome: { kind: 'impossible', why: expect.stringContaining('Message 77 is missing') },
    })
    const drawn = await drawDecisions(store.db, 'main', { count: 3, chance: () => 0.5 })
    expect(drawn).toHaveLength(1)
  })
})
