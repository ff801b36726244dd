import { type ItemLine, longestDescription } from '../parcel/parcel.ts'
import type { Evidence } from './finding.ts'
import { type Marks, unknownWord } from './scan.ts'
import type { Term } from './terms.ts'

/** What kinds of words a description holds. */
export interface Census {
  plantish: boolean
  imitation: number
  alive: boolean
  vague: number
  unknownWords: number
  bestGoods: number
  bestGoodsStrength: number
  bestGoodsKind: Term['goodsKind']
  bestForm: number
  plainName: boolean
  anyName: boolean
  soiled: number
  packaging: number
  /** "With soil": of a plant its medium, of boots what clings to them. */
  medium: number
  containers: number
}

/** Counts the words of a description by kind. */
export function countMarks(marks: Marks, termOf: (number: number) => Term): Census {
  const census: Census = {
    plantish: false,
    imitation: -1,
    alive: false,
    vague: -1,
    unknownWords: 0,
    bestGoods: -1,
    bestGoodsStrength: 0,
    bestGoodsKind: null,
    bestForm: 0,
    plainName: false,
    anyName: false,
    soiled: -1,
    packaging: -1,
    medium: -1,
    containers: 0,
  }
  for (let mark = 0; mark < marks.count; mark += 1) {
    const number = marks.term[mark] as number
    if (number === unknownWord && (marks.end[mark] as number) - (marks.start[mark] as number) >= 3)
      census.unknownWords += 1
    if (number >= 0) countTerm(census, termOf(number), mark)
  }
  return census
}

function countTerm(census: Census, term: Term, mark: number): void {
  if (term.plantish) census.plantish = true
  if (term.imitation) census.imitation = mark
  if (term.state.includes('fresh')) census.alive = true
  if (term.container) census.containers += 1
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

/** How far a description can be told at all: 0 for nothing, 1 for a form and a name. */
export function clarityOf(census: Census, hs: readonly Evidence[], line: ItemLine): number {
  const said = saidBy(census)
  const heading = hs.length > 0 && said >= 0.2 ? 0.1 : 0
  const vague = census.vague >= 0 && said < 0.6 ? 0.15 : 0
  const cut = line.description.length > longestDescription ? 0.5 : 1
  return Math.max(0, Math.min(1, (said + heading - vague) * cut))
}

function saidBy(census: Census): number {
  if (census.bestForm >= 2 && census.anyName) return 0.98
  if (census.bestForm >= 2 || census.bestGoodsStrength >= 2 || census.plainName || census.imitation >= 0) return 0.9
  if (census.bestForm === 1 || census.bestGoodsStrength === 1 || census.anyName) return 0.6
  if (census.unknownWords >= 3) return 0.4
  if (census.unknownWords > 0) return 0.3
  // A bottle, a tray: what is in it is not told, and with a fitting HS code it is the thing itself.
  if (census.containers > 0 && census.vague < 0) return 0.2
  return census.vague >= 0 ? 0.1 : 0.05
}
