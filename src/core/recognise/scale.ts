import { type Article, articles } from '../parcel/articles.ts'
import type { Evidence, Letters } from './finding.ts'
import type { Seen } from './segments.ts'
import type { Term } from './terms.ts'

export type Weights = Readonly<Record<string, number>>

/** Odds of each article for one thing, with the evidence that made them. */
export interface Scale {
  readonly odds: number[]
  readonly evidence: Evidence[]
  readonly ruledOut: Evidence[]
  readonly names: Seen[]
}

/** What weighing needs of its surroundings. */
export interface Balance {
  readonly weights: Weights
  readonly lettersOf: (mark: number) => Letters
  /** The word that a misspelt one was read as; null where the letters stand as they are meant. */
  readonly meantOf: (mark: number) => string | null
  /** Whether the HS code is one of living plants, seeds or fresh parts: few declare other goods so. */
  readonly plantCode: boolean
  /** Whether an amount is told that is sold to be eaten, not sown: a pound, 100 g. */
  readonly byWeight: boolean
  /** Whether so few grams are told that only seeds are sold by them. */
  readonly pinch: boolean
  /** Whether what stands behind a name seems to be its cultivar. */
  readonly namesCultivar: (mark: number) => boolean
  /** Whether pieces are counted as only seeds are. */
  readonly counted: boolean
  /** Whether an age in years is told: then it is a plant. */
  readonly aged: boolean
  /** How it is sold, where a word tells that what grows is sold so: bunch, punnet, each. */
  readonly sold: Term['sold']
  /** Whether a part of the plant or a code is told: leaves of a banana are no fruit. */
  readonly otherwiseTold: boolean
}

const numberOf = new Map<Article, number>(articles.map((article, number) => [article, number]))

/** Names of weights that go by strength, spelled once. */
export const strengthNames = {
  form: ['', 'form.1', 'form.2', 'form.3'],
  goods: ['', 'goods.1', 'goods.2', 'goods.3'],
} as const

/** A weight by its name; one that is not set weighs nothing. */
export function weightOf(weights: Weights, name: string): number {
  return weights[name] ?? 0
}

const starts = new WeakMap<Weights, number[]>()

/** A scale on which nothing lies yet but what is known of parcels at large. */
export function newScale(weights: Weights): Scale {
  let start = starts.get(weights)
  if (start === undefined) {
    start = new Array<number>(articles.length).fill(weightOf(weights, 'regulated'))
    start[0] = weightOf(weights, 'none')
    start[1] = weightOf(weights, 'unclear')
    starts.set(weights, start)
  }
  return { odds: start.slice(), evidence: [], ruledOut: [], names: [] }
}

/** Lays a piece of evidence on the scale. */
export function lay(scale: Scale, evidence: Evidence): void {
  const at = numberOf.get(evidence.article) as number
  scale.odds[at] = (scale.odds[at] as number) + evidence.weight
  scale.evidence.push(evidence)
}

/** Takes weight from an article without evidence of its own: what speaks for another speaks against it. */
export function lower(scale: Scale, article: Article, weight: number): void {
  const at = numberOf.get(article) as number
  scale.odds[at] = (scale.odds[at] as number) - weight
}

/** Working room of `probabilities`. */
const roomForShares = new Float64Array(articles.length)

/** Probabilities of a scale: every article with more than `trace`, the likeliest first. */
export function probabilities(scale: Scale, trace = 0.01): { article: Article; probability: number }[] {
  let most = Number.NEGATIVE_INFINITY
  const { odds } = scale
  const count = odds.length
  for (let at = 0; at < count; at += 1) if ((odds[at] as number) > most) most = odds[at] as number
  let sum = 0
  // Most articles of most items stand at the same odds: their share is worked out once.
  let lastOdds = Number.NaN
  let lastShare = 0
  const shares = roomForShares
  for (let at = 0; at < count; at += 1) {
    const own = odds[at] as number
    if (own !== lastOdds) {
      lastOdds = own
      lastShare = Math.exp(own - most)
    }
    shares[at] = lastShare
    sum += lastShare
  }
  const list: { article: Article; probability: number }[] = []
  for (let at = 0; at < count; at += 1) {
    const probability = (shares[at] as number) / sum
    if (probability > trace) list.push({ article: articles[at] as Article, probability })
  }
  return list.length > 1 ? list.sort((one, other) => other.probability - one.probability) : list
}
