import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/act/answer.ts'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { type ChecksService, newChecks } from './checks.fixture.ts'
import { newService, type TestService } from './service.fixture.ts'

type Decided = Answer & { readonly decision: number }
interface Claimed {
  readonly receipt: string
  readonly honoured: boolean
  readonly differs: readonly string[]
}
interface Told {
  readonly events: readonly { readonly kind: string; readonly actor: string; readonly body: Claimed }[]
}

const item = { id: 'T-1', title: 'tomato seeds 50 pcs', originCountry: 'CN', shipsFrom: 'CN', destinations: ['FR'] }
const orchid = {
  title: 'Dendrobium nobile, rooted plants',
  goods: { article: 'plants-for-planting', taxon: 'Dendrobium nobile' },
  originCountry: 'TH',
  shipsFrom: 'TH',
  destinations: ['FR'],
}
/** A parcel of which nobody declared whether it holds plants or cut flowers. */
const orchids = (trackingNumber: string, more: object = {}, line: object = {}) => ({
  ids: { trackingNumber },
  stage: 'arrived',
  route: { dispatchCountry: 'TH', destinationCountry: 'FR' },
  lines: [{ description: 'orchid', ...line }],
  ...more,
})
/** A parcel of the goods that were checked, whose origin nobody declared. */
const parcel = (s10: string, more: object = {}, line: object = {}) => ({
  ids: { s10 },
  stage: 'arrived',
  route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
  lines: [{ description: 'tomato seeds 50 pcs', pieces: 50, ...line }],
  ...more,
})

describe.each(storeKinds)('receipts that parcels claim at the border, kept in %s', (kind) => {
  let service: TestService
  let checks: ChecksService
  let end: () => Promise<void>
  beforeAll(async () => {
    const made = await newStore(kind)
    service = await newService(made.store)
    checks = await newChecks(made.store)
    end = async () => {
      await service.close()
      await checks.close()
      await made.end()
    }
  })
  afterAll(() => end())

  const receiptOn = async (day: string, offered: object = item): Promise<{ id: string; jws: string }> => {
    checks.setNow(`${day}T09:00:00Z`)
    const [answer] = (await (await checks.post('/checks', [offered])).json()) as {
      receipt: { id: string; jws: string }
    }[]
    if (answer === undefined) throw new Error('no receipt was given')
    return answer.receipt
  }
  const say = async (content: object): Promise<Decided> => {
    const response = await service.post('/parcels', content)
    expect(response.status).toBe(200)
    return (await response.json()) as Decided
  }
  const claimOf = async (s10: string): Promise<Told['events'][number]> => {
    const officer = service.by({})
    const found = (await (await officer.get(`/parcels?identifier=${s10}`)).json()) as { parcels: { parcel: number }[] }
    const told = (await (await officer.get(`/parcels/${found.parcels[0]?.parcel}`)).json()) as Told
    const event = told.events.findLast((one) => one.kind === 'receipt-claimed')
    if (event === undefined) throw new Error('no receipt was claimed')
    return event
  }
  const factsOf = ({ questions }: Answer): string[] => questions.map(({ fact }) => fact)
  const refusedIn = ({ problems }: Answer): string[] =>
    problems.filter((one) => one.kind === 'receipt-refused').map((one) => one.sentence)

  test('one that agrees saves the questions that it answers, as what the seller said, and nothing that the goods need', async () => {
    const without = await say(orchids('ORCHID-0'))
    expect(factsOf(without)).toContain('article')
    const { id, jws } = await receiptOn('2026-11-24', orchid)
    const claiming = [
      orchids('ORCHID-1', { receipt: id }),
      orchids('ORCHID-2', { receipt: { jws } }),
      orchids('ORCHID-3', {}, { receipt: id }),
    ]
    for (const [at, content] of claiming.entries()) {
      const honoured = await say(content)
      expect(refusedIn(honoured)).toEqual([])
      expect(factsOf(honoured)).not.toContain('article')
      expect(honoured.proposal).not.toBe('no-objection')
      const event = await claimOf(`ORCHID-${at + 1}`)
      expect(event).toMatchObject({ actor: 'system', body: { receipt: id, honoured: true, differs: [] } })
    }
    expect((await verifyChain(service.store.db, 'main')).broken).toBeNull()
  })

  test('the same again gets the same answer and stores nothing', async () => {
    const { id } = await receiptOn('2026-11-24')
    const content = parcel('LZ000000255CN', {
      receipt: id,
      sender: { name: 'Invented Sender', address: { country: 'CN' } },
    })
    const first = await say(content)
    const events = await service.count('events')
    expect(await say(content)).toEqual(first)
    expect(await service.count('events')).toBe(events)
  })

  test('people of a parcel with a receipt can still be read by who may', async () => {
    const officer = service.by({})
    const found = (await (await officer.get('/parcels?identifier=LZ000000255CN')).json()) as {
      parcels: { parcel: number }[]
    }
    const looked = await officer.post(`/parcels/${found.parcels[0]?.parcel}/people`, { purpose: 'asking the sender' })
    expect([looked.status, await looked.text()]).toEqual([200, expect.stringContaining('Invented Sender')])
  })

  test('one that is forged, altered, expired, of another day or unknown is refused, in the case and in words', async () => {
    const good = await receiptOn('2026-11-24')
    const [header = '', payload = '', signature = ''] = good.jws.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object
    const altered = Buffer.from(JSON.stringify({ ...claims, expires: '2099-01-01' })).toString('base64url')
    const flipped = Buffer.from(signature, 'base64url').map((byte, at) => (at === 5 ? byte ^ 1 : byte))
    const old = await receiptOn('2026-06-01')
    await checks.rotate(9)
    const foreign = await receiptOn('2026-11-24')
    await checks.rotate(1)
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    const cases: readonly (readonly [string, string, RegExp])[] = [
      [`${header}.${altered}.${signature}`, 'signature', /forged or altered/],
      [`${header}.${payload}.${Buffer.from(flipped).toString('base64url')}`, 'signature', /forged or altered/],
      [`${unsigned}.${payload}.`, 'algorithm', /not signed as receipts are/],
      [old.id, 'expired', /time is over/],
      [old.jws, 'expired', /time is over/],
      ['no receipt at all', 'malformed', /no receipt that can be read/],
    ]
    const alone = await say(parcel('LZ000000269CN'))
    for (const [at, [receipt, why, sentence]] of cases.entries()) {
      const name = `REFUSED-${at}`
      const answer = await say({ ...parcel(''), ids: { trackingNumber: name }, receipt })
      expect([refusedIn(answer).length, refusedIn(answer)[0]]).toEqual([1, expect.stringMatching(sentence)])
      expect([answer.proposal, factsOf(answer)]).toEqual([alone.proposal, factsOf(alone)])
      expect((await claimOf(name)).body).toMatchObject({ honoured: false, differs: [why] })
    }
    // A key that was rotated stays known while receipts of it hold.
    const rotated = await say(parcel('LZ000000272CN', { receipt: foreign.jws }))
    expect(refusedIn(rotated)).toEqual([])
    await service.store.db.deleteFrom('receipts').where('id', '=', foreign.id).execute()
    expect(refusedIn(await say(parcel('LZ000000286CN', { receipt: foreign.id })))[0]).toMatch(/no such receipt/)
  })

  test('one for other goods, another origin or another destination says in what it differs and answers nothing', async () => {
    const { id } = await receiptOn('2026-11-24')
    const differing: readonly (readonly [object, string])[] = [
      [parcel('', {}, { originCountry: 'NL' }), 'origin'],
      [parcel('', {}, { description: 'fresh apples 2 kg', pieces: 10 }), 'goods'],
      [parcel('', { route: { dispatchCountry: 'CN', destinationCountry: 'US' } }), 'destination'],
    ]
    for (const [at, [content, where]] of differing.entries()) {
      const without = await say({ ...content, ids: { trackingNumber: `PLAIN-${at}` } })
      const claiming = await say({ ...content, ids: { trackingNumber: `DIFFERS-${at}` }, receipt: id })
      expect((await claimOf(`DIFFERS-${at}`)).body).toMatchObject({ honoured: false })
      expect((await claimOf(`DIFFERS-${at}`)).body.differs).toContain(where)
      expect([claiming.proposal, factsOf(claiming)]).toEqual([without.proposal, factsOf(without)])
    }
  })

  test('among many records, the ones that claim a receipt are answered in their place', async () => {
    const { id } = await receiptOn('2026-11-24', orchid)
    const ids = ['ROW-0', 'ROW-1', 'ROW-2', 'ROW-1', 'ROW-4']
    const rows = ids.map((trackingNumber, at) => ({
      ...orchids(trackingNumber),
      ...(at % 2 === 1 ? { receipt: id } : {}),
    }))
    const response = await service.post('/parcels', rows)
    const answers = (await response.json()) as (Decided & { line: number })[]
    expect(answers.map(({ parcel }) => parcel.id)).toEqual(ids)
    expect(answers.map((one) => factsOf(one).includes('article'))).toEqual([true, false, true, false, true])
    expect(answers[3]?.decision).toBe(answers[1]?.decision)
  })
})
