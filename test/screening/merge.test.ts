import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/core/act/answer.ts'
import { severity } from '../../src/core/decide/policy.ts'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { type Message, mergeMessages } from '../../src/core/read/merge.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'

const home = path.resolve(import.meta.dirname, '../..')
const knowledge: Knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
const one = screener(knowledge, { on: '2026-11-24', engine: 'test', defaults: noDefaults })
const screened = (value: unknown): Answer => {
  const decision = one.decide({ line: 1, value: JSON.parse(JSON.stringify(value)) })
  const answer = one.answer(decision)
  expect(one.write(decision)).toBe(JSON.stringify(answer))
  return answer
}
const rank = ({ proposal }: Answer): number => severity(knowledge.policy, proposal)
const said = (partner: string, content: object, at = '2026-11-24T09:00:00.000Z'): Message => ({ partner, at, content })
const merged = (...messages: Message[]) => mergeMessages(messages, knowledge.places)
const route = { dispatchCountry: 'CN', destinationCountry: 'FR' }
const kinds = ({ reasons }: Answer): string[] => reasons.map(({ kind }) => kind)

describe('two partners about one parcel', () => {
  const vague = { route, lines: [{ description: 'gift', originCountry: 'CN' }] }
  const specific = { route, lines: [{ description: 'Monstera adansonii rooted cutting', originCountry: 'CN' }] }

  it('are decided on by the description that tells something, and the other is told', () => {
    const answer = screened(merged(said('post', vague), said('market', specific)).content)
    expect(screened(vague).questions.map(({ fact }) => fact)).toContain('description')
    expect(answer.proposal).toBe(screened(specific).proposal)
    expect(answer.questions.map(({ fact }) => fact)).not.toContain('description')
    expect(answer.reasons.find(({ kind }) => kind === 'sources-vague')?.sentence).toBe(
      '«gift» (post) does not tell what it is. It was decided on what market says: «Monstera adansonii rooted cutting».',
    )
  })

  it('let other goods that one tells answer the vagueness of the other, but never plants that the other names', () => {
    const phone = { route, lines: [{ description: 'silicone phone case', originCountry: 'CN' }] }
    expect(screened(merged(said('post', vague), said('market', phone)).content).proposal).toBe('no-objection')
    const seeds = { route, lines: [{ description: 'tomato seeds', originCountry: 'CN' }] }
    const both = screened(merged(said('post', seeds), said('market', phone)).content)
    expect(both.proposal).toBe(screened(seeds).proposal)
    expect(both.reasons.find(({ kind }) => kind === 'sources-disagree')?.sentence).toBe(
      'description: market «silicone phone case», post «tomato seeds». They do not agree: what each says was followed, and the strictest proposal stands.',
    )
    const disputed = { route, lines: [{ description: 'gift', hs: '060290', originCountry: 'CN' }] }
    const toy = { route, lines: [{ description: 'silicone phone case', hs: '392690', originCountry: 'CN' }] }
    const dispute = screened(merged(said('post', disputed), said('market', toy)).content)
    expect(rank(dispute)).toBe(rank(screened(disputed)))
    expect(kinds(dispute)).not.toContain('sources-vague')
    const coded = { route, lines: [{ description: 'gift', hs: '060290', originCountry: 'CN' }] }
    expect(rank(screened(merged(said('post', coded), said('market', phone)).content))).toBeGreaterThan(0)
  })

  it('disagree about the origin: that is a reason, and the stricter origin counts', () => {
    const from = (originCountry: string) => ({
      route,
      lines: [{ description: 'apple tree, bare root', originCountry }],
    })
    const answer = screened(merged(said('post', from('BE')), said('market', from('CN'))).content)
    expect(rank(answer)).toBe(Math.max(rank(screened(from('BE'))), rank(screened(from('CN')))))
    expect(answer.reasons.find(({ kind }) => kind === 'sources-disagree')).toMatchObject({
      item: 1,
      sentence: expect.stringContaining('origin: market «CN», post «BE»'),
    })
  })

  it('are shown item by item as the stricter of them tells it', () => {
    const first = { route, lines: [{ description: 'garden soil' }, { description: 'phone case' }] }
    const second = { route, lines: [{ description: 'paper lantern' }, { description: 'potato tubers for planting' }] }
    const answer = screened(merged(said('post', first), said('market', second)).content)
    expect(answer.items.map(({ article }) => article)).toEqual(['soil', 'bulbs-tubers'])
    expect(answer.reasons.map(({ item }) => item)).toEqual(expect.arrayContaining([1, 2]))
    expect(
      answer.reasons.filter(({ evidence }) => evidence.some(({ text }) => /soil|potato/.test(text))).length,
    ).toBeGreaterThan(1)
  })

  it('say the same in other words: that is no disagreement', () => {
    const answer = screened(
      merged(
        said('post', { route, lines: [{ description: 'tomato seeds', netWeightKg: '0.010', hs: '120991' }] }),
        said('market', {
          route: { dispatchCountry: 'CHN', destinationCountry: 'fr' },
          lines: [{ description: 'Tomato seeds, 100 pcs', netWeightKg: 0.01, weightBasis: 'line', hs: '1209919000' }],
        }),
      ).content,
    )
    expect(kinds(answer).filter((kind) => kind.startsWith('sources'))).toEqual([])
  })
})

const line = fc.record({
  description: fc.constantFrom(
    'gift',
    'tomato seeds',
    'apple tree, bare root',
    'phone case',
    'Monstera cutting',
    'dried oregano',
    'oak firewood',
  ),
  originCountry: fc.constantFrom('CN', 'BE', 'US'),
  hs: fc.constantFrom('120991', '060290', '851762', '392690'),
  quantity: fc.constantFrom('1', '20'),
  netWeightKg: fc.constantFrom('0.01', '2'),
})
const content = (count: number) =>
  fc.record({
    stage: fc.constant('arrived'),
    route: fc.record({ dispatchCountry: fc.constantFrom('CN', 'BE'), destinationCountry: fc.constantFrom('FR', 'GB') }),
    lines: fc.array(line, { minLength: count, maxLength: count }),
  })
const pair = fc.constantFrom(1, 2).chain((count) => fc.tuple(content(count), content(count)))
const partial = fc.oneof(content(1), content(2)).chain((whole) =>
  fc.record({ drop: fc.boolean(), bare: fc.boolean() }).map(({ drop, bare }) => ({
    ...(drop ? { stage: whole.stage } : whole),
    lines: bare ? whole.lines.map(({ description }) => ({ description })) : whole.lines,
  })),
)

describe('merged messages', () => {
  it('are never milder than what one partner alone tells, unless that tells nothing', () => {
    const isVague = ({ lines }: { lines: { description: string }[] }) =>
      lines.some(({ description }) => description === 'gift')
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const answer = screened(merged(said('post', first), said('market', second)).content)
        for (const alone of [first, second]) {
          // Which line of the one is which of the other follows the descriptions; alone each line is as strict.
          if (!isVague(alone)) expect(rank(answer)).toBeGreaterThanOrEqual(rank(screened(alone)))
        }
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('lead to the same proposal in whatever order partners sent them', () => {
    fc.assert(
      fc.property(partial, partial, partial, (a, b, c) => {
        const messages = [said('post', a, '1'), said('market', b, '2'), said('customs', c, '3')]
        const first = merged(...messages)
        expect(merged(...messages.toReversed())).toEqual(first)
        expect(merged(...messages.map((message, at) => ({ ...message, at: String(9 - at) })))).toEqual(first)
      }),
      { numRuns: 200 },
    )
  })

  it('are the message where there is one', () => {
    fc.assert(
      fc.property(partial, (content) => {
        const { content: same, disagreements } = merged(said('post', content))
        expect(JSON.stringify(same)).toBe(JSON.stringify(content))
        expect(disagreements).toEqual([])
      }),
    )
  })

  it('are never milder for one more partner that tells of a riskier thing', () => {
    const risk = {
      stage: 'arrived',
      lines: [{ description: 'potato tubers for planting with soil', originCountry: 'CN' }],
    }
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        const before = screened(merged(said('post', a), said('market', b)).content)
        const after = screened(merged(said('post', a), said('market', b), said('seller', risk)).content)
        const isVague = JSON.stringify([a, b]).includes('gift')
        if (!isVague) expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})
