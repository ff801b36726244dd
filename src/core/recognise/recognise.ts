import { isRegulated } from '../parcel/articles.ts'
import { type ItemLine, longestDescription } from '../parcel/parcel.ts'
import type { Part, State, Use } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { Evidence, Finding, Letters, NameFound, Thing } from './finding.ts'
import { fold, foldedRoom } from './fold.ts'
import { findHeading, type Headings } from './goods.ts'
import type { Lexicon } from './lexicon.ts'
import { numbersIn, type UnitWords } from './numbers.ts'
import { marksRoom, scan, unknownWord } from './scan.ts'
import { type Seen, type Segment, type Segments, segmentsOf } from './segments.ts'
import { type Term, unpackTerm } from './terms.ts'
import {
  type Balance,
  lay,
  newScale,
  probabilities,
  type Scale,
  strengthNames,
  type Weights,
  weighSegment,
  weightOf,
} from './weigh.ts'

/** What recognising needs to know. */
export interface RecogniserKnowledge {
  readonly lexicon: Lexicon
  readonly languages: readonly { readonly head: 'first' | 'last'; readonly compounds: boolean }[]
  /** Kinds of products whose plants after "with" are ingredients. */
  readonly ingredientKinds: readonly string[]
  readonly taxa: Taxa
  readonly headings: Headings
  readonly weights: Weights
  readonly unitWords: UnitWords
}

export type Recogniser = (line: ItemLine) => Finding

/**
 * Makes the function that tells what an item line is. Its working room is used again for each line; the same line always
 * gives the same finding.
 */
export function recogniser(knowledge: RecogniserKnowledge): Recogniser {
  const { lexicon, weights } = knowledge
  const room = foldedRoom()
  const marks = marksRoom()
  const headFirst = knowledge.languages.map(({ head }) => head === 'first')
  // Scientific names stand as the last language of all.
  const scientific = 1 << (knowledge.languages.length - 1)
  const compounds = knowledge.languages.map((language) => language.compounds)
  const terms: (Term | undefined)[] = []
  const known = new Map<string, readonly Evidence[]>()
  const hsEvidence = (hs: string): readonly Evidence[] => {
    const before = known.get(hs)
    if (before !== undefined) return before
    const heading = findHeading(knowledge.headings, hs)
    const evidence = heading === null ? noEvidence : headingEvidence(heading, weights)
    if (known.size < 20_000) known.set(hs, evidence)
    return evidence
  }
  const termOf = (number: number): Term => {
    terms[number] ??= unpackTerm(lexicon, number, { headFirst, parts: knowledge.taxa.parts })
    return terms[number] as Term
  }
  return (line) => {
    const { description } = line
    fold(description, lexicon.fold, room, longestDescription)
    scan(room, lexicon, marks, compounds)
    const lettersOf = (mark: number): Letters => {
      const from = room.from[marks.start[mark] as number] as number
      const to = endOf(description, room.from[(marks.end[mark] as number) - 1] as number)
      return { text: description.slice(from, to), from, to }
    }
    const census = countMarks(marks, termOf)
    const hs = line.hs === null ? noEvidence : hsEvidence(line.hs)
    if (!census.plantish) return ordinaryFinding(line, { census, hs, weights, lettersOf })
    const segments = segmentsOf(marks, termOf, scientific)
    return plantFinding(line, { segments, census, hs, knowledge, lettersOf })
  }
}

const noEvidence: readonly Evidence[] = []

function endOf(text: string, last: number): number {
  const unit = text.charCodeAt(last)
  return last + (unit >= 0xd800 && unit < 0xdc00 ? 2 : 1)
}

/** What kinds of words a description holds. */
interface Census {
  plantish: boolean
  imitation: number
  alive: boolean
  vague: number
  unknownWords: number
  bestGoods: number
  bestGoodsStrength: number
  bestForm: number
  plainName: boolean
  anyName: boolean
  soiled: number
  packaging: number
  containers: number
}

function countMarks(marks: ReturnType<typeof marksRoom>, termOf: (number: number) => Term): Census {
  const census: Census = {
    plantish: false,
    imitation: -1,
    alive: false,
    vague: -1,
    unknownWords: 0,
    bestGoods: -1,
    bestGoodsStrength: 0,
    bestForm: 0,
    plainName: false,
    anyName: false,
    soiled: -1,
    packaging: -1,
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
  }
  if (term.formStrength > census.bestForm) census.bestForm = term.formStrength
  if (term.name !== null) {
    census.anyName = true
    if (term.name.sense === 'plain') census.plainName = true
  }
  if (term.soiled) census.soiled = mark
  if (term.packaging) census.packaging = mark
}

function headingEvidence({ code, heading }: NonNullable<ReturnType<typeof findHeading>>, weights: Weights): Evidence[] {
  const share = heading.sense === 'either' ? 0.5 : 1
  return heading.articles.map((article, rank) => {
    const name = isRegulated(article) ? 'hs-regulated' : 'hs-ordinary'
    const weight = weightOf(weights, `${name}.${heading.strength}`) * share - rank * weightOf(weights, 'hs-second')
    return { kind: 'hs', article, weight, letters: null, value: code }
  })
}

interface OrdinaryContext {
  readonly census: Census
  readonly hs: readonly Evidence[]
  readonly weights: Weights
  readonly lettersOf: (mark: number) => Letters
}

/** A description without a word of plants: other goods, or too little to tell. */
function ordinaryFinding(line: ItemLine, { census, hs, weights, lettersOf }: OrdinaryContext): Finding {
  const scale = newScale(weights)
  if (census.bestGoods >= 0) {
    const weight =
      weightOf(weights, strengthNames.goods[census.bestGoodsStrength] as string) + weightOf(weights, 'goods-head')
    lay(scale, { kind: 'goods', article: 'none', weight, letters: lettersOf(census.bestGoods), value: null })
  }
  if (census.imitation >= 0) layImitation(scale, lettersOf(census.imitation), weights)
  layVague(scale, census, { weights, lettersOf })
  layHeading(scale, hs, weights)
  const thing: Thing = { articles: probabilities(scale), names: [], part: null, state: {}, use: null }
  return {
    index: line.index,
    things: [thing],
    clarity: clarityOf(census, hs, line),
    evidence: scale.evidence,
    ruledOut: [],
    contamination: null,
    packaging: null,
  }
}

function layVague(scale: Scale, census: Census, { weights, lettersOf }: Balance): void {
  if (census.vague >= 0) {
    lay(scale, {
      kind: 'vague',
      article: 'unclear',
      weight: weightOf(weights, 'vague'),
      letters: lettersOf(census.vague),
      value: null,
    })
  }
  if (census.bestGoods < 0 && census.bestForm < 2 && census.unknownWords > 0) {
    lay(scale, {
      kind: 'nothing',
      article: 'unclear',
      weight: weightOf(weights, 'unknown-words'),
      letters: null,
      value: null,
    })
  }
}

function layHeading(scale: Scale, hs: readonly Evidence[], weights: Weights): void {
  for (const evidence of hs) lay(scale, evidence)
  if (hs[0] !== undefined && isRegulated(hs[0].article) && hs[0].weight > 2)
    scale.odds[0] = (scale.odds[0] as number) - weightOf(weights, 'hs-against-none')
}

/** How far a description can be told at all: 0 for nothing, 1 for a form and a name. */
function clarityOf(census: Census, hs: readonly Evidence[], line: ItemLine): number {
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

interface PlantContext {
  readonly segments: Segments
  readonly census: Census
  readonly hs: readonly Evidence[]
  readonly knowledge: RecogniserKnowledge
  readonly lettersOf: (mark: number) => Letters
}

function plantFinding(line: ItemLine, context: PlantContext): Finding {
  const { census, hs, knowledge, lettersOf } = context
  const { weights } = knowledge
  const balance: Balance = { weights, lettersOf }
  const ruledOut: Evidence[] = []
  const groups = group(context, ruledOut)
  if (groups.every(({ seen }) => !seen.some(({ term }) => term.plantish))) {
    const plain = ordinaryFinding(line, { census, hs, weights, lettersOf })
    return { ...plain, ruledOut }
  }
  const scales = groups.map((segment) => weighSegment(segment, balance))
  for (const scale of scales) {
    if (census.imitation >= 0 && !census.alive) layImitation(scale, lettersOf(census.imitation), weights)
    layVague(scale, census, balance)
    layHeading(scale, hs, weights)
  }
  const facts = stateOf(context, line)
  const things = scales.map((scale) => thingOf(scale, facts, lettersOf))
  return {
    index: line.index,
    things,
    clarity: clarityOf(census, hs, line),
    evidence: scales.flatMap(({ evidence }) => evidence),
    ruledOut: [...ruledOut, ...scales.flatMap((scale) => scale.ruledOut)],
    contamination: census.soiled >= 0 ? lettersOf(census.soiled) : null,
    packaging: census.packaging >= 0 ? lettersOf(census.packaging) : null,
  }
}

/**
 * Brings segments together into things. Names that stand alone belong to the form that has none ("seeds: tomato, basil"), or
 * are the look of the product beside them ("T-shirt, rose"). What follows "for" is a purpose.
 */
function group({ segments, lettersOf, knowledge }: PlantContext, ruledOut: Evidence[]): Segment[] {
  const own: Segment[] = []
  const loose: Seen[] = []
  const lone: Segment[] = []
  for (const segment of segments.list) {
    if (segment.role === 'with' && holdsIngredients(own[0], knowledge.ingredientKinds)) {
      setAside(segment.seen, 'ingredient', lettersOf, ruledOut)
    } else if (
      segment.role === 'for' &&
      segment !== segments.list[0] &&
      !segment.seen.some(({ term }) => term.use !== null)
    ) {
      setAside(segment.seen, 'purpose', lettersOf, ruledOut)
    } else if (
      segment.seen.some(
        ({ term }) => term.formStrength > 1 || term.goodsStrength > 1 || (term.form !== null && term.name === null),
      )
    )
      own.push(segment)
    else if (segment.seen.some(({ term }) => term.name !== null || term.form !== null)) lone.push(segment)
    else loose.push(...segment.seen)
  }
  return settle({ own, lone, loose }, lettersOf, ruledOut)
}

function isPlainName({ term }: Seen): boolean {
  return term.name?.sense === 'plain'
}

/** Whether a product is of a kind whose plants are ingredients: a scrub with apricot seeds, a tea with lemon. */
function holdsIngredients(main: Segment | undefined, kinds: readonly string[]): boolean {
  const last = main?.seen.findLast(({ term }) => term.goodsStrength > 1)
  return last !== undefined && kinds.includes(last.term.goodsKind ?? '')
}

function settle(
  { own, lone, loose }: { own: Segment[]; lone: Segment[]; loose: Seen[] },
  lettersOf: (mark: number) => Letters,
  ruledOut: Evidence[],
): Segment[] {
  const form = own.find(({ seen }) => seen.some(({ term }) => term.formStrength > 1))
  const goods = own.find(({ seen }) => seen.some(({ term }) => term.goodsStrength > 1))
  const names = lone.flatMap(({ seen }) => seen)
  if (form !== undefined) form.seen.push(...names, ...loose)
  else if (goods !== undefined) {
    const first = goods.seen[0]?.mark ?? 0
    const own = lone.filter(({ seen }) => seen.every(({ mark }) => mark < first) && seen.some(isPlainName))
    setAside(
      names.filter((one) => !own.some(({ seen }) => seen.includes(one))),
      'name',
      lettersOf,
      ruledOut,
    )
    // A plain plant name before the product ("Zinnia - Oklahoma Salmon") may be the thing itself.
    for (const segment of own) goods.seen.push(...segment.seen)
    goods.seen.push(...loose)
    if (own.length > 0) goods.nameFirst = true
  } else if (own.length > 0) own[0]?.seen.push(...names, ...loose)
  else
    return [
      {
        role: 'main',
        seen: [...names, ...loose],
        headFirst: lone[0]?.headFirst ?? false,
        unknownWords: 0,
        spoken: lone[0]?.spoken ?? 0,
      },
    ]
  for (const { seen } of own) seen.sort((one, other) => one.mark - other.mark)
  return weakAside(own, lettersOf, ruledOut)
}

/** A weak form that stands alone beside an ordinary product is its look: "dress, flower". */
function weakAside(own: Segment[], lettersOf: (mark: number) => Letters, ruledOut: Evidence[]): Segment[] {
  const goods = own.some(({ seen }) => seen.some(({ term }) => term.goodsStrength > 1))
  if (!goods) return own
  return own.filter(({ seen }) => {
    const weak = seen.every(({ term }) => term.formStrength < 2 && term.goodsStrength < 1)
    if (weak) setAside(seen, 'form', lettersOf, ruledOut)
    return !weak
  })
}

function setAside(
  list: readonly Seen[],
  kind: 'purpose' | 'ingredient' | 'name' | 'form',
  lettersOf: (mark: number) => Letters,
  ruledOut: Evidence[],
): void {
  for (const { mark, term } of list) {
    if (term.name === null && term.form === null) continue
    const article = term.form ?? term.name?.article ?? 'plants-for-planting'
    ruledOut.push({ kind, article, weight: 0, letters: lettersOf(mark), value: null })
  }
}

function layImitation(scale: Scale, letters: Letters, weights: Weights): void {
  lay(scale, { kind: 'imitation', article: 'none', weight: weightOf(weights, 'imitation'), letters, value: null })
}

/** State, part and use that the words tell. */
interface Facts {
  readonly state: Partial<State>
  readonly part: Part | null
  readonly use: Use | null
}

function stateOf({ segments, knowledge, census }: PlantContext, line: ItemLine): Facts {
  const state: { -readonly [K in keyof State]?: State[K] } = {}
  let part: Part | null = null
  let use: Use | null = null
  for (const segment of segments.list) {
    for (const { term } of segment.seen) {
      part = term.part ?? part
      use = term.use ?? use
      tellState(state, term)
    }
  }
  for (const { term } of segments.without) tellAbsence(state, term)
  // A dwarfed tree is sold as one: where a description speaks of plants and not of bonsai, it is none.
  if (state.dwarfed === undefined && census.bestForm + Number(census.anyName) > 0) state.dwarfed = false
  Object.assign(state, numbersIn(line.description, knowledge.unitWords))
  if (line.pieces !== null) state.pieces ??= line.pieces
  if (line.grams !== null) state.grams ??= line.grams
  return { state, part, use }
}

type MutableState = { -readonly [K in keyof State]?: State[K] }

function tellState(state: MutableState, term: Term): void {
  for (const fact of term.state) {
    if (fact === 'used') state.unused = false
    else if (fact.startsWith('peat-or-coir')) tellMedium(state, !fact.endsWith(':no'))
    else if (fact.endsWith(':no')) state[fact.slice(0, -3) as 'leaves'] = false
    else state[fact as 'leaves'] = true
  }
  const { process } = term
  if (process === 'dried' || process === 'ground' || process === 'frozen' || process === 'roasted')
    state[process] = true
  if (process !== null) state.fresh = false
}

/** "Coir potting mix" names both: then nothing is told. */
function tellMedium(state: MutableState, pure: boolean): void {
  state['peat-or-coir'] = state['peat-or-coir'] === !pure ? null : pure
}

function tellAbsence(state: MutableState, term: Term): void {
  if (term.part === 'leaf') state.leaves = false
  if (term.part === 'flower') state.flowers = false
  if (term.part === 'fruit') state.fruit = false
  if (term.part === 'root') state.rooted = false
  if (term.form === 'soil' || term.form === 'growing-medium') state['in-medium'] = false
}

function thingOf(scale: Scale, facts: Facts, lettersOf: (mark: number) => Letters): Thing {
  const names: NameFound[] = []
  for (const { mark, term } of scale.names) {
    if (term.name !== null && term.name.taxa.length > 0) names.push({ ...lettersOf(mark), taxa: term.name.taxa })
  }
  return { articles: probabilities(scale), names, part: facts.part, state: facts.state, use: facts.use }
}
