import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someRequirement } from '../../../test/require/requirement.fixture.ts'
import { type Article, isUnder } from '../parcel/articles.ts'
import { stateFacts } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import { indexRequirements } from './index-requirements.ts'
import type { Block, Measure, Pack, PlaceTest, Requirement } from './pack.ts'
import { type LawAnswer, requirementsFor } from './requirements.ts'
import { type Situation, situation } from './situation.ts'
import { over } from './told.ts'
import { no, unknown, type Value, yes } from './value.ts'
import { verdictOf } from './verdict.ts'

/** Rosaceae over Rosa, Malus and Prunus, each with two species; Rutaceae over Citrus with one; Fortunella also under Citrus. */
const names = [
  'Rosaceae',
  'Rosa',
  'Rosa rugosa',
  'Rosa canina',
  'Malus',
  'Malus domestica',
  'Rutaceae',
  'Citrus',
  'Citrus limon',
  'Fortunella',
]
const parents = [-1, 0, 1, 1, 0, 4, -1, 6, 7, 6]
const taxa: Taxa = {
  names,
  ranks: names.map(() => ''),
  parents,
  alsoUnder: { 9: [7] },
  eppo: names.map(() => null),
  traits: names.map(() => 0),
  notTraits: names.map(() => 0),
  parts: names.map(() => -1),
  numberOf: {},
}
const places = 5

/** Places 0 and 1 are the pack's own; 2, 3 and 4 are third countries, 4 of them lies on both sides of some tests. */
const union = [2, 2, 0, 0, 0]

const goods: readonly Article[] = ['seeds', 'plants-for-planting', 'cuttings', 'fruit-vegetables', 'wood']

const placeTest: fc.Arbitrary<PlaceTest> = fc
  .array(fc.constantFrom(0, 0, 1, 2), { minLength: places, maxLength: places })
  .map((table) => ({ table, thirdCountry: false }))

const block: fc.Arbitrary<Block> = fc
  .record(
    {
      taxa: fc.uniqueArray(fc.nat(names.length - 1), { minLength: 1, maxLength: 2 }),
      notTaxa: fc.uniqueArray(fc.nat(names.length - 1), { minLength: 1, maxLength: 1 }),
      articles: fc.uniqueArray(fc.constantFrom(...goods), { minLength: 1, maxLength: 2 }),
      notArticles: fc.uniqueArray(fc.constantFrom(...goods), { minLength: 1, maxLength: 1 }),
      state: fc
        .constantFrom('leaves' as const, 'rooted' as const)
        .chain((fact) => fc.boolean().map((value) => [{ fact, value }])),
      numbers: fc
        .integer({ min: 1, max: 4 })
        .map((atLeast) => [{ fact: 'pieces' as const, atLeast, atMost: null, over: null, under: null }]),
      uses: fc.constant(['planting' as const]),
      origin: placeTest,
      dispatch: placeTest,
      originOrDispatch: placeTest,
      route: placeTest,
      by: fc.constantFrom(['post' as const], ['luggage' as const, 'courier' as const]),
      recipient: fc.constant(['private-person' as const]),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length < 7)

const measure = fc.constantFrom<Measure>('prohibited', 'phytosanitary-certificate', 'import-permit', 'inspection')

const one: fc.Arbitrary<Requirement> = fc
  .record({
    measures: fc.uniqueArray(measure, { minLength: 1, maxLength: 2 }),
    when: block,
    unless: fc.array(
      block.filter((found) => Object.keys(found).length > 0),
      { maxLength: 2 },
    ),
    lifts: fc.option(fc.uniqueArray(measure, { minLength: 1, maxLength: 2 }), { freq: 4 }),
    unread: fc.boolean(),
    from: fc.option(fc.constantFrom('2020-01-01', '2027-01-01'), { freq: 8 }),
  })
  .map(({ measures, when, unless, lifts, unread, from }) => {
    const source = {
      title: '',
      point: '',
      href: '',
      text: '',
      dated: null,
      read: null,
      unverified: unread ? 'not read' : null,
    }
    if (lifts === null)
      return someRequirement('', {
        measures: measures.map((found) => ({ measure: found, by: null, paper: null, detail: null })),
        when,
        unless,
        source,
        from,
      })
    return someRequirement('', {
      kind: 'exemption',
      measures: [],
      lifts: { measures: lifts, requirements: [] },
      when,
      unless,
      source,
      from,
    })
  })

const pack: fc.Arbitrary<Pack> = fc.array(one, { minLength: 1, maxLength: 5 }).map((requirements) => ({
  place: 'test',
  title: 'Test',
  layer: 'law',
  destinations: [0],
  union,
  coverage: [{ articles: goods, origins: 'any', by: '', on: '', from: '', what: '', asksNothing: [] }],
  requirements: requirements.map((found, at) => ({ ...found, id: `r${at}` })),
}))

const told: fc.Arbitrary<Situation> = fc
  .record({
    taxa: fc.uniqueArray(fc.nat(names.length - 1), { maxLength: 2 }),
    article: fc.constantFrom(...goods),
    origin: fc.integer({ min: -1, max: places - 1 }),
    dispatch: fc.integer({ min: -1, max: places - 1 }),
    via: fc.uniqueArray(fc.nat(places - 1), { maxLength: 1 }),
    by: fc.constantFrom('post', 'luggage', null),
    recipient: fc.constantFrom('private-person', 'trader', null),
    leaves: fc.constantFrom(true, false, null),
    rooted: fc.constantFrom(true, false, null),
    pieces: fc.constantFrom(1, 3, null),
  })
  .map(({ leaves, rooted, pieces, ...given }) =>
    situation({ ...given, destination: 0, on: '2026-11-24', state: { leaves, rooted, pieces } }),
  )

/** The least of the values: all must hold. */
const all = (values: readonly Value[]): Value =>
  values.reduce<Value>((least, value) => (value < least ? value : least), yes)
const some = (values: readonly Value[]): Value =>
  values.reduce<Value>((most, value) => (value > most ? value : most), no)
const not = (value: Value): Value => (2 - value) as Value

function above(taxon: number): number[] {
  return taxon < 0 ? [] : [taxon, ...above(parents[taxon] as number)]
}

/** Whether one taxon is one of those named or stands under one; unknown where a narrower one or another author's is named. */
function plainTaxon(taxon: number, named: readonly number[]): Value {
  if (above(taxon).some((at) => named.includes(at))) return yes
  if (named.some((narrower) => above(narrower).includes(taxon))) return unknown
  const others = above(taxon)
    .flatMap((at) => taxa.alsoUnder[at] ?? [])
    .flatMap(above)
  return others.some((at) => named.includes(at)) ? unknown : no
}

function plainTaxa(own: readonly number[], named: readonly number[]): Value {
  const values = own.map((taxon) => plainTaxon(taxon, named))
  if (values.length === 0) return unknown
  return values.every((value) => value === values[0]) ? (values[0] as Value) : unknown
}

const plainPlace = (test: PlaceTest, place: number): Value => (place < 0 ? unknown : (test.table[place] as Value))
const plainWord = (list: readonly string[], word: string | null): Value =>
  word === null ? unknown : list.includes(word) ? yes : no

/** Every test of a block by its definition, one after the other. */
function plainBlock(found: Block, asked: Situation): Value {
  const values: Value[] = []
  const { origin, dispatch, via, article } = asked
  if (found.articles !== undefined) values.push(found.articles.some((wider) => isUnder(article, wider)) ? yes : no)
  if (found.notArticles !== undefined)
    values.push(found.notArticles.some((wider) => isUnder(article, wider)) ? no : yes)
  if (found.taxa !== undefined) values.push(plainTaxa(asked.taxa, found.taxa))
  if (found.notTaxa !== undefined) values.push(not(plainTaxa(asked.taxa, found.notTaxa)))
  for (const { fact, value } of found.state ?? []) {
    const bit = 1 << stateFacts.indexOf(fact)
    const said = (asked.yes & bit) !== 0 ? true : (asked.no & bit) !== 0 ? false : null
    values.push(said === null ? unknown : said === value ? yes : no)
  }
  for (const { fact, atLeast } of found.numbers ?? []) {
    const said = asked.numbers[fact]
    values.push(said === null ? unknown : said >= (atLeast ?? 0) ? yes : no)
  }
  if (found.uses !== undefined) values.push(plainWord(found.uses, asked.use))
  if (found.origin !== undefined) values.push(plainPlace(found.origin, origin))
  if (found.dispatch !== undefined) values.push(plainPlace(found.dispatch, dispatch))
  if (found.originOrDispatch !== undefined)
    values.push(some([plainPlace(found.originOrDispatch, origin), plainPlace(found.originOrDispatch, dispatch)]))
  if (found.route !== undefined) {
    const test = found.route
    const passed = via.map((place) => (test.table[place] === 2 ? yes : no))
    values.push(some([plainPlace(test, origin), plainPlace(test, dispatch), ...passed]))
  }
  if (found.by !== undefined) values.push(plainWord(found.by, asked.by))
  if (found.recipient !== undefined) values.push(plainWord(found.recipient, asked.recipient))
  return all(values)
}

function plainRequirement({ when, unless, from }: Requirement, asked: Situation): Value {
  if (from !== null && asked.on < from) return no
  return all([plainBlock(when, asked), ...unless.map((found) => not(plainBlock(found, asked)))])
}

/** What the law asks, worked out requirement by requirement, without index, bits or memory. */
function plainDemands({ requirements }: Pack, asked: Situation): string[] {
  const exemptions = requirements
    .filter(({ kind, source }) => kind === 'exemption' && source.unverified === null)
    .map((found) => ({ lifts: found.lifts?.measures ?? [], value: plainRequirement(found, asked) }))
  return requirements.flatMap((found) => {
    if (found.kind !== 'requirement') return []
    const value = plainRequirement(found, asked)
    if (value === no) return []
    const sure = value === yes && found.source.unverified === null
    const own = found.measures.map(({ measure: name }) => name)
    const left = own.filter(
      (name) => !exemptions.some(({ lifts, value: holds }) => holds === yes && lifts.includes(name)),
    )
    const open = left.filter((name) =>
      exemptions.some(({ lifts, value: holds }) => holds === unknown && lifts.includes(name)),
    )
    const standing = left.filter((name) => !open.includes(name))
    // A prohibition is told in one piece; of other requirements only what the exemption names is in doubt.
    const parts =
      own.includes('prohibited') && open.length > 0
        ? [{ names: left, certain: false }]
        : [
            { names: standing, certain: sure },
            { names: open, certain: false },
          ]
    const told = sure ? parts : [{ names: left, certain: false }]
    return told
      .filter(({ names }) => names.length > 0)
      .map(({ names, certain }) => `${certain ? 'required' : 'possible'} ${found.id} ${[...names].sort().join()}`)
  })
}

function demandsOf({ demands }: LawAnswer): string[] {
  return demands.map(({ requirement, certainty, waived }) => {
    const left = requirement.measures.map(({ measure: name }) => name).filter((name) => !waived.includes(name))
    return `${certainty} ${requirement.id} ${left.sort().join()}`
  })
}

const severity = ['no-requirement', 'not-loaded', 'conditions', 'partly-prohibited', 'prohibited']
const milderThan = (verdict: string, other: string): boolean => severity.indexOf(verdict) < severity.indexOf(other)

describe('the index of requirements', () => {
  it('answers as a plain evaluator does that looks at every requirement', () => {
    fc.assert(
      fc.property(pack, told, (law, asked) => {
        fc.pre(asked.taxa.length > 0)
        const index = indexRequirements(law, taxa)
        // What is asked again is answered from narrowed lists.
        const answers = [1, 2, 3].map(() => demandsOf(requirementsFor(index, asked)).sort())
        for (const answer of answers) expect(answer).toEqual(plainDemands(law, asked).sort())
      }),
      { numRuns: 400 },
    )
  })

  it('answers the same from lists that were narrowed for other goods between the same places', () => {
    fc.assert(
      fc.property(pack, told, told, (law, asked, other) => {
        fc.pre(asked.taxa.length === 1)
        const index = indexRequirements(law, taxa)
        const before = {
          ...other,
          taxa: asked.taxa,
          article: asked.article,
          origin: asked.origin,
          dispatch: asked.dispatch,
        }
        for (let time = 0; time < 3; time += 1) requirementsFor(index, before)
        expect(demandsOf(requirementsFor(index, asked)).sort()).toEqual(plainDemands(law, asked).sort())
      }),
      { numRuns: 300 },
    )
  })

  it('never lets a plant that is not named off what it asks of a plant that is: each is at least possible', () => {
    fc.assert(
      fc.property(pack, told, fc.nat(names.length - 1), (law, asked, taxon) => {
        const demanding = { ...law, requirements: law.requirements.filter(({ kind }) => kind === 'requirement') }
        const index = indexRequirements(demanding, taxa)
        const unnamed = requirementsFor(index, { ...asked, taxa: [] })
        const named = requirementsFor(index, { ...asked, taxa: [taxon] })
        for (const { requirement } of named.demands)
          expect(unnamed.demands.map((demand) => demand.requirement.id)).toContain(requirement.id)
      }),
      { numRuns: 100 },
    )
  })

  it('is never milder for one more requirement, and never for one more exemption that nobody has read', () => {
    fc.assert(
      fc.property(pack, one, told, (law, more, asked) => {
        const unread = { ...more, id: 'more', source: { ...more.source, unverified: 'not read' } }
        const added = more.kind === 'requirement' ? { ...more, id: 'more' } : unread
        const before = verdictOf(requirementsFor(indexRequirements(law, taxa), asked))
        const wider = { ...law, requirements: [...law.requirements, added] }
        expect(milderThan(verdictOf(requirementsFor(indexRequirements(wider, taxa), asked)), before)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('is certain only of what stays so, whatever else is told', () => {
    fc.assert(
      fc.property(pack, told, told, (law, asked, other) => {
        const full: Situation = {
          ...asked,
          origin: asked.origin < 0 ? other.origin : asked.origin,
          dispatch: asked.dispatch < 0 ? other.dispatch : asked.dispatch,
          by: asked.by ?? other.by,
          recipient: asked.recipient ?? other.recipient,
          ...over(asked, other),
          numbers: { ...asked.numbers, pieces: asked.numbers.pieces ?? other.numbers.pieces },
        }
        const index = indexRequirements(law, taxa)
        const sure = demandsOf(requirementsFor(index, asked)).filter((demand) => demand.startsWith('required'))
        const after = demandsOf(requirementsFor(index, full))
        for (const demand of sure) expect(after).toContain(demand)
        const certainlyFree = verdictOf(requirementsFor(index, asked)) === 'no-requirement'
        if (certainlyFree) expect(verdictOf(requirementsFor(index, full))).toBe('no-requirement')
      }),
      { numRuns: 100 },
    )
  })
})
