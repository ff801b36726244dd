import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadKnowledge } from '../../knowledge/load.ts'
import { severity } from '../decide/policy.ts'
import { screener } from '../screen.ts'

const knowledge = loadKnowledge(path.resolve(import.meta.dirname, '../../../dist/knowledge'))
const defaults = { destination: 'FR', dispatch: 'CN', origin: 'CN', by: null }
const options = { on: '2026-11-24', defaults, engine: '' }
const screening = screener(knowledge, options)
const trusting = screener({ ...knowledge, norms: {} }, options)

interface Declared {
  readonly hs?: string | null
  readonly grams?: number | null
  readonly pieces?: number | null
  readonly value?: { readonly amount: number; readonly currency: string } | null
}

function record(description: string, { hs = null, grams = null, pieces = null, value = null }: Declared) {
  const netWeightKg = grams === null ? null : grams / 1000
  return { line: 1, value: { lines: [{ description, hs, netWeightKg, quantity: pieces, value }] } }
}

function decide(description: string, declared: Declared) {
  const decision = screening.decide(record(description, declared))
  const { reasons } = screening.answer(decision)
  return {
    proposal: decision.proposal,
    articles: decision.items[0]?.finding.things[0]?.articles ?? [],
    kinds: decision.reasons.map(({ kind }) => kind),
    sentences: reasons.map(({ sentence }) => sentence),
  }
}

describe('goods that are too light', () => {
  it('are asked about, with both numbers', () => {
    const found = decide('winter boots', { hs: '640399', grams: 6, pieces: 1 })
    expect(found.proposal).toBe('ask')
    expect(found.sentences).toContain('6 g for 1 pc. is too light for boots: one weighs at least 20 g.')
    expect(decide('mobile phone', { grams: 2 }).kinds).toContain('too-light')
    expect(decide('cotton t-shirt', { grams: 5 }).kinds).toContain('too-light')
    expect(decide('手机', { grams: 2 }).kinds).toContain('too-light')
    expect(decide('machine', { grams: 3 }).kinds).toContain('too-light')
    expect(decide('various', { hs: '640399', grams: 3 }).proposal).toBe('ask')
  })

  it('are told by the weight of one piece', () => {
    expect(decide('cotton t-shirt', { grams: 100, pieces: 20 }).kinds).toContain('too-light')
    expect(decide('cotton t-shirt', { grams: 100, pieces: 1 }).kinds).not.toContain('too-light')
  })

  it('are not told where nothing was weighed, where the norm says nothing, or where it is less than the goods', () => {
    const harmless: readonly (readonly [string, Declared])[] = [
      ['mobile phone', { grams: 0 }],
      ['mobile phone', {}],
      ['phone case for mobile phone', { grams: 2 }],
      ['dollhouse chair miniature', { grams: 2 }],
      ['手机壳', { grams: 2 }],
      ['shoe laces', { grams: 6, hs: '640690' }],
      ['ring', { grams: 2, value: { amount: 1, currency: 'USD' } }],
      ['watch', { grams: 30, value: { amount: 4, currency: 'XXX' } }],
    ]
    for (const [description, declared] of harmless)
      for (const kind of ['too-light', 'too-heavy', 'too-cheap'])
        expect(decide(description, declared).kinds, description).not.toContain(kind)
  })
})

it('goods of next to no value are asked about, in the currency declared', () => {
  const found = decide('wristwatch', { grams: 60, pieces: 2, value: { amount: 0.2, currency: 'USD' } })
  expect(found.proposal).toBe('ask')
  expect(found.sentences).toContain(
    '0.1 USD for one is next to nothing for a watch: at least about 0.3 EUR is to be expected.',
  )
  expect(decide('wristwatch', { value: { amount: 0, currency: 'USD' } }).proposal).toBe('no-objection')
})

it('goods that are too heavy are asked about', () => {
  expect(decide('lipstick red', { grams: 9000, pieces: 1 }).kinds).toContain('too-heavy')
})

it('many small pieces without a word that is known are a little more likely seeds', () => {
  const seeds = (declared: Declared): number =>
    decide('50 pcs', declared).articles.find(({ article }) => article === 'seeds')?.probability ?? 0
  expect(seeds({ grams: 5 })).toBeGreaterThan(seeds({ grams: 5000 }))
  expect(seeds({ grams: 5 })).toBeLessThan(0.15)
  expect(decide('50 pcs', { grams: 5 }).proposal).toBe('ask')
})

it('a weight or a value that does not fit never makes an answer milder, and touches no plant', () => {
  const description = fc.constantFrom(
    'tomato seeds 50 pcs',
    'monstera',
    'boots',
    'wool jacket with rose print',
    'mobile phone',
    'phone case',
    'silver earrings',
    'rose',
    'live plant in pot',
    'watch',
    'gift',
    '50 pcs',
    'seeds',
    'oak chair',
    'camera and tulip bulbs',
    'machine',
    '手机',
    'olive',
  )
  const declared = fc.record({
    hs: fc.constantFrom(null, '640399', '120991', '711719', '851713', '060290', '910211'),
    grams: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e6, noNaN: true })),
    pieces: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 1000 })),
    value: fc.oneof(
      fc.constant(null),
      fc.record({
        amount: fc.double({ min: 0, max: 100, noNaN: true }),
        currency: fc.constantFrom('EUR', 'USD', 'CNY', '__proto__'),
      }),
    ),
  })
  fc.assert(
    fc.property(description, declared, (text, line) => {
      const [one, other] = [screening, trusting].map((each) => each.decide(record(text, line)))
      if (one === undefined || other === undefined) throw new Error('nothing decided')
      expect(severity(knowledge.policy, one.proposal)).toBeGreaterThanOrEqual(
        severity(knowledge.policy, other.proposal),
      )
      const [first] = other.items[0]?.finding.things[0]?.articles ?? []
      if (first?.article !== 'none' && first?.article !== 'unclear')
        expect(one.items[0]?.finding.things).toEqual(other.items[0]?.finding.things)
      for (const { articles } of one.items[0]?.finding.things ?? [])
        expect(articles.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1.0000001)
    }),
    { numRuns: 400 },
  )
})
