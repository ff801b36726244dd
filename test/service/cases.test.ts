import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { newService, type TestService } from './service.fixture.ts'

interface Row {
  readonly parcel: number
  readonly identifier: string
  readonly status: string
  readonly destination: string
}
interface Told {
  readonly lastSeq: number
  readonly status: string
  readonly events: readonly { readonly seq: number; readonly kind: string; readonly actor: string }[]
  readonly certificates: readonly { readonly highest: { readonly step: string; readonly holds: boolean } | null }[]
  readonly decided: { readonly act: string; readonly decision: number } | null
}
const jsonOf = async <T>(response: Response, status = 200): Promise<T> => {
  const text = await response.text()
  expect({ status: response.status, text: response.status === status ? '' : text }).toEqual({ status, text: '' })
  return JSON.parse(text) as T
}
const seeds = (s10: string, destinationCountry = 'FR', more: object = {}) => ({
  ids: { s10 },
  stage: 'arrived',
  route: { dispatchCountry: 'CN', destinationCountry },
  lines: [{ description: 'Tomato seeds, 50 pieces', originCountry: 'CN' }],
  ...more,
})
const detain = { kind: 'decided', act: 'detain', reasons: 'papers are looked at' }

describe.each(storeKinds)('cases, kept in %s', (kind) => {
  let service: TestService
  let end: () => Promise<void>
  beforeAll(async () => {
    const made = await newStore(kind)
    service = await newService(made.store)
    end = async () => {
      await service.close()
      await made.end()
    }
  })
  afterAll(() => end())

  const anna = () => service.by({ actor: 'person:anna' })
  const bruno = () => service.by({ actor: 'person:bruno' })
  const say = async (content: object): Promise<number> => {
    const { decision } = await jsonOf<{ decision: number }>(await service.post('/parcels', content))
    const row = await service.store.db
      .selectFrom('decisions')
      .select('parcel')
      .where('seq', '=', decision)
      .executeTakeFirstOrThrow()
    return row.parcel
  }
  const caseOf = async (parcel: number): Promise<Told> => jsonOf(await anna().get(`/parcels/${parcel}`))

  test('a parcel that a dog found has a case before anybody told data, and data that come later join it', async () => {
    const s10 = 'LZ000000105CN'
    const opened = await jsonOf<Row>(
      await anna().post('/cases', { because: 'dog', identifier: s10, destination: 'FR' }),
      201,
    )
    expect(opened).toMatchObject({ identifier: s10, status: 'opened-without-data', destination: 'FR' })
    expect(await say(seeds(s10))).toBe(opened.parcel)
    const told = await caseOf(opened.parcel)
    expect(told.events.slice(0, 3).map((one) => one.kind)).toEqual(['opened-without-data', 'received', 'proposed'])
    expect(told.status).not.toBe('opened-without-data')
    const found = await jsonOf<{ parcels: Row[] }>(await anna().get(`/parcels?identifier=${s10}`))
    expect(found.parcels.map(({ parcel }) => parcel)).toEqual([opened.parcel])
    expect((await verifyChain(service.store.db, 'main')).broken).toBeNull()
  })

  test('data that tell no destination leave the case where the officer opened it', async () => {
    const opened = await jsonOf<Row>(
      await anna().post('/cases', { because: 'x-ray', identifier: 'TRACK-77A', destination: 'XI' }),
      201,
    )
    const { ids: _, route: __, ...goods } = seeds('')
    expect(await say({ ...goods, ids: { trackingNumber: 'track-77a' } })).toBe(opened.parcel)
    const xi = service.by({ places: ['XI'] })
    expect(await jsonOf<Row>(await xi.get(`/parcels/${opened.parcel}`))).toMatchObject({ destination: 'XI' })
  })

  test('a parcel without a label gets a name to write on it, by which data join', async () => {
    const { parcel, identifier } = await jsonOf<Row>(
      await anna().post('/cases', { because: 'damaged', destination: 'FR' }),
      201,
    )
    expect(identifier).toMatch(/^CASE-[0-9A-F]{12}$/)
    expect(await say({ ...seeds(''), ids: { trackingNumber: identifier } })).toBe(parcel)
  })

  test('of two who open a case by one label at once, the second is told the case', async () => {
    const opening = { because: 'x-ray', identifier: 'LZ000000119CN', destination: 'FR' }
    const answers = await Promise.all([anna().post('/cases', opening), bruno().post('/cases', opening)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const [first, second] = answers.toSorted((one, other) => one.status - other.status) as [Response, Response]
    const { parcel } = (await first.json()) as Row
    expect(await second.json()).toMatchObject({ why: 'opened-already', parcel })
    const elsewhere = service.by({ places: ['XI'] })
    const hidden = await elsewhere.post('/cases', { ...opening, destination: 'XI' })
    expect([hidden.status, ((await hidden.json()) as { parcel: unknown }).parcel]).toEqual([409, null])
    expect((await elsewhere.post('/cases', { ...opening, identifier: 'NEW-1' })).status).toBe(403)
    expect((await anna().post('/cases', { ...opening, destination: 'Narnia' })).status).toBe(400)
  })

  test('nothing can be answered about a parcel of which nothing was said', async () => {
    const { parcel } = await jsonOf<Row>(await anna().post('/cases', { because: 'other', destination: 'FR' }), 201)
    const answers = { as: 'seller', answers: [{ item: 1, fact: 'origin', value: 'NL' }] }
    const refused = await anna().post(`/parcels/${parcel}/answers`, answers)
    expect([refused.status, await refused.json()]).toMatchObject([409, { why: 'no-message' }])
    await jsonOf(await anna().post(`/parcels/${parcel}/events`, detain))
    expect((await caseOf(parcel)).decided?.act).toBe('detain')
  })

  test('who decides on a case that changed since it was read is told what stands now', async () => {
    const parcel = await say(seeds('LZ000000122CN'))
    const { lastSeq } = await caseOf(parcel)
    await jsonOf(await anna().post(`/parcels/${parcel}/events`, { ...detain, expect: lastSeq }))
    const treat = { kind: 'decided', act: 'treat', reasons: 'soil', expect: lastSeq }
    const refused = await bruno().post(`/parcels/${parcel}/events`, treat)
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { why: 'changed-since', stands: { status: 'to-carry-out', decided: { act: 'detain', actor: 'person:anna' } } },
    ])
    const now = await caseOf(parcel)
    expect(now.decided?.act).toBe('detain')
    await jsonOf(await bruno().post(`/parcels/${parcel}/events`, { kind: 'note', text: 'seen' }))
    await jsonOf(await bruno().post(`/parcels/${parcel}/events`, { ...treat, expect: now.lastSeq }))
    expect((await caseOf(parcel)).decided?.act).toBe('treat')
  })

  test('of many who decide at once, each is told or refused, and one decision stands at a time', async () => {
    const parcel = await say(seeds('LZ000000136CN'))
    const { lastSeq } = await caseOf(parcel)
    const answers = await Promise.all(
      ['anna', 'bruno', 'carla', 'dora'].map((name) =>
        service.by({ actor: `person:${name}` }).post(`/parcels/${parcel}/events`, { ...detain, expect: lastSeq }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const { events } = await caseOf(parcel)
    expect(events.filter((one) => one.kind === 'decided')).toHaveLength(1)
  })

  test('a decision is taken back until it is carried out', async () => {
    const parcel = await say(seeds('LZ000000140CN'))
    const path = `/parcels/${parcel}/events`
    const first = await jsonOf<{ seq: number }>(await anna().post(path, detain))
    await jsonOf(await anna().post(path, { kind: 'decision-undone', decision: first.seq, reasons: 'wrong parcel' }))
    expect((await caseOf(parcel)).decided).toBeNull()
    const second = await jsonOf<{ seq: number }>(await anna().post(path, detain))
    await jsonOf(await anna().post(path, { kind: 'carried-out', decision: second.seq, how: 'in the store room' }))
    const late = await anna().post(path, { kind: 'decision-undone', decision: second.seq, reasons: 'too late' })
    expect([late.status, await late.json()]).toMatchObject([409, { why: 'decision-carried-out' }])
  })

  test('what happened is read on page by page, and partners are shown nothing of what officers do among themselves', async () => {
    const parcel = await say(seeds('LZ000000153CN'))
    await jsonOf(await anna().post(`/parcels/${parcel}/events`, { kind: 'note', text: 'smells of soil' }))
    const kinds: string[] = []
    let next = 0
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await jsonOf<Told & { next: number }>(
        await anna().get(`/parcels/${parcel}/events?after=${next}&limit=1`),
      )
      if (page.events.length === 0) break
      expect(page.events).toHaveLength(1)
      kinds.push(page.events[0]?.kind ?? '')
      next = page.next
    }
    expect(kinds).toEqual((await caseOf(parcel)).events.map((one) => one.kind))
    expect(kinds).toContain('note')
    const own = await jsonOf<Told>(await service.as('post').get(`/parcels/${parcel}/events`))
    expect(own.events.map((one) => one.kind)).not.toContain('note')
    expect((await service.as('stranger').get(`/parcels/${parcel}/events`)).status).toBe(404)
  })

  test('a certificate that is claimed without a number climbs from seen to agreeing by a person, and none that nobody claimed does', async () => {
    const documents = [{ kind: 'phytosanitary-certificate' }]
    const parcel = await say(seeds('LZ000000167CN', 'FR', { documents }))
    const path = `/parcels/${parcel}/events`
    const certificate = { paper: 'phytosanitary-certificate', number: null, issuer: null, issued: null, item: null }
    const [claimed] = (await caseOf(parcel)).certificates
    expect(claimed?.highest?.step).toBe('claimed')
    for (const step of ['original-seen', 'goods-agree']) {
      await jsonOf(await anna().post(path, { kind: 'certificate-step', certificate, step, holds: true, why: null }))
      const [climbed] = (await caseOf(parcel)).certificates
      expect(climbed?.highest).toMatchObject({ step, holds: true })
    }
    const permit = { ...certificate, paper: 'import-permit', number: 'IP 1' }
    const unclaimed = { kind: 'certificate-step', certificate: permit, step: 'original-seen', holds: true, why: null }
    const refused = await anna().post(path, unclaimed)
    expect([refused.status, await refused.json()]).toMatchObject([409, { why: 'certificate-not-claimed' }])
  })

  test('codes of partners are kept as they came, and nothing that is told of the parcel orders anybody anything', async () => {
    const codes = [
      { system: 'ICS2', code: 'RFS' },
      { system: 'EMSEVT', code: 'EME' },
    ]
    const parcel = await say(seeds('LZ000000175CN', 'FR', { codes }))
    const { events } = await caseOf(parcel)
    expect(events.filter((one) => one.kind === 'partner-code-read')).toHaveLength(2)
    const decisions = await (await anna().get('/decisions?limit=1000')).text()
    expect(decisions).not.toMatch(/"(RFS|DNL)"/)
  })
})

describe.each(storeKinds)('who is limited to places, with a store in %s', (kind) => {
  let service: TestService
  let end: () => Promise<void>
  beforeAll(async () => {
    const made = await newStore(kind)
    service = await newService(made.store)
    end = async () => {
      await service.close()
      await made.end()
    }
  })
  afterAll(() => end())

  test('sees what goes there by every way, reads decisions without a gap or twice, and no more', async () => {
    const going = ['FR', 'XI', 'XI', 'FR', 'FR', 'XI', 'FR', 'FR', 'FR', 'XI', 'XI', 'FR']
    const to = new Map<number, string>()
    for (const [at, destination] of going.entries()) {
      const content = { ...seeds('', destination), ids: { trackingNumber: `PLACE-${at}` } }
      const { decision } = await jsonOf<{ decision: number }>(await service.post('/parcels', content))
      to.set(decision, destination)
    }
    for (const place of ['XI', 'FR']) {
      const officer = service.by({ places: [place], actor: `person:${place}` })
      const own = [...to].filter(([, destination]) => destination === place).map(([decision]) => decision)
      for (const limit of [1, 2, 3, 100]) {
        const read: number[] = []
        let after = ''
        for (let pages = 0; pages < 40; pages += 1) {
          const page = await jsonOf<{ decisions: { decision: number }[]; next: string }>(
            await officer.get(`/decisions?limit=${limit}${after === '' ? '' : `&after=${after}`}`),
          )
          read.push(...page.decisions.map(({ decision }) => decision))
          if (page.next === after) break
          after = page.next
        }
        expect(read).toEqual(own)
      }
      const { parcels } = await jsonOf<{ parcels: Row[] }>(await officer.get('/parcels?limit=100'))
      expect(parcels.map(({ destination }) => destination)).toEqual(own.map(() => place))
      const all = await jsonOf<{ parcels: Row[] }>(await service.by({}).get('/parcels?limit=100'))
      for (const { parcel, destination, identifier } of all.parcels) {
        const isOwn = destination === place
        expect((await officer.get(`/parcels/${parcel}`)).status).toBe(isOwn ? 200 : 404)
        expect((await officer.get(`/parcels/${parcel}/events`)).status).toBe(isOwn ? 200 : 404)
        const found = await jsonOf<{ parcels: Row[] }>(await officer.get(`/parcels?identifier=${identifier}`))
        expect(found.parcels).toHaveLength(isOwn ? 1 : 0)
        if (isOwn) continue
        const answers = { as: 'seller', answers: [{ item: 1, fact: 'origin', value: 'NL' }] }
        for (const [path, body] of [
          ['answers', answers],
          ['events', detain],
          ['people', { purpose: 'asking' }],
        ] as const)
          expect((await officer.post(`/parcels/${parcel}/${path}`, body)).status).toBe(404)
      }
      expect((await officer.get('/scorecards')).status).toBe(403)
    }
    expect(await service.count('events')).toBeGreaterThan(0)
    const kinds = await service.store.db.selectFrom('events').select('kind').distinct().execute()
    expect(kinds.map((one) => one.kind)).not.toContain('decided')
  })
})
