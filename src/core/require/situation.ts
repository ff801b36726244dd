import { type Article, articles, isPropagative } from '../parcel/articles.ts'
import type { Mode, Recipient } from '../parcel/parcel.ts'
import { numberFacts, type Part, parts, type State, stateFacts, type Use } from '../parcel/state.ts'
import { type Numbers, numbersOf, toldBy, withSettled } from './told.ts'

/** Everything a requirement may test about one article on its way. What is not told is null, -1 or empty. */
export interface Situation {
  /** What it may be, each as good as the other: numbers of taxa. Empty when nothing is told. */
  readonly taxa: readonly number[]
  /** Hypothetically none of the narrower taxa that a requirement names under `taxa`. */
  readonly noNarrower: boolean
  readonly article: Article
  readonly part: Part | null
  /** Facts of state that are so and that are not, as bits of `stateFacts`: see `Told`. */
  readonly yes: number
  readonly no: number
  readonly numbers: Numbers
  readonly use: Use | null
  readonly origin: number
  readonly dispatch: number
  /** Whether it is sent from another country than it grew in; null where either is not told. */
  readonly reExported: boolean | null
  /** Places it passes on its way, where they are told. */
  readonly via: readonly number[]
  readonly destination: number
  readonly by: Mode | null
  readonly recipient: Recipient | null
  /** Day that counts, as 2026-11-24. */
  readonly on: string
  /** Kinds of paper that are claimed. */
  readonly claimed: readonly string[]
}

/** Facts that can be unknown. A set of them is a number, made by `setOf`. */
export const facts = [
  'origin',
  'dispatch',
  'destination',
  'taxon',
  'part',
  'use',
  'by',
  'recipient',
  'other',
  'text',
  ...stateFacts,
  ...numberFacts,
] as const
export type Fact = (typeof facts)[number]

const positions = new Map<string, number>(facts.map((fact, at) => [fact, at]))

/** Facts in the lower half of a set: bit arithmetic knows 31 bits, a number holds 53. */
export const lowFacts = 30
const lowSize = 2 ** lowFacts

/** Position of a fact: its bit in a set of facts. */
export function positionOf(fact: Fact): number {
  return positions.get(fact) as number
}

/** A set of facts as one number: the lower 30 as bits of `low`, the rest as bits of `high`. */
export function setOf(low: number, high: number): number {
  return low + high * lowSize
}

/** The set that holds one fact. */
export function bitOf(fact: Fact): number {
  return 2 ** positionOf(fact)
}

/** Facts that are in one of two sets. */
export function union(one: number, other: number): number {
  const low = (one % lowSize) | (other % lowSize)
  return setOf(low, Math.floor(one / lowSize) | Math.floor(other / lowSize))
}

/** Facts of a set, in their fixed order. */
export function factsOf(set: number): Fact[] {
  const [low, high] = [set % lowSize, Math.floor(set / lowSize)]
  return facts.filter((_, at) => ((at < lowFacts ? low >> at : high >> (at - lowFacts)) & 1) !== 0)
}

/** Bit that stands for the whole plant among the parts an item may be. */
const wholePlant = 1 << parts.length
/** Bits of parts. */
export const partBits = (...list: readonly Part[]): number =>
  list.reduce<number>((set, part) => set | (1 << parts.indexOf(part)), 0)
const anyPart = (1 << parts.length) - 1

const partsOfArticle: Partial<Record<Article, number>> = {
  seeds: partBits('seed'),
  grain: partBits('seed'),
  bark: partBits('bark'),
  'bulbs-tubers': partBits('bulb', 'tuber', 'root'),
  'cut-flowers-branches': partBits('flower', 'branch', 'leaf', 'stem'),
  'fruit-vegetables': partBits('fruit', 'leaf', 'root', 'tuber', 'bulb', 'stem', 'flower', 'seed'),
  'dried-plant-product': anyPart,
  'processed-plant-product': anyPart,
}

/** Bits of the parts that an item may be: one bit when it is told. */
export function possibleParts(article: Article, part: Part | null): number {
  const ofArticle = partsOfArticle[article] ?? wholePlant
  if (part === null) return ofArticle
  const told = 1 << parts.indexOf(part)
  return (ofArticle & told) === 0 && ofArticle !== wholePlant ? ofArticle : ofArticle === wholePlant ? wholePlant : told
}

/** Whether goods are sent from another country than they grew in, with `partOf` of the places; null where either is not told. */
export function isReExported(origin: number, dispatch: number, partOf: readonly number[]): boolean | null {
  if (origin < 0 || dispatch < 0) return null
  const countryOf = (place: number): number => ((partOf[place] ?? -1) < 0 ? place : (partOf[place] as number))
  return countryOf(origin) !== countryOf(dispatch)
}

/** The use that an article has by its definition, or null. */
export function usualUse(article: Article): Use | null {
  if (isPropagative(article)) return 'planting'
  if (article === 'cut-flowers-branches') return 'decorative'
  if (article === 'fruit-vegetables' || article === 'grain') return 'consumption'
  return null
}

/** What may be told of a situation; what is left out is not told. */
export interface Given extends Partial<Omit<Situation, 'yes' | 'no' | 'numbers'>> {
  readonly article: Article
  readonly state?: Partial<State>
}

/** A situation with nothing told but what is given. */
export function situation(given: Given): Situation {
  const { article, use, state = {} } = given
  const { yes, no } = withSettled(article, toldBy(state))
  return {
    taxa: given.taxa ?? [],
    noNarrower: given.noNarrower ?? false,
    article,
    part: given.part ?? null,
    yes,
    no,
    numbers: numbersOf(state),
    use: use === undefined ? usualUse(article) : use,
    origin: given.origin ?? -1,
    dispatch: given.dispatch ?? -1,
    reExported: given.reExported ?? null,
    via: given.via ?? [],
    destination: given.destination ?? -1,
    by: given.by ?? null,
    recipient: given.recipient ?? null,
    on: given.on ?? '',
    claimed: given.claimed ?? [],
  }
}

const articleBits = Object.fromEntries(articles.map((article, at) => [article, 1 << at])) as Record<Article, number>

/** Number of an article in bit sets. */
export function articleBit(article: Article): number {
  return articleBits[article]
}
