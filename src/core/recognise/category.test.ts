import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadKnowledge } from '../../knowledge/load.ts'
import { screener } from '../screen.ts'
import type { Evidence } from './finding.ts'

const knowledge = loadKnowledge(path.resolve(import.meta.dirname, '../../../dist/knowledge'))
const defaults = { destination: 'FR', dispatch: 'CN', origin: 'CN', by: null }
const screening = screener(knowledge, { on: '2026-11-24', defaults, engine: '' })

function decide(description: string, category: unknown, hs: string | null = null) {
  const decision = screening.decide({ line: 1, value: { lines: [{ description, category, hs }] } })
  const [item] = decision.items
  const evidence = item?.finding.evidence ?? []
  const kinds = decision.reasons.map(({ kind }) => kind)
  return { proposal: decision.proposal, articles: item?.finding.things[0]?.articles ?? [], evidence, kinds }
}

function categoryArticles(evidence: readonly Evidence[]): string[] {
  return evidence.filter(({ kind }) => kind === 'category').map(({ article }) => article)
}

describe('a category', () => {
  it('is found by its number, its id, the id of what stands below it, and its path in any case', () => {
    const forms = [
      543562,
      '543562',
      'hg-17-5-2',
      'hg-17-5-2-1',
      'gid://shopify/TaxonomyCategory/hg-17-5-2',
      'home & garden > plants > seeds > seeds & seed tape',
      ['Home & Garden', 'Plants', 'Seeds', 'Seeds & Seed Tape'],
      { path: 'Home & Garden>Plants>Seeds, Bulbs & Accessories>Seeds & Seed Tape' },
    ]
    for (const form of forms)
      expect(categoryArticles(decide('Zlatava', form).evidence), String(form)).toEqual(['seeds'])
  })

  it('is read by its words where no row stands for it, the last step first', () => {
    expect(categoryArticles(decide('Zlatava', 'Garden > Plants, Seeds & Bulbs > Seeds').evidence)).toEqual(['seeds'])
    expect(categoryArticles(decide('Zlatava', 'Garten / Samen').evidence)).toEqual(['seeds'])
    expect(categoryArticles(decide('Zlatava', 'Garden > Seeds > Vegetables').evidence)).toEqual(['seeds'])
    expect(categoryArticles(decide('Zlatava', 'Plants, Seeds & Bulbs > Plants').evidence)).toEqual([
      'plants-for-planting',
    ])
    expect(categoryArticles(decide('Zlatava', 'Seeds > Fashion Jewelry').evidence)).toEqual(['none'])
  })

  it('says nothing where it is not known', () => {
    for (const form of ['987654', 'zz-1-2', 'Sundries', '', ' > ', null])
      expect(categoryArticles(decide('Zlatava', form).evidence)).toEqual([])
  })

  it('makes a cultivar seeds among seeds, and a monstera other goods among artificial flora', () => {
    expect(decide('Cherokee Purple', 2802).articles[0]?.article).toBe('seeds')
    const artificial = decide('Monstera', 'Home & Garden > Decor > Artificial Flora')
    expect(artificial.articles[0]?.article).toBe('none')
    expect(artificial.proposal).toBe('no-objection')
    expect(artificial.kinds).toContain('other-goods-category-named')
  })

  it('is told apart from words and from an HS code that say something else', () => {
    expect(decide('seeds', 188).kinds).toContain('category-and-words')
    expect(decide('mixed surprise', 543562, '950300').kinds).toContain('hs-and-category')
    expect(decide('seeds', 188, '711719')).toMatchObject({ proposal: 'ask' })
  })
})

it('no category that there is lets go what words say are seeds or plants', () => {
  const keys = Object.keys(knowledge.categories).map((key) => key.replace(/^google:|^shopify:/, ''))
  expect(keys.length).toBeGreaterThan(800)
  for (const key of keys) {
    for (const description of ['tomato seeds 50 pcs', 'live orchid plant bare root', 'seeds'])
      expect(decide(description, key).proposal, `${description}, ${key}`).not.toBe('no-objection')
  }
})

it('no text of a category breaks anything, and none lets go seeds', () => {
  const step = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Seeds', 'Jewelry', 'Toys', '__proto__', '188', 'hg-17'),
  )
  const category = fc.array(step, { maxLength: 6 }).map((steps) => steps.join(' > '))
  fc.assert(
    fc.property(category, (text) => {
      expect(decide('tomato seeds 50 pcs', text).proposal).not.toBe('no-objection')
    }),
  )
})

it('every path of the table is found by its title, and says what its number says', () => {
  for (const [key, { title, articles }] of Object.entries(knowledge.categories))
    if (key.includes(':')) expect(knowledge.categories[title.toLowerCase()]?.articles, key).toEqual(articles)
})
