import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Places } from '../parcel/places.ts'
import { type Merged, type Message, mergeMessages } from './merge.ts'
import { read } from './read.ts'

const codes = ['FR', 'CN', 'GB', 'XI', 'US', 'US-HI']
const places: Places = {
  codes,
  names: codes,
  partOf: [-1, -1, -1, -1, -1, 4],
  numberOf: { ...Object.fromEntries(codes.map((code, at) => [code, at] as const)), UK: 2 },
  zones: [{ country: 'GB', postcode: 'BT', zone: 'XI' }],
}
const merged = (...messages: Message[]): Merged => mergeMessages(messages, places)
/** Messages of one partner, one after another. */
const inTurn = (...contents: object[]): Merged =>
  merged(...contents.map((content, at) => ({ partner: 'post', at: String(at), content })))
const together = (contents: Readonly<Record<string, object>>): Merged =>
  merged(...Object.entries(contents).map(([partner, content]) => ({ partner, at: '1', content })))

describe('messages of one partner', () => {
  it('amend one another: what is told later stands, what is not told later stays', () => {
    const { content, disagreements } = inTurn(
      {
        stage: 'posted',
        route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
        lines: [{ description: 'seeds', hs: '1209' }],
      },
      { stage: 'arrived', route: { destinationCountry: 'GB', dispatchCountry: null }, lines: [{ hs: '120991' }] },
    )
    expect(content).toEqual({
      stage: 'arrived',
      route: { dispatchCountry: 'CN', destinationCountry: 'GB' },
      lines: [{ description: 'seeds', hs: '120991' }],
    })
    expect(disagreements).toEqual([])
  })

  it('amend in the order in which they were received, not in which they are given', () => {
    const later = { partner: 'post', at: '2026-11-24T09:00:01.000Z', content: { stage: 'arrived' } }
    const earlier = { partner: 'post', at: '2026-11-24T09:00:00.000Z', content: { stage: 'posted' } }
    expect(merged(later, earlier).content).toEqual({ stage: 'arrived' })
  })

  it('add up in pieces, and find the line that a piece speaks of', () => {
    const first = { lines: [{ description: 'tomato seeds' }, { description: 'phone case' }] }
    const lines = (piece: object): unknown => (inTurn(first, { lines: [piece] }).content as { lines: unknown }).lines
    expect(lines({ description: 'Phone Case', hs: '392690' })).toEqual([
      { description: 'tomato seeds' },
      { description: 'Phone Case', hs: '392690' },
    ])
    expect(lines({ index: 2, originCountry: 'CN' })).toEqual([
      { description: 'tomato seeds' },
      { description: 'phone case', index: 2, originCountry: 'CN' },
    ])
    expect(lines({ description: 'garden soil' })).toEqual([...first.lines, { description: 'garden soil' }])
  })

  it('let a paper keep its claim when its number comes later', () => {
    const kind = 'phytosanitary-certificate'
    const { content } = inTurn(
      { documents: [{ kind }] },
      { documents: [{ kind, number: 'TH-1', issuer: 'TH' }] },
      { stage: 'posted' },
    )
    expect(content).toMatchObject({ documents: [{ kind, number: 'TH-1', issuer: 'TH' }] })
  })

  it('never join the country of one party to the pseudonym of another', () => {
    const { content } = inTurn(
      { parties: { sender: { pseudonym: 'p1', country: 'CN', naturalPerson: true } } },
      { parties: { sender: { pseudonym: 'p2', country: null, naturalPerson: null } } },
    )
    expect(content).toEqual({ parties: { sender: { pseudonym: 'p2', country: null, naturalPerson: null } } })
  })

  it('make one line of goods that one message describes without lines', () => {
    expect(inTurn({ description: 'seeds', stage: 'posted' }, { lines: [{ hs: '1209' }] }).content).toEqual({
      stage: 'posted',
      lines: [{ description: 'seeds', hs: '1209' }],
    })
  })
})

describe('messages of several partners', () => {
  it('add up, and say who said what', () => {
    const { content, disagreements, saidBy } = together({
      post: { ids: { s10: 'CP204816355TH' }, route: { destinationCountry: 'UK' }, lines: [{ description: 'seeds' }] },
      market: {
        ids: { orderNumber: '7' },
        route: { destinationCountry: 'GB' },
        lines: [{ description: 'seeds', originCountry: 'CN' }],
      },
    })
    expect(disagreements).toEqual([])
    expect(content).toEqual({
      ids: { orderNumber: '7', s10: 'CP204816355TH' },
      route: { destinationCountry: 'GB' },
      lines: [{ description: 'seeds', originCountry: 'CN' }],
    })
    expect(saidBy).toMatchObject({
      'ids.s10': ['post'],
      'route.destinationCountry': ['market', 'post'],
      'lines[0].originCountry': ['market'],
      'lines[0].description': ['market', 'post'],
    })
  })

  it('disagree where they do, each with what it said', () => {
    const { disagreements, content } = together({
      post: { route: { destinationCountry: 'FR' }, lines: [{ description: 'seeds', netWeightKg: '1' }] },
      market: {
        route: { destinationCountry: 'GB' },
        lines: [{ description: 'seeds', netWeightKg: '0.5', weightBasis: 'unit' }],
      },
    })
    expect(disagreements).toEqual([
      {
        at: 'route.destinationCountry',
        said: [
          { partner: 'market', value: 'GB' },
          { partner: 'post', value: 'FR' },
        ],
      },
      {
        at: 'lines[0].netWeightKg',
        said: [
          { partner: 'market', value: '0.5' },
          { partner: 'post', value: '1' },
        ],
      },
      {
        at: 'lines[0].weightBasis',
        said: [
          { partner: 'market', value: 'unit' },
          { partner: 'post', value: 'line' },
        ],
      },
    ])
    const { views, disagreed } = read(content, 1, places)
    expect(views?.map(({ partner, parcel }) => [partner, parcel.route.destination])).toEqual([
      ['market', 'GB'],
      ['post', 'FR'],
    ])
    expect(disagreed?.map(({ fact, item }) => [fact, item])).toEqual([
      ['route.destinationCountry', null],
      ['netWeightKg', 1],
      ['weightBasis', 1],
    ])
  })

  it('do not disagree where one says the same more exactly, nor about how far the parcel is', () => {
    const { content, disagreements } = together({
      post: {
        stage: 'arrived',
        route: { destinationCountry: 'XI' },
        lines: [{ description: 'seeds', hs: '1209919000', quantity: { value: '12', unit: 'C62' } }],
      },
      market: {
        stage: 'ordered',
        route: { destinationCountry: 'GB' },
        lines: [{ description: ' seeds ', hs: '1209.91', quantity: 12 }],
      },
    })
    expect(disagreements).toEqual([])
    expect(content).toMatchObject({
      stage: 'arrived',
      route: { destinationCountry: 'XI' },
      lines: [{ hs: '1209919000' }],
    })
  })

  it('tell of two parties without telling who they are', () => {
    const party = (pseudonym: string) => ({
      parties: { sender: { pseudonym, country: 'CN' } },
      lines: [{ description: 'seeds' }],
    })
    const { content } = together({ post: party('p1'), market: party('p2') })
    const parcel = read(content, 1, places)
    expect(parcel.disagreed).toMatchObject([{ item: null, fact: 'parties.sender' }])
    expect(parcel.views).toBeUndefined()
  })

  it('match a line by its words, and the rest in order', () => {
    const { content } = together({
      market: { lines: [{ description: 'Monstera cutting' }, { description: 'pot' }] },
      post: {
        lines: [
          { description: 'pot', hs: '6914' },
          { description: 'gift', originCountry: 'TH' },
          { description: 'card' },
        ],
      },
    })
    expect(content).toMatchObject({
      lines: [
        { description: 'Monstera cutting', originCountry: 'TH' },
        { description: 'pot', hs: '6914' },
        { description: 'card' },
      ],
    })
  })

  it('keep what two partners pass on as the answer of the same seller, each with who passed it on', () => {
    const answer = (value: string) => ({ answers: [{ item: 1, fact: 'origin', value, by: 'seller' }] })
    const both = merged(
      { partner: 'market', at: '1', content: answer('NL') },
      { partner: 'post', at: '2', content: answer('CN') },
      { partner: 'post', at: '3', content: answer('BE') },
    )
    expect(both.content).toEqual({
      answers: [
        { item: 1, fact: 'origin', value: 'NL', by: 'seller', partner: 'market' },
        { item: 1, fact: 'origin', value: 'BE', by: 'seller', partner: 'post' },
      ],
    })
    const content = { ...(both.content as object), lines: [{ description: 'rose' }] }
    expect(read(content, 1, places).answers?.map(({ value }) => value)).toEqual(['NL', 'BE'])
  })

  it('let an answer speak of the line that it was given for, whatever number that line has later', () => {
    const answered = { answers: [{ item: 1, fact: 'article', value: 'none', by: 'seller' }] }
    const messages = [
      { partner: 'post', at: '1', content: { lines: [{ description: 'gift' }, { description: 'gift' }] } },
      { partner: 'post', at: '2', content: answered },
    ]
    const lines = [{ description: 'tomato seeds' }, { description: 'Gift' }, { description: 'gift' }]
    const more = merged(...messages, { partner: 'customs', at: '3', content: { lines } })
    expect(more.content).toMatchObject({ lines, answers: [{ item: 2, fact: 'article', value: 'none' }] })
    const other = { partner: 'post', at: '3', content: { lines: [{ description: 'seeds' }, { description: 'bulbs' }] } }
    const { answers, problems } = merged(...messages, other).content as Record<string, unknown[]>
    expect(answers).toEqual([])
    expect(problems).toEqual([{ kind: 'answer-outdated', at: 'answers', facts: { fact: '@fact.article' } }])
  })

  it('take an answer about a line as given of what any partner says that it is', () => {
    const content = merged(
      { partner: 'post', at: '1', content: { lines: [{ description: 'rose' }] } },
      { partner: 'post', at: '2', content: { answers: [{ item: 1, fact: 'origin', value: 'NL', by: 'seller' }] } },
      { partner: 'market', at: '3', content: { lines: [{ description: 'Rosa plant' }] } },
    ).content as { lines: unknown[]; answers: unknown[] }
    expect(content.lines).toHaveLength(1)
    expect(content.answers).toMatchObject([{ item: 1, value: 'NL' }])
  })

  it('leave out what is no object beside one that is', () => {
    expect(
      merged({ partner: 'a', at: '1', content: 7 }, { partner: 'b', at: '1', content: { stage: 'posted' } }).content,
    ).toEqual({ stage: 'posted' })
    expect(merged({ partner: 'a', at: '1', content: 7 }).content).toBe(7)
  })

  it('never throw, and give a content that can be read, whatever they hold', () => {
    const field = fc.constantFrom(
      'ids',
      'route',
      'lines',
      'documents',
      'description',
      'quantity',
      'parties',
      'sender',
      'answers',
      'disagreements',
      'codes',
      'at',
      'said',
      '__proto__',
    )
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('x', 1, null, true, 'lines[0].hs'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(field, tie('value'), { maxKeys: 4 }),
      ),
    })).value
    fc.assert(
      fc.property(tree, tree, tree, (a, b, c) => {
        const { content } = merged(
          { partner: 'a', at: '1', content: a },
          { partner: 'b', at: '1', content: b },
          { partner: 'b', at: '2', content: c },
        )
        expect(read(JSON.parse(JSON.stringify(content)), 1, places).line).toBe(1)
      }),
      { numRuns: 1000 },
    )
  })
})
