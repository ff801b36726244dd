import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLatin } from './letters.ts'
import { longestName, parseName } from './parse-name.ts'
import { oddities } from './parsed.ts'

const letters = fc.constantFrom(...'abcxyzABCXYZ éöß×†\'’"“-.,;:()[]{}<>&/\\|?+*0159_\t\n ­�жλ字بx')
const pieces = fc.constantFrom(
  ...[
    'Rosa',
    'rosa',
    'canina',
    'ROSA',
    'L.',
    '(L.)',
    'Mill.',
    'ex',
    'in',
    'et',
    '&',
    'f.',
    'var.',
    'subsp.',
    'sect.',
    'cf.',
    'sp.',
  ],
  ...[
    '×',
    'x',
    'X',
    "'Peace'",
    'cv.',
    '1753',
    '[1753]',
    '(',
    ')',
    'van',
    'der',
    'de',
    'notho',
    'nothosubsp.',
    '<i>',
    '&amp;',
    'sensu',
  ],
  ...['virus', 'Candidatus', '+', '?', '7-punctata', 'st.-helenae', "d'urvillei", 'Group', '"', "'", ',', ';'],
)
const texts = fc.oneof(
  fc.string({ unit: letters, maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(pieces, { maxLength: 12 }).map((some) => some.join(' ')),
  fc.array(pieces, { maxLength: 12 }).map((some) => some.join('')),
)

describe('a name that is read', () => {
  it('never throws, and always has a grade that its problems explain', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { quality, problems, canonical } = parseName(text)
        const grades = problems.map(({ kind }) => oddities[kind])
        expect(quality).toBe(grades.includes(0) ? 0 : Math.max(1, ...grades))
        expect(canonical === null).toBe(quality === 0)
      }),
      { numRuns: 3000 },
    )
  })

  it('tells each problem with a place inside the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { at } of parseName(text).problems) {
          if (at === null) continue
          expect(at[0]).toBeGreaterThanOrEqual(0)
          expect(at[1]).toBeGreaterThanOrEqual(at[0])
          expect(at[1]).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('has a canonical name that is its own canonical name', () => {
    // "Rosa virus" is a name only while its author stands behind it.
    const named = pieces.filter((piece) => piece !== 'virus')
    const clean = fc.array(named, { minLength: 1, maxLength: 8 }).map((some) => some.join(' '))
    fc.assert(
      fc.property(clean, (text) => {
        const { canonical, simple, openNomenclature } = parseName(text)
        if (canonical === null || openNomenclature !== null) return
        const again = parseName(canonical)
        expect([again.canonical, again.simple]).toEqual([canonical, simple])
      }),
      { numRuns: 3000 },
    )
  })

  it('is the same whatever case it is shouted in, when its words are known', () => {
    const familiar = {
      isName: (name: string) => ['rosa', 'rosa canina'].includes(name),
      isOrdinary: () => false,
      isOfTrade: () => false,
      isOfGenus: () => false,
    }
    for (const text of ['Rosa canina', 'rosa canina', 'ROSA CANINA', 'Rosa Canina', 'rOSA cANINA'])
      expect(parseName(text, familiar).canonical).toBe('Rosa canina')
  })

  it.each([
    ['letters', 'a'.repeat(10_000)],
    ['capitals', 'A'.repeat(10_000)],
    ['blanks', ' '.repeat(10_000)],
    ['brackets', '('.repeat(10_000)],
    ['authors', `Rosa canina ${'L. & '.repeat(2000)}`],
    ['prefixes', `Rosa ${'van der '.repeat(1200)}`],
    ['dashes', `Rosa ${'a-'.repeat(5000)}`],
    ['quotes', `Rosa ${"'a ".repeat(3000)}`],
    ['tags', '<i'.repeat(5000)],
    ['entities', '&amp;'.repeat(2000)],
    ['hybrids', 'Rosa × '.repeat(1400)],
    ['question marks', '?'.repeat(10_000)],
  ])('takes little time over 10,000 %s', (_, text) => {
    const start = performance.now()
    for (let time = 0; time < 20; time += 1) parseName(text)
    expect((performance.now() - start) / 20).toBeLessThan(20)
    expect(text.length).toBeGreaterThan(longestName)
    expect(parseName(text).problems.map(({ kind }) => kind)).toContain(text.trim() === '' ? 'empty' : 'too-long')
  })

  it.each([' ', '', '\t', '\u00a0'])('is empty where nothing is written: %j', (text) => {
    expect(parseName(text)).toMatchObject({ canonical: null, quality: 0, problems: [{ kind: 'empty' }] })
  })

  it.each(['Ilex\u00a0aquifolium', 'Ilex\u3000aquifolium', 'Ilex\taquifolium', 'Ilex \u200baquifolium'])(
    'reads %j with a blank that is none of the plain ones',
    (text) => {
      expect(parseName(text).canonical).toBe('Ilex aquifolium')
    },
  )

  it('tells where a problem stands in the text as it was given', () => {
    const text = '  <i>Coccinella</i>   7-punctata L. sensu Auctores'
    const { problems } = parseName(text)
    const shown = new Map(problems.map(({ kind, at }) => [kind, at === null ? null : text.slice(...at)]))
    expect(shown.get('digits-in-epithet')).toBe('7-punctata')
    expect(shown.get('remark-left-out')).toBe('sensu Auctores')
  })
})

describe('Latin words', () => {
  it.each(['canina', 'robur', 'sylvestris', 'deliciosa', 'majus', 'chinensis', 'wilsonii'])('%s may be one', (word) => {
    expect(looksLatin(word)).toBe(word !== 'robur')
  })
  it.each(['seeds', 'plant', 'dress', 'blue'])('%s is none', (word) => {
    expect(looksLatin(word)).toBe(false)
  })
})
