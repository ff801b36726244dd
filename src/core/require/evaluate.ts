import { articles, isUnder } from '../parcel/articles.ts'
import { type Taxa, traitNames } from '../parcel/taxa.ts'
import type { Block, NumberTest, Pack, PlaceTest, Requirement } from './pack.ts'
import {
  articleBit,
  type Fact,
  lowFacts,
  partBits,
  positionOf,
  possibleParts,
  type Situation,
  setOf,
} from './situation.ts'

/** Three values of logic (Kleene): a requirement does not apply, could apply, applies. */
export const no = 0
export const unknown = 1
export const yes = 2
export type Value = 0 | 1 | 2

/** A block made ready: sets instead of lists. */
interface ReadyBlock {
  readonly block: Block
  readonly articles: number
  readonly notArticles: number
  readonly taxa: ReadySet | null
  readonly notTaxa: ReadySet | null
  readonly traits: number
  readonly parts: number
  readonly notParts: number
  /** Whether it tests facts of the article (state, numbers, part, use), and whether the way (mode, recipient, month, papers). */
  readonly hasFacts: boolean
  readonly hasWay: boolean
}

/** Taxa a block names, and everything above them. */
interface ReadySet {
  readonly named: ReadonlySet<number>
  readonly above: ReadonlySet<number>
}

/** A requirement made ready to be evaluated. */
export interface ReadyRequirement {
  readonly requirement: Requirement
  readonly when: ReadyBlock
  readonly unless: readonly ReadyBlock[]
  readonly doubt: readonly ReadyBlock[]
  /** Whether it speaks of goods that enter the pack's union from outside. */
  readonly entering: boolean
  readonly prohibits: boolean
  /** What it demanded before, by the facts that were unknown. */
  readonly demands: Map<number, object>
}

/** Lines of descent, worked out once for each taxon. */
export interface Descent {
  readonly taxa: Taxa
  readonly lines: (readonly number[] | undefined)[]
  readonly otherLines: (readonly number[] | undefined)[]
}

export function descent(taxa: Taxa): Descent {
  // Room for all taxa from the start: numbers of imported ones are high, and a list that grows to them late would be slow.
  const size = taxa.names.length
  return { taxa, lines: new Array(size), otherLines: new Array(size) }
}

/** The taxon and all above it. */
export function lineOf(from: Descent, taxon: number): readonly number[] {
  const known = from.lines[taxon]
  if (known !== undefined) return known
  const line: number[] = []
  for (let at = taxon; at >= 0 && line.length < 32; at = from.taxa.parents[at] ?? -1) line.push(at)
  from.lines[taxon] = line
  return line
}

/** What it stands under by other authors. */
export function otherLineOf(from: Descent, taxon: number): readonly number[] {
  const known = from.otherLines[taxon]
  if (known !== undefined) return known
  const line: number[] = []
  for (const at of lineOf(from, taxon))
    for (const other of from.taxa.alsoUnder[at] ?? []) line.push(...lineOf(from, other))
  from.otherLines[taxon] = line
  return line
}

/** Makes a requirement ready: lists become sets and bits. */
export function ready(requirement: Requirement, from: Descent): ReadyRequirement {
  const { when } = requirement
  return {
    requirement,
    when: readyBlock(when, from),
    unless: requirement.unless.map((block) => readyBlock(block, from)),
    doubt: requirement.doubt.map((block) => readyBlock(block, from)),
    // Terms of a carrier hold on every way, also inside a union.
    entering:
      requirement.branch !== 'carrier' &&
      [when.origin, when.originOrDispatch, when.route, when.dispatch].some((test) => test?.thirdCountry === true),
    prohibits: requirement.measures.some(({ measure }) => measure === 'prohibited'),
    demands: new Map(),
  }
}

function readyBlock(block: Block, from: Descent): ReadyBlock {
  return {
    block,
    articles: (block.articles ?? []).reduce((set, wider) => set | closure(wider), 0),
    notArticles: (block.notArticles ?? []).reduce((set, wider) => set | closure(wider), 0),
    taxa: block.taxa === undefined ? null : readySet(block.taxa, from),
    notTaxa: block.notTaxa === undefined ? null : readySet(block.notTaxa, from),
    traits: (block.traits ?? []).reduce((set, trait) => set | (1 << traitNames.indexOf(trait)), 0),
    parts: partBits(...(block.parts ?? [])),
    notParts: partBits(...(block.notParts ?? [])),
    hasFacts: [block.parts, block.notParts, block.state, block.numbers, block.uses].some((test) => test !== undefined),
    hasWay: [block.by, block.reExported, block.recipient, block.months, block.claimed, block.unknown].some(
      (test) => test !== undefined,
    ),
  }
}

function closure(wider: (typeof articles)[number]): number {
  return articles.reduce((set, article) => (isUnder(article, wider) ? set | articleBit(article) : set), 0)
}

function readySet(named: readonly number[], from: Descent): ReadySet {
  const above = new Set<number>()
  for (const taxon of named) for (const at of lineOf(from, taxon).slice(1)) above.add(at)
  return { named: new Set(named), above }
}

/** Unknown facts of the evaluation under way, in two halves: numbers, so that nothing is allocated on the hot path. */
let low = 0
let high = 0

function miss(fact: Fact): void {
  const at = positionOf(fact)
  if (at < lowFacts) low |= 1 << at
  else high |= 1 << (at - lowFacts)
}

/** Facts that the last `evaluate` found unknown, as a set. */
export function missingFacts(): number {
  return setOf(low, high)
}

/**
 * Whether a requirement applies to a situation, in three values. After `unknown`, `missingFacts()` tells which facts would
 * settle it. `relation` tells whether the taxon is one that `when` names, where the index knows it already.
 */
export function evaluate(
  ready: ReadyRequirement,
  situation: Situation,
  { pack, from }: { readonly pack: Pack; readonly from: Descent },
  relation: Value | -1 = -1,
): Value {
  low = 0
  high = 0
  const { requirement } = ready
  if (requirement.from !== null && situation.on !== '' && situation.on < requirement.from) return no
  if (requirement.to !== null && situation.on !== '' && situation.on > requirement.to) return no
  let value = blockHolds(ready.when, situation, from, relation)
  if (value === no) return no
  if (ready.entering) value = atMost(value, entryHolds(ready, situation, pack))
  if (value === no) return no
  for (const block of ready.unless) {
    const holds = blockHolds(block, situation, from)
    if (holds === yes) return no
    if (holds === unknown) value = unknown
  }
  for (const block of ready.doubt) {
    const [lowBefore, highBefore] = [low, high]
    if (blockHolds(block, situation, from) !== no) {
      value = unknown
      low = lowBefore
      high = highBefore
      miss('text')
    }
  }
  return value
}

/**
 * Goods sent from inside a union are not introduced into it: what is asked at its border was asked before. A prohibition
 * stays possible for them where an origin outside is declared.
 */
function entryHolds(ready: ReadyRequirement, situation: Situation, pack: Pack): Value {
  if (situation.dispatch < 0 || (pack.union[situation.dispatch] ?? 0) !== yes) return yes
  const declaredOutside = situation.origin >= 0 && (pack.union[situation.origin] ?? 0) === no
  if (!declaredOutside || !ready.prohibits) return no
  miss('text')
  return unknown
}

function atMost(one: Value, other: Value): Value {
  return one < other ? one : other
}

/** Whether the origin alone tells that a requirement does not apply: most of an index's candidates end here. */
export function originForbids({ when }: ReadyRequirement, { origin, dispatch }: Situation): boolean {
  const test = when.block.origin
  if (test === undefined) return false
  const place = test.inside === true && dispatch >= 0 ? dispatch : origin
  return place >= 0 && (test.table[place] ?? no) === no
}

/** Whether all tests of a block hold. Tests that most often fail come first. */
function blockHolds(ready: ReadyBlock, situation: Situation, from: Descent, relation: Value | -1 = -1): Value {
  const { block } = ready
  if (ready.articles !== 0 && (ready.articles & articleBit(situation.article)) === 0) return no
  if ((ready.notArticles & articleBit(situation.article)) !== 0) return no
  if (block.named !== undefined && block.named !== situation.taxa.length > 0) return no
  const lowBefore = low
  const highBefore = high
  let value: Value = yes
  if (block.origin !== undefined) value = originHolds(block.origin, situation)
  if (value !== no && ready.taxa !== null && relation !== yes)
    value = atMost(value, taxaHold(ready.taxa, situation, from))
  if (value !== no && ready.notTaxa !== null)
    value = atMost(value, (2 - taxaHold(ready.notTaxa, situation, from)) as Value)
  if (value !== no && block.originOrDispatch !== undefined)
    value = atMost(value, eitherPlaceHolds(block.originOrDispatch, situation))
  if (value !== no && block.route !== undefined) value = atMost(value, routeHolds(block.route, situation))
  if (value !== no && block.dispatch !== undefined)
    value = atMost(value, placeHolds(block.dispatch, situation.dispatch, 'dispatch'))
  if (value !== no && block.destination !== undefined) {
    value = atMost(value, placeHolds(block.destination, situation.destination, 'destination'))
  }
  if (value !== no && ready.hasFacts) value = atMost(value, articleFactsHold(ready, situation))
  if (value !== no && ready.hasWay) value = atMost(value, wayHolds(block, situation))
  if (value !== no && ready.traits !== 0) value = atMost(value, traitsHold(ready.traits, situation, from.taxa))
  if (value === no) {
    low = lowBefore
    high = highBefore
  }
  return value
}

function articleFactsHold(ready: ReadyBlock, situation: Situation): Value {
  const { block } = ready
  let value: Value = yes
  if (ready.parts !== 0) value = atMost(value, partsHold(ready.parts, situation))
  if (ready.notParts !== 0) value = atMost(value, (2 - partsHold(ready.notParts, situation)) as Value)
  if (block.state !== undefined) {
    for (const { fact, value: wanted } of block.state) {
      const told = situation.state[fact]
      if (told === null) {
        miss(fact)
        value = atMost(value, unknown)
      } else if (told !== wanted) return no
    }
  }
  if (block.numbers !== undefined) for (const test of block.numbers) value = atMost(value, numberHolds(test, situation))
  if (block.uses !== undefined) value = atMost(value, listHolds(block.uses, situation.use, 'use'))
  return value
}

function wayHolds(block: Block, situation: Situation): Value {
  let value: Value = yes
  if (block.by !== undefined) value = atMost(value, listHolds(block.by, situation.by, 'by'))
  if (block.reExported !== undefined) value = atMost(value, reExportHolds(block.reExported, situation))
  if (block.recipient !== undefined) value = atMost(value, listHolds(block.recipient, situation.recipient, 'recipient'))
  if (block.months !== undefined && situation.on !== '' && !block.months.includes(Number(situation.on.slice(5, 7))))
    return no
  if (block.claimed !== undefined && !block.claimed.some((kind) => situation.claimed.includes(kind))) return no
  if (block.unknown !== undefined) {
    miss('other')
    value = atMost(value, unknown)
  }
  return value
}

/** Whether what it may be is one of the named taxa or stands under one: yes for all, no for all, else unknown. */
function taxaHold(set: ReadySet, situation: Situation, from: Descent): Value {
  const { taxa } = situation
  let all: Value | -1 = -1
  for (let at = 0; at < taxa.length; at += 1) {
    const one = taxonHolds(set, taxa[at] as number, situation.noNarrower, from)
    if (all === -1) all = one
    else if (all !== one) all = unknown
  }
  if (all === -1) all = unknown
  if (all === unknown) miss('taxon')
  return all
}

function taxonHolds(set: ReadySet, taxon: number, noNarrower: boolean, from: Descent): Value {
  for (const at of lineOf(from, taxon)) if (set.named.has(at)) return yes
  if (!noNarrower && set.above.has(taxon)) return unknown
  for (const at of otherLineOf(from, taxon)) if (set.named.has(at)) return unknown
  return no
}

function traitsHold(wanted: number, situation: Situation, taxa: Taxa): Value {
  let value: Value = situation.taxa.length === 0 ? unknown : yes
  for (const taxon of situation.taxa) {
    if (((taxa.notTraits[taxon] ?? 0) & wanted) !== 0) {
      if (situation.taxa.length === 1) return no
      value = unknown
    } else if (((taxa.traits[taxon] ?? 0) & wanted) !== wanted) value = unknown
  }
  if (value === unknown) miss('taxon')
  return value
}

function placeHolds(test: PlaceTest, place: number, fact: Fact): Value {
  if (place < 0) {
    miss(fact)
    return unknown
  }
  const value = (test.table[place] ?? no) as Value
  if (value === unknown) miss(fact)
  return value
}

function originHolds(test: PlaceTest, situation: Situation): Value {
  if (test.inside === true && situation.dispatch >= 0) return placeHolds(test, situation.dispatch, 'dispatch')
  return placeHolds(test, situation.origin, 'origin')
}

function eitherPlaceHolds(test: PlaceTest, situation: Situation): Value {
  const lowBefore = low
  const highBefore = high
  const origin = placeHolds(test, situation.origin, 'origin')
  if (origin === yes) return yes
  const dispatch = placeHolds(test, situation.dispatch, 'dispatch')
  if (dispatch === yes) {
    low = lowBefore
    high = highBefore
    return yes
  }
  return origin === no && dispatch === no ? no : unknown
}

/** Sent from another country than it grew in, or not. */
function reExportHolds(wanted: boolean, { reExported, origin }: Situation): Value {
  if (reExported !== null) return reExported === wanted ? yes : no
  miss(origin < 0 ? 'origin' : 'dispatch')
  return unknown
}

/** Grown, sent from or passed through. A way that nobody told is taken as direct. */
function routeHolds(test: PlaceTest, situation: Situation): Value {
  const value = eitherPlaceHolds(test, situation)
  if (value === yes) return yes
  return situation.via.some((place) => test.table[place] === yes) ? yes : value
}

function partsHold(wanted: number, situation: Situation): Value {
  const may = possibleParts(situation.article, situation.part)
  if ((may & wanted) === 0) return no
  if ((may & ~wanted) === 0) return yes
  miss('part')
  return unknown
}

function numberHolds(test: NumberTest, situation: Situation): Value {
  const told = situation.state[test.fact]
  if (told === null) {
    miss(test.fact)
    return unknown
  }
  const holds =
    (test.atLeast === null || told >= test.atLeast) &&
    (test.atMost === null || told <= test.atMost) &&
    (test.over === null || told > test.over) &&
    (test.under === null || told < test.under)
  return holds ? yes : no
}

function listHolds(list: readonly string[], told: string | null, fact: Fact): Value {
  if (told === null) {
    miss(fact)
    return unknown
  }
  return list.includes(told) ? yes : no
}
