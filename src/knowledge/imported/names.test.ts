import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../core/act/answer.ts'
import type { Knowledge } from '../../core/knowledge.ts'
import { screener } from '../../core/screen.ts'
import { attachKnowledge, shareKnowledge } from '../load.ts'
import { type Compilation, compileNames } from './compile-names.ts'
import { knowing } from './find-imported.ts'
import { differencesOf, linkNames } from './link.ts'
import { type SettledLine, settledText } from './settled.ts'
import { packNames, unpackNames } from './stored.ts'

const builtIn = attachKnowledge(shareKnowledge(path.resolve(import.meta.dirname, '../../../dist/knowledge')))

/** The built-in knowledge with imported names, the way of the file and back. */
function withNames(...imports: readonly (readonly SettledLine[])[]): Knowledge & { compiled: Compilation } {
  const compiled = compileNames(
    imports.map((lines) => lines.map((line) => settledText(line).slice(0, -1))),
    new Set(['maria', 'longordinary']),
  )
  const packed = packNames(compiled.names)
  const shared = new SharedArrayBuffer(packed.byteLength)
  new Uint8Array(shared).set(packed)
  const names = unpackNames(shared)
  if (names === null) throw new Error('the layout differs')
  const { taxa, lexicon, languages } = builtIn
  const imported = linkNames(names, compiled.languages, { taxa, fold: lexicon.fold, languages })
  return { ...builtIn, imported, compiled }
}

function answerer(knowledge: Knowledge): (description: string, to?: string) => Answer {
  const { decide, answer } = screener(knowledge, {
    on: '2026-11-24',
    engine: '',
    defaults: { destination: 'FR', dispatch: 'CN', origin: 'CN', by: 'post' },
  })
  return (description) => answer(decide({ line: 1, value: { lines: [{ description: { raw: description } }] } }))
}

/** Law on plants of the genus Prunus as a whole. */
const lawOfPrunus = ['eu/annex-vi-8', 'eu/annex-vi-9', 'eu/high-risk-prunus']
const namesIn = ({ items }: Answer): string[] => items.flatMap(({ taxa }) => taxa.map(({ name }) => name))
const taxon = (name: string, family = '', eppo = ''): SettledLine => ({
  kind: 'taxon',
  name,
  rank: name.includes('subsp.')
    ? 'subspecies'
    : name.includes('var.')
      ? 'variety'
      : name.includes(' ')
        ? 'species'
        : 'genus',
  family,
  eppo,
})
const synonym = (name: string, accepted: string): SettledLine => ({ kind: 'synonym', name, accepted })
const common = (name: string, language: string, accepted: string): SettledLine => ({
  kind: 'common',
  name,
  language,
  accepted,
})

describe('imported names', () => {
  const knowledge = withNames([
    taxon('Zzyzxia alpina', 'Rosaceae', 'ZZXAL'),
    taxon('Zzyzxia × borealis', 'Rosaceae'),
    taxon('Zzyzxia alpina subsp. minor', 'Rosaceae'),
    taxon('Prunus zzyzxensis'),
    taxon('Acer palmatum'),
    taxon('Maria zzyzxa'),
    synonym('Zzyzxia montana', 'Zzyzxia alpina'),
    synonym('Acer zzyzxum', 'Acer palmatum'),
    common('zzyzx fever bush', 'en', 'Zzyzxia alpina'),
    common('齐齐树', 'zh', 'Zzyzxia alpina'),
    common('maria', 'es', 'Zzyzxia alpina'),
  ])
  const answer = answerer(knowledge)

  it('are found in any case, without accents, and however hybrids and ranks are written', () => {
    for (const text of ['Zzyzxia alpina', 'ZZYZXIA ALPINA', 'zzyzxia  alpína', 'Zzyzxia montana'])
      expect(namesIn(answer(`50 seeds ${text}`)), text).toEqual(['Zzyzxia alpina'])
    for (const text of ['Zzyzxia × borealis', 'zzyzxia x borealis', 'Zzyzxia ×borealis', 'zzyzxia borealis'])
      expect(namesIn(answer(`50 seeds ${text}`)), text).toEqual(['Zzyzxia × borealis'])
    for (const text of ['Zzyzxia alpina subsp. minor', 'zzyzxia alpina ssp minor', 'zzyzxia alpina minor'])
      expect(namesIn(answer(`${text} plant`)), text).toEqual(['Zzyzxia alpina subsp. minor'])
  })

  it('stand under built-in taxa, so that law applies', () => {
    const [found] = answer('zzyzxia alpina seeds').items[0]?.taxa ?? []
    expect(found).toMatchObject({ rank: 'species', genus: 'Zzyzxia', family: 'Rosaceae', eppo: 'ZZXAL' })
    const { measures } = answer('prunus zzyzxensis plant with leaves').items[0] as Answer['items'][number]
    expect(measures.map(({ requirement }) => requirement)).toEqual(expect.arrayContaining(lawOfPrunus))
  })

  it('lead to the built-in taxon where they are its synonyms', () => {
    expect(namesIn(answer('acer zzyzxum plant'))).toEqual(['Acer palmatum'])
  })

  it('of which nobody has checked the meaning are candidates, in scripts without spaces too', () => {
    expect(namesIn(answer('zzyzx fever bush seeds'))).toEqual(['Zzyzxia alpina'])
    expect(namesIn(answer('齐齐树种子'))).toEqual(['Zzyzxia alpina'])
  })

  it('that are ordinary words are no plants by themselves', () => {
    expect(knowledge.compiled.counts.ordinary).toBe(1)
    expect(answer('Maria dress').proposal).toBe('no-objection')
    expect(answer('Maria').items[0]?.article).toBe('unclear')
    expect(namesIn(answer('Maria seeds'))).toEqual(['Maria'])
  })

  it('are known to commands that take a name by itself', () => {
    const { taxa } = knowing(knowledge, 'Zzyzxia montana')
    expect(taxa.names[taxa.numberOf['zzyzxia montana'] ?? -1]).toBe('Zzyzxia alpina')
    expect(knowing(knowledge, 'Nonsensia nonsensica')).toBe(knowledge)
    expect(knowing(knowledge, 'Acer palmatum')).toBe(knowledge)
  })
})

describe('names that collide', () => {
  it('mean any of their taxa, and are told', () => {
    const told = withNames(
      [taxon('Zzyzxia alpina'), taxon('Zzyzxia borealis')],
      [
        taxon('Zzyzxia alpina'),
        synonym('Zzyzxia borealis', 'Zzyzxia alpina'),
        synonym('Zzyzxia rara', 'Zzyzxia alpina'),
      ],
      [taxon('Qoxia nova'), synonym('Zzyzxia rara', 'Qoxia nova')],
    )
    expect(told.compiled.collisions).toEqual([
      '«Zzyzxia borealis» may mean Zzyzxia alpina or Zzyzxia borealis.',
      '«Zzyzxia rara» may mean Qoxia nova or Zzyzxia alpina.',
    ])
    expect(namesIn(answerer(told)('zzyzxia rara seeds'))).toEqual(['Zzyzxia alpina', 'Qoxia nova'])
  })

  it('with the built-in knowledge give way to it, and the difference is told', () => {
    const knowledge = withNames([taxon('Zzyzxia alpina'), synonym('Acer palmatum', 'Zzyzxia alpina')])
    expect(namesIn(answerer(knowledge)('acer palmatum plant'))).toEqual(['Acer palmatum'])
    const { taxa, lexicon, languages, imported } = knowledge
    if (imported === undefined) throw new Error('nothing was imported')
    expect(differencesOf(imported, { taxa, fold: lexicon.fold, languages })).toEqual([
      "«Acer palmatum» is Acer palmatum in Greenlane's own knowledge, which holds; imported: Zzyzxia alpina.",
    ])
  })

  it('never take away what the law says of a genus that is written', () => {
    const answer = answerer(withNames([taxon('Zzyzxia rara', 'Rosaceae'), synonym('Prunus rara', 'Zzyzxia rara')]))
    for (const text of ['prunus rara plant with leaves', 'zzyzxia rara plant with leaves']) {
      const found = answer(text).items[0]?.measures.map(({ requirement }) => requirement)
      expect(found, text).toEqual(expect.arrayContaining(lawOfPrunus))
    }
  })

  it('keep the law on a taxon that an import calls by another name possible', () => {
    const before = answerer(withNames([taxon('Zzyzxia avium', 'Rosaceae')]))('zzyzxia avium plant with leaves')
    const answer = answerer(withNames([taxon('Zzyzxia avium', 'Rosaceae'), synonym('Prunus avium', 'Zzyzxia avium')]))
    const law = (found: Answer): (string | undefined)[] =>
      found.items.flatMap(({ measures }) => measures.map(({ requirement }) => requirement))
    expect(law(before)).not.toContain('eu/high-risk-prunus')
    expect(law(answer('zzyzxia avium plant with leaves'))).toEqual(expect.arrayContaining(lawOfPrunus))
    expect(namesIn(answer('prunus avium plant'))).toEqual(['Prunus avium'])
  })
})

const letters = fc.string({ unit: fc.constantFrom(...'aeioukqwz'), minLength: 3, maxLength: 8 })
const name = fc.tuple(letters, letters).map(([genus, species]) => `Zzq${genus} zzq${species}`)

describe('whatever is imported', () => {
  it('is found in a description, and nothing else becomes a plant', () => {
    const answer = answerer(builtIn)
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 30 }),
        fc.array(name, { maxLength: 5 }),
        (known, others) => {
          const imported = answerer(withNames(known.map((one) => taxon(one))))
          for (const one of known) expect(namesIn(imported(`3 x seeds of ${one}, fresh`))).toEqual([one])
          const genera = known.map((one) => one.split(' ')[0] as string)
          for (const one of others.filter((other) => !genera.includes(other.split(' ')[0] as string))) {
            expect(imported(one)).toEqual(answer(one))
            expect(imported(`necklace ${one}`)).toEqual(answer(`necklace ${one}`))
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('comes out the same whatever order the files have', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 12 }), (known) => {
        const one = known.map((text) => [taxon(text, 'Rosaceae')])
        const answers = [answerer(withNames(...one)), answerer(withNames(...one.toReversed()))]
        for (const text of known) expect(answers[0]?.(`${text} seeds`)).toEqual(answers[1]?.(`${text} seeds`))
      }),
      { numRuns: 10 },
    )
  })
})
