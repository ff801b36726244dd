import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { severity } from '../../src/core/decide/policy.ts'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { record, seeded } from '../bench/records.ts'

const home = path.resolve(import.meta.dirname, '../..')
const knowledge: Knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
const options = { on: '2026-11-24', engine: 'test', defaults: { ...noDefaults, destination: 'FR' } }
const samples = readFileSync(path.join(home, 'knowledge', 'samples', 'consignments.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { parcel: { lines: object[]; documents?: object[] } })
const one = screener(knowledge, options)
const ask = (value: unknown) => one.answer(one.decide({ line: 1, value }))
const rank = (value: unknown): number => severity(knowledge.policy, ask(value).proposal)
const sample = fc.constantFrom(...samples)

describe('a screening', () => {
  it('gives the same answer to the same record, whatever came before', () => {
    const random = seeded(5)
    const records = [...samples, ...Array.from({ length: 400 }, (_, at) => JSON.parse(record(random, at)))]
    for (const value of records) ask(value)
    for (const value of records.toReversed()) {
      const fresh = screener(knowledge, options)
      expect(ask(value)).toEqual(fresh.answer(fresh.decide({ line: 1, value })))
    }
  }, 120_000)

  it('writes the same answer as text', () => {
    const random = seeded(23)
    const records = [...samples, ...Array.from({ length: 500 }, (_, at) => JSON.parse(record(random, at))), 7, {}]
    for (const value of records) {
      const decision = one.decide({ line: 3, value })
      expect(one.write(decision)).toBe(JSON.stringify(one.answer(decision)))
    }
  })

  it('is never milder for a parcel with one more item in it', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const both = { parcel: { ...first.parcel, lines: [...first.parcel.lines, ...second.parcel.lines] } }
        expect(rank(both)).toBeGreaterThanOrEqual(rank(first))
      }),
    )
  })

  it('does not hang on the order of the items', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const lines = [...first.parcel.lines, ...second.parcel.lines]
        const there = rank({ parcel: { ...first.parcel, lines } })
        expect(rank({ parcel: { ...first.parcel, lines: lines.toReversed() } })).toBe(there)
      }),
    )
  })

  it('asks only what would change the proposal, at most three questions', () => {
    for (const value of samples) {
      const answer = ask(value)
      expect(answer.questions.length).toBeLessThanOrEqual(3)
      for (const { wouldChange } of answer.questions) {
        expect(wouldChange.length).toBeGreaterThan(0)
        const now = knowledge.words[`proposal.${answer.proposal}`] as string
        for (const sentence of wouldChange) expect(sentence.endsWith(`: ${now}.`)).toBe(false)
      }
    }
  })

  it('gives every item a reason, every refusal a requirement with its source, and letters that are a slice of the text', () => {
    for (const value of samples) {
      const answer = ask(value)
      const lines = (value.parcel as unknown as { lines: { description: { raw: string } }[] }).lines
      for (const item of answer.items) expect(answer.reasons.some((reason) => reason.item === item.index)).toBe(true)
      if (answer.proposal === 'refuse' || answer.proposal === 'stop-before-dispatch') {
        expect(
          answer.reasons.some(
            ({ kind, requirement, source }) => kind === 'prohibited' && requirement !== null && source?.href !== '',
          ),
        ).toBe(true)
      }
      for (const { evidence, item } of answer.reasons) {
        for (const { text, from, to } of evidence)
          expect(lines[(item as number) - 1]?.description.raw.slice(from, to)).toBe(text)
      }
    }
  })

  it('never throws and always answers, whatever the description', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.option(fc.string({ maxLength: 12 })), (raw, hs) => {
        const answer = ask({ lines: [{ description: { raw }, hs: { raw: hs } }] })
        expect(answer.items).toHaveLength(1)
        expect(answer.reasons.length).toBeGreaterThan(0)
        for (const { text, from, to } of answer.reasons.flatMap(({ evidence }) => evidence))
          expect(raw.slice(from, to)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('has a sentence for every kind of reason, problem and question it gives', () => {
    const random = seeded(9)
    const records = [
      ...samples,
      ...Array.from({ length: 200 }, (_, at) => JSON.parse(record(random, at))),
      { lines: [{ description: '', netWeightKg: '-2' }] },
      7,
    ]
    for (const value of records) {
      const answer = ask(value)
      for (const { kind, sentence } of [...answer.reasons, ...answer.problems]) expect(sentence, kind).toMatch(/[.)»]$/)
      for (const { sentence, wouldChange } of answer.questions)
        for (const text of [sentence, ...wouldChange]) expect(text).not.toMatch(/[{}]|state\.|part\.|taxon\./)
    }
  })
})
