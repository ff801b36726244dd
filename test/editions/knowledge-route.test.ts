import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApi } from '../../src/api/api.ts'
import type { Caller } from '../../src/api/caller.ts'
import { addKnowledge } from '../../src/api/knowledge.ts'
import { makeCurrent } from '../../src/editions/current-edition.ts'
import { compiledEdition, keepEdition } from '../../src/editions/keep-edition.ts'
import { rescreenOpen } from '../../src/editions/rescreen-open.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { Store } from '../../src/store/open-store.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { leaves, openDesk, phoneCase } from './desk.fixture.ts'
import { engine, type SmallEditions, smallEditions } from './small.fixture.ts'

const at = '2026-11-24T09:00:00.000Z'
const now = (): number => Date.parse(at)
const viewer: Caller = { tenant: 'main', role: 'viewer', partner: null, actor: 'person:1', places: null, scopes: [] }

interface Told {
  readonly changed: readonly { readonly identifier: string }[]
  readonly next: string
}

describe.each(storeKinds)('GET /knowledge, kept in %s', (kind) => {
  let small: SmallEditions
  let store: Store
  let end: () => Promise<void>
  beforeAll(async () => {
    small = smallEditions()
    ;({ store, end } = await newStore(kind))
    const [first, second] = [openDesk(store, small.first, now), openDesk(store, small.second, now)]
    await first.tell('post', [leaves('AA1'), phoneCase('AA2'), leaves('AA3')])
    await keepEdition(store, small.second, { actor: 'system', at })
    await makeCurrent(store, { ...compiledEdition(small.second), origin: 'published', actor: 'person:1', at })
    const { edition } = compiledEdition(small.second)
    const { signal } = new AbortController()
    const work = { screen: second.screen, room: async () => {}, by: 'one', signal }
    await rescreenOpen({ store, edition, engine, now, days: 90, ...work })
    await Promise.all([first.close(), second.close()])
  })
  afterAll(async () => {
    small.end()
    await end()
  })

  const ask = async (address: string, caller = viewer): Promise<Told> => {
    const api = newApi()
    api.use(async (context, next) => {
      context.set('caller', caller)
      await next()
    })
    const knowledge = loadKnowledge(small.second.folder)
    addKnowledge(api, { store, knowledge: () => knowledge })
    const answer = await api.request(address)
    expect(answer.status).toBe(200)
    return (await answer.json()) as Told
  }

  test('tells which edition counts, what is kept and which parcels it changed', async () => {
    const { edition } = compiledEdition(small.second)
    expect(await ask('/knowledge')).toMatchObject({
      edition,
      published: { edition, engine, origin: 'published', actor: 'person:1', at },
      kept: [{ edition, engine, at, bytes: expect.any(Number) }],
      rescreening: { edition, screened: 3, changed: 2, ended: at },
      changed: [
        { identifier: 'AA1', proposal: 'no-objection', destination: 'FR' },
        { identifier: 'AA3', proposal: 'no-objection', destination: 'FR' },
      ],
    })
  })

  test('pages through the changed parcels', async () => {
    const first = await ask('/knowledge?limit=1')
    const second = await ask(`/knowledge?limit=1&after=${first.next}`)
    expect([first, second].map(({ changed }) => changed.map(({ identifier }) => identifier))).toEqual([
      ['AA1'],
      ['AA3'],
    ])
    expect((await ask(`/knowledge?after=${second.next}`)).changed).toEqual([])
  })

  test('shows nobody the parcels of another tenant or of other places', async () => {
    expect((await ask('/knowledge', { ...viewer, tenant: 'other' })).changed).toEqual([])
    expect((await ask('/knowledge', { ...viewer, places: ['DE'] })).changed).toEqual([])
    expect((await ask('/knowledge', { ...viewer, places: ['FR'] })).changed).toHaveLength(2)
  })
})
