import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readScorecards } from '../../src/store/read-scorecards.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { newService, type TestService } from './service.fixture.ts'

const tomato = {
  ids: { s10: 'LZ843992075CN' },
  stage: 'posted',
  route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
  sender: { name: 'Sample Seed Shop', address: { lines: ['1 Invented Road'], city: 'Nowhere', country: 'CN' } },
  recipient: { name: 'Camille Exemple', address: { lines: ['1 rue de l’Exemple'], postcode: '00000', country: 'FR' } },
  lines: [{ description: 'tomato seeds 100 pcs', netWeightKg: '0.012', hs: '120991', originCountry: 'CN' }],
}

describe.each(storeKinds)('POST /parcels, kept in %s', (kind) => {
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

  test('one parcel is answered at once, in the contract of a screening, with the number of its decision', async () => {
    const answer = await service.post('/parcels', tomato)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      parcel: { id: 'LZ843992075CN', line: 1 },
      proposal: 'inspect',
      decision: expect.any(Number),
    })
  })

  test('the same again gives the same answer and stores nothing new', async () => {
    const first = await (await service.post('/parcels', tomato)).text()
    const before = await service.count('events')
    expect(await (await service.post('/parcels', tomato)).text()).toBe(first)
    expect(await service.count('events')).toBe(before)
  })

  test('nothing of the people stands in messages, decisions or events', async () => {
    const stored = JSON.stringify([
      await service.store.db.selectFrom('messages').select('content').execute(),
      await service.store.db.selectFrom('decisions').select('answer').execute(),
      await service.store.db.selectFrom('events').select('body').execute(),
    ])
    for (const personal of ['Sample Seed Shop', 'Invented Road', 'Camille', 'rue de'])
      expect(stored).not.toContain(personal)
    expect(await service.count('personal')).toBe(1)
  })

  test('a broken record in a list is named with its place, and the others go through', async () => {
    const body = `[${JSON.stringify({ ...tomato, ids: { s10: 'LZ000000011CN' } })},{"broken":},7]`
    const answers = (await (await service.postText('/parcels', body)).json()) as {
      problems: { kind: string }[]
      parcel: object
      decision?: number
    }[]
    expect(answers.map(({ decision }) => decision !== undefined)).toEqual([true, false, false])
    expect(answers[1]).toMatchObject({ parcel: { id: null, line: 2 }, problems: [{ kind: 'json-broken' }] })
    const [card] = await readScorecards(service.store.db, {
      tenant: 'main',
      partner: 'post',
      from: '2026-11-24',
      to: '2026-11-24',
    })
    expect(card).toMatchObject({ dispatch: 'CN', received: 2, unreadable: 0 })
    const cards = await service.store.db.selectFrom('scorecards').select(['dispatch', 'unreadable']).execute()
    expect(cards).toContainEqual({ dispatch: '', unreadable: 2 })
    expect(answers[2]).toMatchObject({ parcel: { line: 3 }, problems: [{ kind: 'record-not-an-object' }] })
  })

  test('a stream in NDJSON, packed or not, is answered line by line in its order', async () => {
    const file = readFileSync('knowledge/samples/consignments.ndjson')
    const lines = file.toString('utf8').trim().split('\n')
    for (const packed of [false, true]) {
      const headers = { 'content-type': 'application/x-ndjson', ...(packed ? { 'content-encoding': 'gzip' } : {}) }
      const answer = await service.send('/parcels', { body: packed ? gzipSync(file) : file, headers })
      expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
      const answers = (await answer.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { parcel: { line: number; id: string } })
      expect(answers.map(({ parcel }) => parcel.line)).toEqual(lines.map((_, at) => at + 1))
      expect(answers.map(({ parcel }) => parcel.id)).toEqual(lines.map(namedIn))
    }
  })

  test('names and texts of any letters are kept: signs that no text may hold, half letters, thousands of letters', async () => {
    const odd = ['\u0000A\u0001', 'B\ud800', 'C'.repeat(5000), "D' or 1=1; --", 'é🌱', '\u202eE', '__proto__']
    for (const [at, houseBill] of odd.entries()) {
      const record = { ids: { houseBill }, lines: [{ description: `\u0000 seeds \ud800 ${at}`, hs: '\u0000' }] }
      const first = await service.post('/parcels', record)
      expect([houseBill.slice(0, 9), first.status]).toEqual([houseBill.slice(0, 9), 200])
      const again = await service.post('/parcels', record)
      expect(await again.text()).toBe(await first.text())
    }
  })

  test('a body that is no gzip, too large, or of an unknown form is told as a problem with its cure', async () => {
    const gzip = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const broken = await service.send('/parcels', { body: Buffer.from('no gzip'), headers: gzip })
    expect([broken.status, await broken.json()]).toMatchObject([400, { type: '/problems#body-unreadable' }])
    const bomb = await service.send('/parcels', { body: gzipSync(Buffer.alloc(30_000_000, 32)), headers: gzip })
    expect(bomb.status).toBe(413)
    const stream = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }
    const spaces = await service.send('/parcels', { body: gzipSync(Buffer.alloc(80 << 20, 10)), headers: stream })
    expect(await spaces.text()).toMatch(/"type":"\/problems#body-too-large"/)
    const form = await service.send('/parcels', { body: Buffer.from('x'), headers: { 'content-type': 'text/plain' } })
    expect(form.status).toBe(415)
    const single = await service.postText('/parcels', '{"broken":')
    expect(single.status).toBe(422)
    expect(await single.json()).toMatchObject({ type: '/problems#parcel-unreadable', answer: { proposal: 'ask' } })
  })
})

/** What a sample is called by: its S10, else its house bill. */
function namedIn(line: string): string | null {
  const { ids } = (JSON.parse(line) as { parcel: { ids: { s10: string | null; houseBill: string | null } } }).parcel
  return ids.s10 ?? ids.houseBill
}

test('a partner that pauses in a stream gets the answers to what it sent so far', async () => {
  const { store, end } = await newStore('sqlite')
  const service = await newService(store)
  let sendMore = (): void => {}
  const more = new Promise<void>((done) => {
    sendMore = done
  })
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from(`${JSON.stringify(tomato)}\n{"ids":{"s10":"LZ0000`))
      await more
      controller.enqueue(Buffer.from('00011CN"},"lines":[{"description":"gift"}]}\n'))
      controller.close()
    },
  })
  const headers = { 'content-type': 'application/x-ndjson' }
  const answer = await service.api.request('/parcels', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  const lines = (answer.body as ReadableStream<Uint8Array>).getReader()
  const first = await lines.read()
  expect(Buffer.from(first.value as Uint8Array).toString()).toMatch(
    /^\{"parcel":\{"id":"LZ843992075CN","line":1\}.*\n$/,
  )
  sendMore()
  const second = await lines.read()
  expect(Buffer.from(second.value as Uint8Array).toString()).toMatch(/^\{"parcel":\{"id":"LZ000000011CN","line":2\}/)
  expect((await lines.read()).done).toBe(true)
  await service.close()
  await end()
})

describe.each(storeKinds)('what a partner may not learn or break, in %s', (kind) => {
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

  test('a partner reads its decisions also where papers and codes came with the parcel', async () => {
    const record = { ids: { houseBill: 'PLAIN' }, lines: [{ description: 'toy' }], codes: [{ system: 's', code: 'z' }] }
    const { decision } = (await (await service.as('courier').post('/parcels', record)).json()) as { decision: number }
    const read = (await (await service.as('courier').get('/decisions')).json()) as { decisions: { decision: number }[] }
    expect(read.decisions.map((one) => one.decision)).toEqual([decision])
  })

  test('who names a parcel of another partner is not told what that one wrote', async () => {
    const route = { dispatchCountry: 'CN', destinationCountry: 'FR' }
    const secret = { ids: { s10: 'RR843992071CN' }, route, lines: [{ description: 'tomato seeds SECRETWORD' }] }
    await service.as('post').post('/parcels', secret)
    const guess = { ids: { s10: 'RR843992071CN' }, route, lines: [{ description: 'plastic toy' }] }
    const answer = await (await service.as('marketplace').post('/parcels', guess)).text()
    expect(answer).toContain('sources-disagree')
    const { parcels } = (await (await service.as('marketplace').get('/parcels?identifier=RR843992071CN')).json()) as {
      parcels: { parcel: number }[]
    }
    const told = [
      answer,
      await (await service.as('marketplace').get(`/parcels/${parcels[0]?.parcel}`)).text(),
      await (await service.as('marketplace').get('/decisions')).text(),
      await (await service.as('marketplace').post('/parcels', guess)).text(),
    ]
    for (const text of told) expect(text).not.toContain('SECRETWORD')
    const officer = await (await service.by({ role: 'officer' }).get(`/parcels/${parcels[0]?.parcel}`)).text()
    expect(officer).toContain('SECRETWORD')
  })

  test('numbers that JSON does not keep apart name no parcel, and too many lines are no parcel', async () => {
    for (const [at, houseBill] of ['12345678901234567890', '12345678901234567891'].entries()) {
      const text = `{"ids":{"houseBill":${houseBill}},"lines":[{"description":"toy ${at}"}]}`
      const answer = (await (await service.postText('/parcels', text)).json()) as { parcel: object; problems: object[] }
      expect(answer).toMatchObject({ parcel: { id: null }, problems: [{ kind: 'identifier-not-exact' }] })
    }
    const lines = Array.from({ length: 2001 }, () => ({ description: 'tomato seeds' }))
    const many = await service.post('/parcels', { ids: { houseBill: 'MANY' }, lines })
    expect([many.status, await many.json()]).toMatchObject([
      422,
      { answer: { problems: [{ kind: 'lines-too-many' }] } },
    ])
  })

  test('an answer about no item, or to what nobody asks, is refused with its place', async () => {
    const { parcels } = (await (await service.as('post').get('/parcels')).json()) as { parcels: { parcel: number }[] }
    for (const given of [
      { item: 77, fact: 'origin', value: 'CN' },
      { item: 1, fact: '__proto__', value: 'x' },
    ]) {
      const body = { as: 'sender', answers: [given] }
      const answer = await service.as('post').post(`/parcels/${parcels[0]?.parcel}/answers`, body)
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { errors: [{ at: expect.stringContaining('answers[0]') }] },
      ])
    }
  })

  test('a cursor behind the end of the log is none that was given out', async () => {
    const after = Buffer.from('seq 9007199254740991').toString('base64url')
    expect((await service.as('post').get(`/decisions?after=${after}`)).status).toBe(400)
  })
})
