import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checked,
  desk,
  digest,
  knowledge,
  type Offer,
  receiptDesk,
  receiptFor,
  screen,
  terms,
} from '../../../test/checks/checks.fixture.ts'
import { noDefaults } from '../read/read.ts'
import { screener } from '../screen.ts'
import { type ReceiptClaims, receiptOf } from './receipt.ts'
import { compareWithParcel, differenceSentences, type ReceiptComparison } from './receipt-compare.ts'
import { lawDigests } from './receipt-law.ts'

const offer: Offer = {
  title: 'Tomato seeds, 50 pcs',
  goods: { article: 'seeds', taxon: 'Solanum lycopersicum' },
  hs: '12099180',
  originCountry: 'CN',
  shipsFrom: 'CN',
  pieces: 50,
  grams: 5,
  destinations: ['FR', 'JP'],
}
const claims = receiptFor(offer)

interface Told {
  readonly description: string
  readonly hs?: string | null
  readonly originCountry?: string
  readonly quantity?: number
  readonly netWeightKg?: number
  readonly dispatch?: string
  readonly to?: string
  readonly documents?: readonly object[]
}

const declared: Told = {
  description: 'tomato seeds',
  hs: '120991',
  originCountry: 'CN',
  quantity: 50,
  netWeightKg: 0.005,
  dispatch: 'CN',
  to: 'FR',
}

const decisionOn = ({ dispatch, to, documents, ...line }: Told) =>
  screen.decide({
    line: 1,
    value: {
      stage: 'arrived',
      ids: { s10: 'LB123456785CN' },
      route: { dispatchCountry: dispatch, destinationCountry: to },
      documents,
      lines: [line],
    },
  })

function compared(told: Told, receipt: ReceiptClaims = claims, on = '2026-12-01'): ReceiptComparison {
  const comparison = compareWithParcel(receipt, { decision: decisionOn(told), on }, receiptDesk)
  if (comparison === null) throw new Error('nothing is declared')
  return comparison
}

const differences = (comparison: ReceiptComparison): string[] => comparison.differs.map((one) => one.in)

describe('a receipt', () => {
  it('says what was asked and what each law answered, and never exempts from the random draw', () => {
    expect(claims).toMatchObject({
      goods: [{ article: 'seeds', taxa: ['Solanum lycopersicum'] }],
      hs6: '120991',
      origin: 'CN',
      dispatch: 'CN',
      destinations: [
        { place: 'FR', verdict: 'conditions' },
        { place: 'JP', verdict: 'conditions' },
      ],
      edition: knowledge.edition,
      issued: desk.on,
      exempt: 'never',
    })
    expect(claims.destinations[0]?.rules).toContain('eu/annex-xi-a-9')
    expect(JSON.stringify(claims)).not.toContain('Tomato')
  })

  it('is not given where the goods were not clear', () => {
    expect(receiptOf(checked({ title: 'orchid', destinations: ['FR'] }), terms, receiptDesk)).toBeNull()
  })
})

describe('at the border a receipt', () => {
  it('is honoured when goods, origin, destination, rules and dates agree', () => {
    expect(compared(declared)).toMatchObject({ honoured: true, verdict: 'conditions', differs: [], exempt: 'never' })
  })

  it('saves the questions that it answers', () => {
    const plants = receiptFor({
      title: 'Dendrobium nobile, rooted plants',
      goods: { article: 'plants-for-planting', taxon: 'Dendrobium nobile' },
      originCountry: 'TH',
      shipsFrom: 'TH',
      destinations: ['FR'],
    })
    const told = { description: 'orchid', to: 'FR', dispatch: 'TH' }
    const asked = decisionOn(told).questions.map(({ fact }) => fact)
    expect(asked).toContain('article')
    const { honoured, answers } = compared(told, plants)
    expect(honoured).toBe(true)
    expect(answers).toContainEqual({ item: 1, fact: 'article', value: 'plants-for-planting' })
  })

  it('speaks for no paper: a certificate that is asked for stays asked for', () => {
    expect(decisionOn(declared).questions.map(({ fact }) => fact)).toContain('certificate')
    expect(compared(declared).answers.map(({ fact }) => fact)).not.toContain('certificate')
  })

  it('knows the title that was checked, whatever its order and signs', () => {
    expect(compared({ ...declared, description: 'Tomato seeds 50 PCS' }).sameTitle).toBe(true)
    expect(compared({ ...declared, description: 'tomato seeds' }).sameTitle).toBe(false)
  })

  const changes: readonly (readonly [string, Partial<Told>])[] = [
    ['goods', { description: 'tomato plants rooted' }],
    ['goods', { description: 'gift', hs: null }],
    ['goods', { description: 'rose gold ring' }],
    ['plant', { description: 'Capsicum annuum seeds' }],
    ['hs', { hs: '060240' }],
    ['pieces', { quantity: 500 }],
    ['grams', { netWeightKg: 0.05 }],
    ['origin', { originCountry: 'TH' }],
    ['dispatch', { dispatch: 'NL' }],
    ['destination', { to: 'US' }],
  ]
  it.each(changes)('says that it differs in %s: %j', (where, change) => {
    const comparison = compared({ ...declared, ...change })
    expect(comparison.honoured).toBe(false)
    expect(differences(comparison)).toContain(where)
    expect(comparison.answers).toEqual([])
    for (const sentence of differenceSentences(comparison, knowledge.words))
      expect(sentence).not.toMatch(/^receipt\.|\{|@/)
  })

  it('is of its days only', () => {
    expect(differences(compared(declared, claims, '2026-11-23'))).toEqual(['not-yet'])
    expect(differences(compared(declared, claims, claims.expires))).toEqual([])
    expect(differences(compared(declared, claims, '2027-02-23'))).toEqual(['expired'])
  })

  it('tells any change of its own goods, origin, destination or last day', () => {
    const field = fc.constantFrom<Partial<ReceiptClaims>>(
      { goods: [{ article: 'plants-for-planting', taxa: ['Solanum lycopersicum'], part: null, use: null, state: {} }] },
      { goods: [{ article: 'seeds', taxa: ['Capsicum annuum'], part: null, use: null, state: {} }] },
      { goods: [] },
      { hs6: '070200' },
      { origin: null },
      { origin: 'TH' },
      { dispatch: 'US' },
      { destinations: [] },
      { destinations: [{ place: 'JP', verdict: 'conditions', rules: [], law: '' }] },
      { expires: '2026-11-30' },
      { issued: '2026-12-02' },
      { pieces: 10 },
      { grams: 1 },
    )
    fc.assert(
      fc.property(field, (change) => {
        const comparison = compared(declared, { ...claims, ...change })
        expect(comparison.honoured).toBe(false)
        expect(comparison.differs.length).toBeGreaterThan(0)
      }),
    )
  })

  it('for other goods answers nothing of a plant', () => {
    const ring = receiptFor({ title: 'rose gold ring', shipsFrom: 'CN', destinations: ['FR'] })
    expect(compared({ description: 'rose', dispatch: 'CN', to: 'FR' }, ring)).toMatchObject({
      honoured: false,
      answers: [],
    })
    expect(compared({ description: 'rose gold ring', dispatch: 'CN', to: 'FR' }, ring).honoured).toBe(true)
  })
})

describe('the rules of a receipt', () => {
  const other = '0000'
  const later = (packs: typeof knowledge.packs) => {
    const changed = { ...knowledge, edition: other, packs }
    const { court, decide } = screener(changed, { on: '2026-12-01', engine: 'test', defaults: noDefaults })
    const decision = decide({
      line: 1,
      value: { route: { dispatchCountry: 'CN', destinationCountry: 'FR' }, lines: [{ ...declared }] },
    })
    const law = lawDigests(court, digest)
    return compareWithParcel(claims, { decision, on: '2026-12-01' }, { court, edition: other, digest, law })
  }
  const withRule = (id: string, change: object) =>
    knowledge.packs.map((pack) => ({
      ...pack,
      requirements: pack.requirements.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }))

  it('agree in another edition while the law on such goods still says the same', () => {
    expect(later(knowledge.packs)?.differs).toEqual([])
    expect(later(withRule('eu/annex-vi-11', { title: 'Citrus, said otherwise' }))?.differs).toEqual([])
  })

  it('differ when a requirement that applied says something else', () => {
    expect(later(withRule('eu/annex-xi-a-9', { title: 'said otherwise' }))?.differs).toMatchObject([{ in: 'rules' }])
  })

  it('differ when a requirement on such goods came into force in between', () => {
    const before = withRule('eu/annex-xi-a-9', { from: '2026-11-30' })
    const court = screener({ ...knowledge, packs: before }, { on: desk.on, engine: 'test', defaults: noDefaults }).court
    const law = lawDigests(court, digest)
    const between = { after: '2026-11-24', upTo: '2026-12-01' }
    expect(law.changedBetween(claims.goods, court.placeOf('FR'), between)).toBe(true)
    expect(law.changedBetween(claims.goods, court.placeOf('FR'), { after: '2026-11-30', upTo: '2026-12-01' })).toBe(
      false,
    )
  })

  it('agree when numbers of taxa have moved: they are compared by name', () => {
    const moved = { ...receiptDesk.court, taxa: { ...receiptDesk.court.taxa } }
    const again = lawDigests(moved, digest)
    const place = moved.placeOf('FR')
    expect(again.digestOf(claims.goods, place)).toBe(claims.destinations[0]?.law)
  })
})
