import { isPropagative } from '../parcel/articles.ts'
import { type ItemLine, longestDescription } from '../parcel/parcel.ts'
import type { Evidence } from './finding.ts'
import { ordinaryWord } from './respell.ts'
import { type Marks, numeral, unknownWord } from './scan.ts'
import type { Term } from './terms.ts'

/** What kinds of words a description holds. */
export interface Census {
  plantish: boolean
  imitation: number
  alive: boolean
  vague: number
  unknownWords: number
  /** Words and terms, known or not, and numbers. */
  words: number
  numerals: number
  /** Words that are no terms and still ordinary ones, and terms that say nothing of plants. */
  ordinary: number
  bestGoods: number
  bestGoodsStrength: number
  bestGoodsKind: Term['goodsKind']
  /** Whether what names the goods is nothing but a thing, and the last word of several but for colours and sizes. */
  endsInThing: boolean
  /** Whether the last word is a vessel and another word tells what kind: a tackle box, a compression bag. */
  endsInVessel: boolean
  bestForm: number
  plainName: boolean
  anyName: boolean
  soiled: number
  packaging: number
  /** "With soil": of a plant its medium, of boots what clings to them. */
  medium: number
  containers: number
  /** Whether several sorts of something are mixed. */
  mixed: boolean
}

/** Counts the words of a description by kind. */
export function countMarks(marks: Marks, termOf: (number: number) => Term): Census {
  const census: Census = {
    plantish: false,
    imitation: -1,
    alive: false,
    vague: -1,
    unknownWords: 0,
    words: 0,
    numerals: 0,
    ordinary: 0,
    bestGoods: -1,
    bestGoodsStrength: 0,
    bestGoodsKind: null,
    endsInThing: false,
    endsInVessel: false,
    bestForm: 0,
    plainName: false,
    anyName: false,
    soiled: -1,
    packaging: -1,
    medium: -1,
    containers: 0,
    mixed: false,
  }
  for (let mark = 0; mark < marks.count; mark += 1) {
    const number = marks.term[mark] as number
    if (number === numeral) census.numerals += 1
    else {
      census.words += 1
      census.endsInVessel = number >= 0 && termOf(number).vessel && census.words - 1 > census.containers
      if (number < 0) census.endsInThing = false
      else if (!termOf(number).container) census.endsInThing = marks.count > 1 && termOf(number).onlyThing
    }
    if (number === unknownWord && (marks.end[mark] as number) - (marks.start[mark] as number) >= 3)
      census.unknownWords += 1
    if (marks.meant[mark] === ordinaryWord) census.ordinary += 1
    if (number >= 0 && isImitatedIn(marks, mark, termOf)) census.imitation = mark
    if (number >= 0)
      countTerm(census, termOf(number), mark, (marks.end[mark] as number) - (marks.start[mark] as number))
  }
  return census
}

/** Whether a mark is a material right before the name of a plant that is no food ("glass tulip"), and nothing to grow is named. */
function isImitatedIn(marks: Marks, mark: number, termOf: (number: number) => Term): boolean {
  const next = mark + 1
  if (next >= marks.count || marks.part[next] !== marks.part[mark] || (marks.term[next] as number) < 0) return false
  if (!termOf(marks.term[mark] as number).material) return false
  const { name } = termOf(marks.term[next] as number)
  if (name === null || name.sense === 'food' || name.sense === 'candidate') return false
  for (let other = 0; other < marks.count; other += 1) {
    const number = marks.term[other] as number
    if (other !== next && number >= 0 && isToGrow(termOf(number))) return false
  }
  return true
}

function isToGrow({ form, formStrength, state }: Term): boolean {
  return (formStrength > 1 && form !== null && isPropagative(form)) || state.includes('fresh')
}

function countTerm(census: Census, term: Term, mark: number, letters: number): void {
  if (term.plantish) census.plantish = true
  else if (letters > 1) census.ordinary += 1
  if (term.imitation) census.imitation = mark
  if (term.state.includes('fresh')) census.alive = true
  if (term.container) census.containers += 1
  if (term.mixture) census.mixed = true
  if (term.vague && census.vague < 0) census.vague = mark
  if (term.goodsStrength >= census.bestGoodsStrength && term.goodsStrength > 0) {
    census.bestGoods = mark
    census.bestGoodsStrength = term.goodsStrength
    census.bestGoodsKind = term.goodsKind
  }
  if (term.formStrength > census.bestForm) census.bestForm = term.formStrength
  // A name that may be a brand as well tells nothing while nothing else speaks of plants.
  if (term.name !== null && !term.plantish) census.unknownWords += 1
  else if (term.name !== null) {
    census.anyName = true
    if (term.name.sense === 'plain') census.plainName = true
  }
  if (term.soiled) census.soiled = mark
  if (term.state.includes('in-medium')) census.medium = mark
  if (term.packaging) census.packaging = mark
}

/** How far a description can be told at all: 0 for nothing, 1 for a form and a name, with an HS code that says what it is. */
export function clarityOf(census: Census, hs: readonly Evidence[], line: ItemLine): number {
  const said = saidBy(census)
  const told = said >= 0.5 ? said - looseness(census) : said
  const vague = census.vague >= 0 && said < 0.6 ? 0.15 : 0
  const cut = line.description.length > longestDescription ? 0.5 : 1
  const clarity = Math.max(0, told - vague)
  // A code that says what the words leave open; a line that says nothing is not told by its code alone.
  const heading = hs.length > 0 && clarity >= 0.2 ? (1 - clarity) * 0.6 : 0
  return Math.max(0, Math.min(1, (clarity + heading) * cut))
}

/** What a line of one or two words takes from what is said: group words tell less than a product with its material and size. */
function looseness({ words, numerals, bestForm, anyName }: Census): number {
  if (bestForm >= 2 || anyName) return 0
  return Math.max(0, 5 - words - numerals) * 0.03
}

function saidBy(census: Census): number {
  if (census.bestForm >= 2 && census.anyName) return 0.98
  if (census.bestForm >= 2 || census.plainName || census.imitation >= 0) return 0.9
  if (census.bestGoodsStrength >= 2) return census.bestGoodsStrength === 3 ? 0.92 : 0.88
  if (census.bestForm === 1 || census.bestGoodsStrength === 1 || census.anyName) return 0.6
  if (census.ordinary >= 3) return 0.45
  if (census.unknownWords >= 3) return 0.4
  if (census.unknownWords > 0) return 0.3
  // A bottle, a tray: what is in it is not told, and with a fitting HS code it is the thing itself.
  if (census.containers > 0 && census.vague < 0) return 0.2
  return census.vague >= 0 ? 0.1 : 0.05
}
