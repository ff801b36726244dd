import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '../../src/api/caller.ts'
import type { CheckAnswer } from '../../src/core/act/check-answer.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { type ChecksService, marketplace, newChecks } from './checks.fixture.ts'

interface Answered extends CheckAnswer {
  readonly receipt: { readonly id: string; readonly expires: string; readonly jws: string | null } | null
}

interface Verified {
  readonly holds: boolean
  readonly why?: string
  readonly comparison?: { readonly honoured: boolean; readonly differs: readonly { readonly in: string }[] }
}

const tomato = { id: 'T-1', title: 'tomato seeds 50 pcs', originCountry: 'CN', shipsFrom: 'CN', destinations: ['FR'] }
const officer: Caller = { ...marketplace, role: 'officer', partner: null, actor: 'person:officer' }

describe.each(storeKinds)('checks before the sale, kept in %s', (kind) => {
  let service: ChecksService
  let end: () => Promise<void>
  beforeAll(async () => {
    const made = await newStore(kind)
    service = await newChecks(made.store)
    end = async () => {
      await service.close()
      await made.end()
    }
  })
  afterAll(() => end())

  const check = async (body: unknown): Promise<Answered[]> => {
    const response = await service.post('/checks', body)
    expect(response.status).toBe(200)
    return (await response.json()) as Answered[]
  }
  const receiptOf = async (item: object): Promise<{ id: string; jws: string }> => {
    const [answer] = await check([item])
    const { id, jws } = answer?.receipt ?? {}
    if (id === undefined || !jws) throw new Error('no receipt was given')
    return { id, jws }
  }
  const verify = async (receipt: string, parcel?: object, as?: Caller): Promise<Verified & { status: number }> => {
    const response = await service.post('/receipts/verify', { receipt, parcel }, as)
    return { ...((await response.json()) as Verified), status: response.status }
  }

  test('one item is answered with the law, what to do next and a receipt', async () => {
    const response = await service.post('/checks', tomato)
    const answer = (await response.json()) as Answered
    expect(answer).toMatchObject({ item: 1, id: 'T-1', destinations: [{ destination: 'FR', verdict: 'conditions' }] })
    expect(answer.receipt?.id).toMatch(/^GL-/)
    expect(answer.receipt?.expires).toBe('2027-02-22')
  })

  test('a list is answered in order; a fault names the item and the field, and the others go on', async () => {
    const body = `[${JSON.stringify(tomato)},{"broken":},7,${JSON.stringify({ ...tomato, id: 'T-2', hs: 'x' })}]`
    const response = await service.send('/checks', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    const answers = (await response.json()) as Answered[]
    expect(answers.map(({ item }) => item)).toEqual([1, 2, 3, 4])
    expect(answers.map(({ problems }) => problems.map(({ kind, at }) => [kind, at]))).toEqual([
      [],
      [['json-broken', '']],
      expect.arrayContaining([['item-not-an-object', '']]),
      [['hs-not-digits', 'hs']],
    ])
    expect(answers.map(({ receipt }) => receipt !== null)).toEqual([true, false, false, true])
  })

  test('a thousand items in lines are answered in order, each with a receipt of its own', async () => {
    const lines = Array.from({ length: 1_000 }, (_, at) => JSON.stringify({ ...tomato, id: `T-${at}` })).join('\n')
    const response = await service.send('/checks', {
      method: 'POST',
      body: lines,
      headers: { 'content-type': 'application/x-ndjson' },
    })
    const answers = (await response.text()).trim().split('\n')
    const told = answers.map((line) => JSON.parse(line) as Answered)
    expect(told.map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, at) => `T-${at}`))
    expect(new Set(told.map(({ receipt }) => receipt?.id)).size).toBe(1_000)
    // Of so many, each is signed when it is read.
    expect(told.every(({ receipt }) => receipt?.jws === null)).toBe(true)
    const read = (await (await service.send(`/receipts/${told[999]?.receipt?.id}`, {})).json()) as { jws: string }
    expect((await verify(read.jws)).status).toBe(200)
  })

  test('more than ten thousand items are not taken at once', async () => {
    const response = await service.post('/checks', Array(10_001).fill({ title: 'x', destinations: [] }))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ type: '/problems#body-too-large' })
  })

  test('which goods are meant is asked without a receipt', async () => {
    const [answer] = await check([{ title: 'bonsai', goods: { article: 'none' }, destinations: ['FR'] }])
    expect(answer).toMatchObject({ receipt: null, destinations: [{ verdict: 'which-goods' }] })
  })

  test('a receipt verifies with nothing but the public keys of the service', async () => {
    const { jws, id } = await receiptOf(tomato)
    const jwks = (await (await service.send('/.well-known/jwks.json', {})).json()) as { keys: [] }
    const { payload } = await jwtVerify(jws, createLocalJWKSet(jwks), {
      issuer: 'https://greenlane.example',
      currentDate: new Date('2026-11-25T00:00:00Z'),
    })
    expect(payload).toMatchObject({ jti: id, exempt: 'never' })
  })

  test('a receipt is honoured for the parcel that it was given for, by its id or its signed form', async () => {
    const { id, jws } = await receiptOf(tomato)
    const parcel = {
      route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
      lines: [{ description: 'tomato seeds', originCountry: 'CN' }],
    }
    for (const receipt of [jws, id, id.toLowerCase().replaceAll('-', ' ')])
      expect(await verify(receipt, parcel)).toMatchObject({ status: 200, comparison: { honoured: true, differs: [] } })
    const rooted = { ...parcel, lines: [{ description: 'tomato plants rooted', originCountry: 'TH' }] }
    const { comparison } = await verify(jws, rooted)
    expect(comparison?.honoured).toBe(false)
    expect(comparison?.differs.map((one) => one.in)).toEqual(['goods', 'origin'])
  })

  test('a forged, an altered and an expired receipt are refused, each for its own reason', async () => {
    const { jws, id } = await receiptOf(tomato)
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const altered = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"CN"', '"NL"'))
    const forged = [header, altered.toString('base64url'), signature].join('.')
    expect(await verify(forged)).toMatchObject({ status: 422, type: '/problems#receipt-refused', why: 'signature' })
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await verify(`${none}.${payload}.`)).toMatchObject({ status: 422, why: 'algorithm' })
    expect(await verify('GL-0000-0000-0000-1')).toMatchObject({ status: 404 })
    service.setNow('2027-02-23T00:00:00Z')
    expect(await verify(jws)).toMatchObject({ status: 422, why: 'expired' })
    expect(await verify(id)).toMatchObject({ status: 422, why: 'expired' })
    service.setNow('2026-11-24T09:00:00Z')
  })

  test('receipts stay good when the key is rotated, until they expire', async () => {
    const before = await receiptOf(tomato)
    await service.rotate(9)
    const after = await receiptOf(tomato)
    expect(await verify(before.jws)).toMatchObject({ status: 200 })
    expect(await verify(after.jws)).toMatchObject({ status: 200 })
    const kids = async (): Promise<number> =>
      ((await (await service.send('/.well-known/jwks.json', {})).json()) as { keys: [] }).keys.length
    expect(await kids()).toBe(2)
    service.setNow('2027-02-23T00:00:00Z')
    expect(await kids()).toBe(1)
    service.setNow('2026-11-24T09:00:00Z')
  })

  test('a receipt is read by its own partner and by officers of the tenant, and by nobody else', async () => {
    const { id, jws } = await receiptOf(tomato)
    const read = async (as: Caller): Promise<number> => (await service.send(`/receipts/${id}`, {}, as)).status
    expect(await read(marketplace)).toBe(200)
    expect(await read(officer)).toBe(200)
    expect(await read({ ...marketplace, partner: 'another' })).toBe(404)
    expect(await read({ ...officer, tenant: 'elsewhere' })).toBe(404)
    const response = await service.send(`/receipts/${id}`, {}, officer)
    const told = (await response.json()) as { jws: string; claims: { id: string } }
    expect(told.claims.id).toBe(id)
    expect((await verify(told.jws)).status).toBe(200)
    expect(told.jws).toBe(jws)
  })

  test('an offer that was not clear is not other goods once its plant is gone from the words', async () => {
    const offer = { sku: 'LAMP-1', seller: 'Invented Lamps', destinations: ['FR'] }
    const wordings = ['orchid', 'orchid, pink', 'pink orchid rare', 'pink lamp']
    const verdicts: (string | undefined)[] = []
    for (const title of wordings) verdicts.push((await check([{ ...offer, title }]))[0]?.destinations[0]?.verdict)
    expect(verdicts).toEqual(['which-goods', 'which-goods', 'which-goods', 'which-goods'])
    const [fresh] = await check([{ ...offer, sku: 'LAMP-2', title: 'pink lamp' }])
    expect(fresh?.destinations[0]?.verdict).toBe('other-goods')
    expect(service.signals.at(-1)).toMatchObject({ wordings: 4, unclear: 3, passed: true })
    expect(JSON.stringify(service.signals)).not.toContain('Invented')
  })

  test('the body must be of a form that is read', async () => {
    const send = (body: string, type: string): Promise<Response> =>
      service.send('/checks', { method: 'POST', body, headers: { 'content-type': type } })
    expect((await send('a,b', 'text/csv')).status).toBe(415)
    expect((await send('', 'application/json')).status).toBe(400)
    expect(await (await send('[]', 'application/json')).json()).toEqual([])
  })
})
