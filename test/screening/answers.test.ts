import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/decide/decide.ts'
import { severity } from '../../src/core/decide/policy.ts'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { reduce } from '../../src/core/read/reduce.ts'
import { screener } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { record, seeded } from '../bench/records.ts'

const home = path.resolve(import.meta.dirname, '../..')
const knowledge: Knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
const samples = readFileSync(path.join(home, 'knowledge', 'samples', 'consignments.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown)
const one = screener(knowledge, { on: '2026-11-24', engine: 'test', defaults: { ...noDefaults, destination: 'FR' } })
const contentOf = (raw: unknown) =>
  reduce(raw, knowledge.places, (text) => `p${text.length}`).content as { lines?: object[] }
const decided = (content: object, ...answers: object[]): Decision =>
  one.decide({ line: 1, value: { ...content, ...(answers.length === 0 ? {} : { answers }) } })
const rank = ({ proposal }: Decision): number => severity(knowledge.policy, proposal)
const kinds = ({ reasons }: Decision): string[] => reasons.map(({ kind }) => kind)
const parcel = (description: string, more: object = {}) => ({
  stage: 'arrived',
  route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
  lines: [{ description, ...more }],
})

describe('an answer to a question', () => {
  it('leads to what the question promised, for every question and every value of it', () => {
    const random = seeded(11)
    const made = Array.from({ length: 1500 }, (_, at) => JSON.parse(record(random, at)) as unknown)
    const contents = [...samples, ...made].map(contentOf)
    // Parcels of several items, some without the facts that hold for the whole.
    const pairs = contents.map((content, at) => ({
      ...content,
      ...(at % 3 === 0 ? { route: {}, ids: {} } : {}),
      lines: [content, contents[(at * 7) % contents.length]].flatMap((one) => one?.lines ?? []),
    }))
    let promises = 0
    for (const content of [...contents, ...pairs]) {
      const decision = decided(content)
      for (const { fact, item, answers } of one.answer(decision).questions)
        for (const { value, proposal } of answers) {
          promises += 1
          const answer = { item, fact, value, by: 'seller' }
          expect([answer, content, decided(content, answer).proposal]).toEqual([answer, content, proposal])
        }
    }
    expect(promises).toBeGreaterThan(300)
  }, 120_000)

  it('may name its value as words do, with the list it stands in', () => {
    const { questions } = decided(parcel('rose'))
    const words = questions.flatMap(({ item, fact, consequences }) =>
      consequences.flatMap(({ value: { kind, value }, proposal }) =>
        kind === 'word' ? [{ item, fact, value, proposal }] : [],
      ),
    )
    expect(words.length).toBeGreaterThan(1)
    for (const { proposal, ...word } of words)
      expect([word, decided(parcel('rose'), { ...word, by: 'seller' }).proposal]).toEqual([word, proposal])
  })

  it('about the way of the parcel holds for all its lines, and is told once', () => {
    const lines = [{ description: 'tomato seeds' }, { description: 'potato tubers for planting' }]
    const content = { stage: 'arrived', route: { destinationCountry: 'FR' }, lines }
    const sentFrom = ({ items }: Decision) => items.map(({ decisive }) => decisive?.situations[0]?.dispatch)
    const china = knowledge.places.numberOf['CN']
    for (const item of [1, 2]) {
      const decision = decided(content, { item, fact: 'dispatch', value: 'CN', by: 'post' })
      expect(sentFrom(decision)).toEqual([china, china])
      expect(decision.reasons.filter(({ kind }) => kind === 'answered')).toMatchObject([{ item: null }])
    }
  })

  it('is told as a claim of whoever gave it', () => {
    const content = parcel('rose')
    const question = decided(content).questions.find(({ fact }) => fact === 'article')
    expect(question).toBeDefined()
    const decision = decided(content, { item: 1, fact: 'article', value: 'none', by: 'seller' })
    expect(one.answer(decision).reasons.find(({ kind }) => kind === 'answered')?.sentence).toBe(
      'seller says (what it is): other goods. It is a claim.',
    )
    expect(decision.questions.map(({ fact }) => fact)).not.toContain('article')
  })

  it('that contradicts what was recognised does not silence it', () => {
    const content = parcel('tomato seeds', { originCountry: 'CN' })
    const before = decided(content)
    const after = decided(content, { item: 1, fact: 'article', value: 'none', by: 'seller' })
    expect(rank(after)).toBe(rank(before))
    expect(kinds(after)).toContain('answer-contradicts')
    const elsewhere = decided(content, { item: 1, fact: 'origin', value: 'FR', by: 'seller' })
    expect(rank(elsewhere)).toBe(rank(before))
    expect(kinds(elsewhere)).toContain('answer-contradicts')
  })

  it('that makes it worse counts, contradiction or not', () => {
    const content = parcel('phone case', { originCountry: 'CN' })
    expect(rank(decided(content, { item: 1, fact: 'article', value: 'soil', by: 'addressee' }))).toBeGreaterThan(0)
  })

  it('given differently by two people follows both, and the stricter stands', () => {
    const content = parcel('rose')
    const [mild, strict] = ['none', 'plants-for-planting'].map((value) => ({
      item: 1,
      fact: 'article',
      value,
      by: value,
    }))
    const both = decided(content, mild as object, strict as object)
    expect(rank(both)).toBe(Math.max(rank(decided(content, mild as object)), rank(decided(content, strict as object))))
    expect(rank(decided(content, strict as object, mild as object))).toBe(rank(both))
  })

  it('in words of its own is read like a description', () => {
    const vague = parcel('gift', { originCountry: 'CN' })
    const answer = { item: 1, fact: 'description', value: 'tomato seeds, 100 pcs', by: 'seller' }
    const decision = decided(vague, answer)
    expect(decision.proposal).toBe(decided(parcel('tomato seeds, 100 pcs', { originCountry: 'CN' })).proposal)
    expect(kinds(decision)).toContain('sources-vague')
    const seeds = parcel('tomato seeds', { originCountry: 'CN' })
    const denied = decided(seeds, { ...answer, value: 'silicone phone case' })
    expect(rank(denied)).toBe(rank(decided(seeds)))
    expect(kinds(denied)).toContain('sources-disagree')
  })

  it('that nobody can read changes nothing and is told', () => {
    const content = parcel('tomato seeds')
    const before = decided(content)
    const vague = decided(content, { item: 1, fact: 'certificate', value: 'soon', by: 'seller' })
    expect(vague.proposal).toBe(before.proposal)
    expect(kinds(vague)).toContain('answer-not-understood')
    for (const answer of [{ item: 7, fact: 'origin', value: 'FR' }, { fact: 'weather', value: 'wet' }, 'FR', {}]) {
      const decision = decided(content, answer as object)
      expect(decision.proposal).toBe(before.proposal)
      expect(decision.parcel.problems.map(({ kind }) => kind)).toContain('answer-unreadable')
    }
  })
})
