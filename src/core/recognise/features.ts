import { type Article, isRegulated } from '../parcel/articles.ts'
import type { Census } from './census.ts'
import type { Evidence } from './finding.ts'
import { type Marks, unknownWord } from './scan.ts'
import { shapesOf } from './shapes.ts'
import type { Term } from './terms.ts'

/** A description as it was read: its letters, what stands in them, and what code and category say. */
export interface Reading {
  readonly text: string
  readonly marks: Marks
  readonly termOf: (number: number) => Term
  readonly census: Census
  readonly hs: readonly Evidence[]
}

/** What the model looks at. */
export interface Features {
  /** Features of the description as a whole. */
  readonly whole: Set<string>
  /** Those of them that may say which article it is: a process, a part, a use, a state, a name that stands alone. */
  readonly telling: Set<string>
  /** Features that belong to one article: a word that names it, a code of it. */
  readonly own: Map<Article, Set<string>>
}

/** Names of everything the model looks at in a description; each is a row of `policy/model.csv` or says nothing. */
export function featuresOf(reading: Reading): Features {
  const features: Features = { whole: new Set(['always']), telling: new Set(['always']), own: new Map() }
  const seen = termsOf(reading)
  for (const term of seen) addTerm(features, term)
  addMainWord(features, seen)
  addTogether(features, seen)
  addCounts(features, reading)
  for (const shape of shapesOf(reading.text)) features.whole.add(shape)
  addCodes(features, reading.hs)
  return features
}

function termsOf({ marks, termOf }: Reading): Term[] {
  const seen: Term[] = []
  for (let mark = 0; mark < marks.count; mark += 1) {
    const number = marks.term[mark] as number
    if (number >= 0) seen.push(termOf(number))
  }
  return seen
}

function own(features: Features, article: Article, feature: string): void {
  const set = features.own.get(article) ?? new Set()
  features.own.set(article, set.add(feature))
}

function addTerm(features: Features, term: Term): void {
  const { whole } = features
  const { name, form } = term
  if (name !== null) {
    whole.add(`name ${name.sense}`)
    if (name.article !== null) own(features, name.article, `name usually so (${name.sense})`)
  }
  if (form !== null) {
    whole.add(`form ${term.formStrength}`)
    own(features, form, `form ${term.formStrength}`)
    if (term.secondForm !== null) own(features, term.secondForm, 'form may be this as well')
  }
  if (term.goodsStrength > 0) whole.add(`goods ${term.goodsStrength}`).add(`goods of kind ${term.goodsKind}`)
  addFacts(features, term)
}

function addFacts({ whole, telling }: Features, term: Term): void {
  const both = (feature: string): void => {
    whole.add(feature)
    telling.add(feature)
  }
  for (const key of ['process', 'part', 'use'] as const) if (term[key] !== null) both(`${key} ${term[key]}`)
  for (const state of term.state) both(`state ${state}`)
  if (term.name?.regrows === true) telling.add('name of what grows again')
  if (term.name?.fresh === true) telling.add('name of what is eaten fresh')
  if (term.attribute !== null) whole.add(`attribute ${term.attribute}`)
  if (term.joint !== null) whole.add(`joint ${term.joint}`)
  for (const key of ['imitation', 'container', 'vague', 'soiled', 'packaging'] as const) if (term[key]) whole.add(key)
}

/** What stands where its language has the main word: a product, a form or a name. */
function addMainWord({ whole }: Features, seen: readonly Term[]): void {
  const end = seen.findIndex(({ joint }) => joint === 'with' || joint === 'for')
  const before = (end > 0 ? seen.slice(0, end) : seen).filter(
    (term) => term.goodsStrength > 0 || term.form !== null || (term.name !== null && term.plantish),
  )
  const first = before.some((term) => term.headFirst && (term.form !== null || term.goodsStrength > 0))
  const main = first ? before[0] : before.at(-1)
  if (main === undefined) return
  if (main.goodsStrength > main.formStrength) whole.add(`main word goods ${main.goodsStrength}`)
  else if (main.form !== null) whole.add(`main word form ${main.formStrength}`)
  else whole.add(`main word name ${main.name?.sense}`)
}

/** What stands beside what. */
function addTogether({ whole, telling }: Features, seen: readonly Term[]): void {
  const form = seen.some(({ formStrength }) => formStrength > 1)
  const goods = seen.some(({ goodsStrength }) => goodsStrength > 1)
  const names = seen.filter(({ name, plantish }) => name !== null && plantish)
  if (form && names.length > 0) whole.add('form with a name')
  if (form && goods) whole.add('form with goods')
  if (goods && names.length > 0) whole.add('name with goods')
  if (names.length > 1) whole.add('names 2 or more')
  if (names.length > 0 && !form && !goods) {
    whole.add('name alone')
    telling.add(names.some(({ name }) => name?.sense === 'food') ? 'food name alone' : 'name alone')
  }
  const languages = seen.reduce((common, term) => (term.languages === 0 ? common : common & term.languages), -1)
  if (seen.length > 1) whole.add(languages === 0 ? 'languages differ' : 'languages agree')
}

/** Unknown words count neither for nor against: unknown is not safe. */
function addCounts({ whole }: Features, { census, marks }: Reading): void {
  const known = census.words - unknownOf(marks)
  whole.add(`known words ${amount(known, 6)}`)
  whole.add(`numbers ${amount(census.numerals, 3)}`)
  whole.add(`ordinary words ${amount(census.ordinary, 4)}`)
  if (census.plantish || census.bestGoods >= 0) return
  whole.add('no goods, no plants').add(`no goods, no plants, ordinary words ${amount(census.ordinary, 4)}`)
}

function amount(count: number, most: number): string {
  return count >= most ? `${most} or more` : String(count)
}

/** Words that are neither terms nor ordinary. */
function unknownOf({ term, meant, count }: Marks): number {
  let unknown = 0
  for (let mark = 0; mark < count; mark += 1) if (term[mark] === unknownWord && meant[mark] === -1) unknown += 1
  return unknown
}

function addCodes(features: Features, hs: readonly Evidence[]): void {
  for (const { kind, article, weight } of hs) {
    const strength = weight >= 4 ? 'loud' : weight >= 2 ? 'clear' : 'weak'
    if (isRegulated(article)) own(features, article, `${kind} ${strength}`)
    else features.whole.add(`${kind} of other goods ${strength}`)
  }
}
