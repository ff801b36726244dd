import { modes, recipients } from '../core/parcel/parcel.ts'
import { numberFacts, parts, stateFacts, uses } from '../core/parcel/state.ts'
import { traitNames } from '../core/parcel/taxa.ts'
import { branches, layers, measures } from '../core/require/pack.ts'
import { goodsArticles, paperKinds } from './situations.ts'

/** A piece of a JSON Schema (draft 2020-12). */
type Schema = { readonly [key: string]: unknown }

const text = (description: string): Schema => ({ type: 'string', minLength: 1, description })
const day = (description: string): Schema => ({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description })
const truth: Schema = { type: 'boolean' }
const number: Schema = { type: 'number', minimum: 0 }
const oneOf = (words: readonly string[], description = ''): Schema => ({
  enum: words,
  ...(description === '' ? {} : { description }),
})
const listOf = (items: Schema, description = ''): Schema => ({
  type: 'array',
  minItems: 1,
  items,
  ...(description === '' ? {} : { description }),
})
const record = (properties: Schema, required: readonly string[], description = ''): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
  ...(description === '' ? {} : { description }),
})

const places = listOf(text('ISO 3166-1 code, a part that law names (US-HI), or a set of places/sets*.yaml'))
const placeTest: Schema = {
  oneOf: [
    oneOf(['third-country', 'union']),
    record({ in: places }, ['in']),
    record({ 'not-in': places }, ['not-in'], 'a place outside the pack that is none of these'),
  ],
}
const taxa = listOf(text('accepted scientific name: the taxon and all under it'))
const facts = record(Object.fromEntries(stateFacts.map((fact) => [fact, truth])), [])
const limits = record({ 'at-least': number, 'at-most': number, over: number, under: number }, [])

function blockSchema(withWhy: boolean): Schema {
  const properties = {
    taxa,
    'not-taxa': taxa,
    named: truth,
    traits: listOf(oneOf(traitNames)),
    articles: listOf(oneOf(goodsArticles)),
    'not-articles': listOf(oneOf(goodsArticles)),
    parts: listOf(oneOf(parts)),
    'not-parts': listOf(oneOf(parts)),
    state: facts,
    numbers: record(Object.fromEntries(numberFacts.map((fact) => [fact, limits])), []),
    uses: listOf(oneOf(uses)),
    origin: placeTest,
    dispatch: placeTest,
    'origin-or-dispatch': placeTest,
    route: placeTest,
    're-exported': truth,
    destination: placeTest,
    by: listOf(oneOf(modes)),
    recipient: listOf(oneOf(recipients)),
    months: listOf({ type: 'integer', minimum: 1, maximum: 12 }),
    claimed: listOf(oneOf(paperKinds)),
    unknown: text('a fact that no parcel record shows: always unknown, and asked for'),
  }
  return withWhy
    ? record({ ...properties, why: text('why the text can be read both ways') }, ['why'])
    : record(properties, [])
}

const debtors = ['exporting-nppo', 'importing-nppo', 'sender', 'importer', 'operator', 'carrier']
const measure: Schema = {
  oneOf: [
    oneOf(measures),
    record(
      {
        measure: oneOf(measures),
        by: oneOf(debtors),
        paper: text('name of the paper'),
        detail: text('what it must say'),
      },
      ['measure'],
    ),
  ],
}

const example = record(
  {
    goods: text('the situation in words'),
    taxon: { oneOf: [text('accepted name'), listOf(text('accepted name'))] },
    article: oneOf(goodsArticles),
    part: oneOf(parts),
    origin: text('code of a place'),
    dispatch: text('code of a place'),
    via: places,
    to: text('code of a place'),
    state: facts,
    numbers: record(Object.fromEntries(numberFacts.map((fact) => [fact, number])), []),
    quantity: record(Object.fromEntries(numberFacts.map((fact) => [fact, number])), []),
    use: oneOf(uses),
    by: oneOf(modes),
    recipient: oneOf(recipients),
    on: day('day whose law counts'),
    claimed: listOf(oneOf(paperKinds)),
    expect: oneOf(['applies', 'possible', 'does-not-apply']),
  },
  ['goods', 'article', 'to', 'expect'],
)

const requirement = record(
  {
    id: { type: 'string', pattern: '^[a-z0-9-]+/[a-z0-9][a-z0-9.-]*$' },
    title: text('one sentence that an officer would say'),
    kind: oneOf(['requirement', 'exemption', 'derogation']),
    branch: oneOf(branches, 'branch of law; plant-health when not said'),
    measures: listOf(measure),
    when: blockSchema(false),
    unless: listOf(blockSchema(false), 'none of these blocks may hold'),
    doubt: listOf(blockSchema(true), 'where one of these holds the requirement is only possible'),
    lifts: record({ measures: listOf(oneOf(measures)), requirements: listOf(text('id')) }, []),
    paper: text('paper of a derogation'),
    conditions: text('what a parcel record cannot show'),
    valid: record({ from: day('first day in force'), to: day('last day in force') }, []),
    law: record(
      {
        source: text('a name of sources*.yaml'),
        point: text('article, annex, point'),
        text: text('the point in our own words'),
        href: text('address, where it is not that of the source'),
      },
      ['source', 'point', 'text'],
    ),
    read: record(
      {
        on: day('day on which the text was read'),
        text: text('which text was read'),
        edition: day('day of an old edition'),
      },
      ['on', 'text'],
    ),
    unverified: text('why nobody has read it'),
    attainable: record({ no: places, why: text('why the paper cannot be had from there') }, ['no', 'why']),
    contamination: {
      ...truth,
      description: 'it speaks of what clings to goods, as soil on roots, and not of the goods',
    },
    pests: listOf(text('scientific name of a pest in pests/*.csv')),
    note: text('for the next author'),
    examples: listOf(example, 'at least one that applies and one that does not'),
  },
  ['id', 'title', 'when', 'law', 'examples'],
)

/** A pack of law also needs its `coverage`; packs of other layers have neither `coverage` nor `union`. */
const packHead = record(
  {
    place: text('as the folder is named'),
    title: text('name of the country or union'),
    layer: oneOf(layers, 'law when not said'),
    destinations: { type: 'array', items: text('code of a place') },
    union: { type: 'array', items: text('code of a place, in a pack of law only') },
    coverage: {
      type: 'array',
      items: record(
        {
          articles: listOf(oneOf(goodsArticles)),
          origins: oneOf(['third-country', 'union', 'any']),
          complete: truth,
          by: text('who read it'),
          on: day('when'),
          from: day('first day whose law was read whole; the day it was read when not said'),
          what: text('what was read'),
          'asks-nothing': listOf(oneOf(goodsArticles), 'articles of it that the law asks nothing of'),
          note: text('for the next author'),
        },
        ['articles', 'origins', 'complete'],
      ),
    },
    counts: record({ 'at-least': number, 'at-most': number }, []),
    note: text('for the next author'),
  },
  ['place', 'title', 'destinations'],
)

/**
 * JSON Schemas (draft 2020-12) of what experts write in YAML, by the name of their file in `knowledge/schema/`: an editor that knows
 * them completes keys and words and marks what is wrong. The loader stays the judge: it also checks names, ids and examples.
 */
export function schemas(): Readonly<Record<string, string>> {
  const write = (title: string, schema: Schema): string =>
    `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }, null, 1)}\n`
  return {
    'requirements.json': write('Requirements of a place', { type: 'array', items: requirement }),
    'pack.json': write('Head of a pack of requirements', packHead),
  }
}
