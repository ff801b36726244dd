import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/core/act/answer.ts'
import { newStore, storeKinds } from '../store/stores.fixture.ts'
import { newService, type TestService } from './service.fixture.ts'

type Decided = Answer & { readonly decision: number }

interface CaseView {
  readonly messages: readonly { readonly partner: string; readonly content: { readonly answers?: unknown } }[]
  readonly questions: readonly { readonly fact: string; readonly state: string }[]
  readonly answer: Decided
}

const route = { dispatchCountry: 'CN', destinationCountry: 'FR' }
/** What the post knows of a parcel, and what the marketplace does. */
const posted = (s10: string, line: object = { description: 'gift', originCountry: 'NL' }) => ({
  ids: { s10 },
  stage: 'arrived',
  route,
  lines: [line],
})
const sold = (s10: string, line: object = { description: 'Monstera cutting', originCountry: 'CN' }) => ({
  ids: { s10, orderNumber: `order-${s10}` },
  route,
  lines: [line],
})

describe.each(storeKinds)('two partners about one parcel, kept in %s', (kind) => {
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

  const say = async (partner: string, content: object): Promise<Decided> => {
    const response = await service.as(partner).post('/parcels', content)
    expect(response.status).toBe(200)
    return (await response.json()) as Decided
  }
  const numberOf = async (s10: string): Promise<number> => {
    const response = await service.as('post').get(`/parcels?identifier=${s10}`)
    return ((await response.json()) as { parcels: { parcel: number }[] }).parcels[0]?.parcel ?? 0
  }
  const caseOf = async (partner: string, s10: string): Promise<CaseView> =>
    (await (await service.as(partner).get(`/parcels/${await numberOf(s10)}`)).json()) as CaseView
  const answer = async (partner: string, s10: string, ...answers: readonly object[]): Promise<Decided> => {
    const path = `/parcels/${await numberOf(s10)}/answers`
    const response = await service.as(partner).post(path, { as: 'seller', answers })
    expect(response.status).toBe(200)
    return (await response.json()) as Decided
  }
  const causeOf = async ({ decision }: Decided): Promise<string | undefined> =>
    (await service.store.db.selectFrom('decisions').select('cause').where('seq', '=', decision).executeTakeFirst())
      ?.cause
  const sentenceOf = ({ reasons }: Answer, kind: string): string | undefined =>
    reasons.find((one) => one.kind === kind)?.sentence
  /** All that an answer says but for what it is called by. */
  const saidIn = ({ parcel: _, decision: __, ...rest }: Decided): object => rest

  test('the description that tells something is decided on, and a disagreement names who said what', async () => {
    const s10 = 'LZ000000014CN'
    expect((await say('post', posted(s10))).questions.map(({ fact }) => fact)).toContain('description')
    const merged = await say('marketplace', sold(s10))
    const alone = await say('marketplace', sold('LZ000000028CN'))
    expect([merged.proposal, merged.items[0]?.article]).toEqual([alone.proposal, alone.items[0]?.article])
    expect(sentenceOf(merged, 'sources-disagree')).toContain('origin: marketplace «CN», post «NL»')
    expect(sentenceOf(merged, 'sources-vague')).toContain('«…» (post)')
    // Partners are not told each other's words; what is stored, and officers read, names them.
    const stored = await service.store.db
      .selectFrom('decisions')
      .select('answer')
      .where('seq', '=', merged.decision)
      .executeTakeFirstOrThrow()
    const told = sentenceOf(JSON.parse(stored.answer) as Answer, 'sources-vague')
    expect(told).toContain('«gift» (post)')
    expect(told).toContain('what marketplace says: «Monstera cutting»')
    expect(await causeOf(merged)).toBe('received')
  })

  test('each partner is shown its own messages only, and who said nothing is shown nothing', async () => {
    const s10 = 'LZ000000031CN'
    await say('post', posted(s10))
    await say('marketplace', sold(s10))
    for (const [partner, own, others] of [
      ['post', 'gift', 'Monstera'],
      ['marketplace', 'Monstera', 'gift'],
    ] as const) {
      const { messages } = await caseOf(partner, s10)
      expect(messages.map((message) => message.partner)).toEqual([partner])
      expect(JSON.stringify(messages)).toContain(own)
      expect(JSON.stringify(messages)).not.toContain(others)
    }
    expect((await service.as('courier').get(`/parcels/${await numberOf(s10)}`)).status).toBe(404)
  })

  test('the same again, from either of them, stores nothing and gives the answer that stands', async () => {
    const s10 = 'LZ000000045CN'
    await say('post', posted(s10))
    const stands = await say('marketplace', sold(s10))
    const before = await service.count('events')
    expect(await say('post', posted(s10))).toEqual(stands)
    expect(await say('marketplace', sold(s10))).toEqual(stands)
    expect(await service.count('events')).toBe(before)
  })

  test('what came in another order is decided on alike', async () => {
    const [first, second] = ['LZ000000059CN', 'LZ000000062CN'] as const
    await say('post', posted(first))
    const one = await say('marketplace', sold(first))
    await say('marketplace', sold(second))
    const other = await say('post', posted(second))
    expect(saidIn(other)).toEqual(saidIn(one))
  })

  test('a later message of the same partner amends what it said, and is stored beside it once', async () => {
    const s10 = 'LZ000000076CN'
    await say('post', posted(s10))
    await say('marketplace', sold(s10))
    const amendment = posted(s10, { description: 'gift', originCountry: 'CN' })
    const before = await service.count('messages')
    const response = await service.as('post').post('/parcels', [amendment, amendment])
    const [amended, again] = (await response.json()) as [Decided, Decided]
    expect(sentenceOf(amended, 'sources-disagree')).toBeUndefined()
    expect(await causeOf(amended)).toBe('amended')
    expect(again.decision).toBe(amended.decision)
    expect(await service.count('messages')).toBe(before + 1)
    expect((await caseOf('post', s10)).messages).toHaveLength(2)
  })

  test('pieces of several partners add up', async () => {
    const s10 = 'LZ000000080CN'
    await say('post', { ids: { s10 }, stage: 'arrived' })
    await say('customs', { ids: { s10 }, route })
    await say('marketplace', { ids: { s10 }, lines: [{ description: 'phone case' }] })
    // A number tells a further piece from an amendment of the first.
    await say('marketplace', { ids: { s10 }, lines: [{ index: 2, description: 'tomato seeds' }] })
    const merged = await say('customs', { ids: { s10 }, lines: [{ description: 'Tomato  seeds', hs: '120991' }] })
    const whole = await say('post', {
      ...posted('LZ000000093CN'),
      lines: [{ description: 'Tomato  seeds', hs: '120991' }, { description: 'phone case' }],
    })
    expect(saidIn(merged)).toEqual(saidIn(whole))
    expect(whole.items.map(({ article }) => article)).toEqual(['seeds', 'none'])
  })

  test('an answer decides again as its question promised, is told as a claim, and again stores nothing', async () => {
    const s10 = 'LZ000000102CN'
    const line = { description: 'rose', originCountry: 'CN' }
    const first = await say('post', posted(s10, line))
    const question = first.questions.find(({ fact }) => fact === 'article')
    const promised = question?.answers.find(({ value }) => value === 'none')
    expect(promised).toBeDefined()
    const given = { item: 1, fact: 'article', value: 'none' }
    const answered = await answer('post', s10, given)
    expect(answered.proposal).toBe(promised?.proposal)
    expect(sentenceOf(answered, 'answered')).toBe('seller says (what it is): other goods. It is a claim.')
    expect(await causeOf(answered)).toBe('answered')
    const { questions, messages } = await caseOf('post', s10)
    expect(questions.find(({ fact }) => fact === 'article')?.state).toBe('answered')
    expect(messages.at(-1)?.content.answers).toEqual([{ ...given, by: 'seller' }])
    const before = await service.count('events')
    expect((await answer('post', s10, given)).decision).toBe(answered.decision)
    expect((await say('post', posted(s10, line))).decision).toBe(answered.decision)
    expect(await service.count('events')).toBe(before)
  })

  test('answers that two partners pass on for one seller are both followed, and the stricter stands', async () => {
    const s10 = 'LZ000000116CN'
    const line = { description: 'rose', originCountry: 'CN' }
    await say('post', posted(s10, line))
    await say('marketplace', sold(s10, line))
    const strict = await answer('marketplace', s10, { item: 1, fact: 'article', value: 'plants-for-planting' })
    const both = await answer('post', s10, { item: 1, fact: 'article', value: 'none' })
    expect(strict.proposal).not.toBe('no-objection')
    expect(both.proposal).toBe(strict.proposal)
    expect(sentenceOf(both, 'answer-contradicts')).toBeDefined()
  })

  test('an answer never lets go other goods than those it was given for', async () => {
    const s10 = 'LZ000000147CN'
    await say('post', { ids: { s10 }, stage: 'arrived', route, lines: [{ description: 'gift' }] })
    const answered = await answer('post', s10, { item: 1, fact: 'description', value: 'none' })
    expect(answered.proposal).toBe('no-objection')
    const lines = [{ description: 'tomato seeds' }, { description: 'gift' }]
    const merged = await say('customs', { ids: { s10 }, lines })
    expect(merged.items.map(({ article }) => article)[0]).toBe('seeds')
    expect(merged.reasons.filter(({ kind }) => kind === 'answered')).toMatchObject([{ item: 2 }])
    expect(merged.proposal).toBe('inspect')
  })

  test('an answer about the way of the parcel reaches all its lines, whichever it was asked about', async () => {
    const s10 = 'LZ000000120CN'
    const lines = [{ description: 'tomato seeds' }, { description: 'potato tubers for planting' }]
    const sent = { ids: { s10 }, stage: 'arrived', lines }
    const unknown = { ...sent, route: { dispatchCountry: 'CN' } }
    const before = await say('post', unknown)
    expect(before.items.map(({ measures }) => measures.length)).toEqual([0, 0])
    const answered = await answer('post', s10, { item: 2, fact: 'destination', value: 'FR' })
    expect(answered.items.every(({ measures }) => measures.length > 0)).toBe(true)
    expect(answered.reasons.filter(({ kind }) => kind === 'answered')).toMatchObject([{ item: null }])
    const declared = await say('post', { ...sent, ids: { s10: 'LZ000000133CN' }, route })
    expect([answered.proposal, answered.items]).toEqual([declared.proposal, declared.items])
  })
})
