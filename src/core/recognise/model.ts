import { type Article, articles, isRegulated } from '../parcel/articles.ts'
import { type Features, featuresOf, type Reading } from './features.ts'
import type { Evidence, Finding, Thing } from './finding.ts'
import { type Weights, weightOf } from './scale.ts'

/** Weights that were learned, by what they speak for (`none`, `unclear`, `this` article or one article) and feature. */
export type Model = Readonly<Record<string, Readonly<Record<string, number>>>>

/** How far the model is heard beside the rules: not at all, beside them, or alone (to be measured). */
export const modelUses = ['off', 'on', 'alone'] as const
export type ModelUse = (typeof modelUses)[number]

/** What the model is asked to do: nothing else of recognition knows of it. */
export type Hearing = (reading: Reading, finding: Finding) => Finding

/** How loudly the model may speak, in natural logarithms of odds. */
interface Voice {
  readonly times: number
  readonly most: number
  /** Odds from which the model is heard. */
  readonly least: number
  /** Probability from which the rules are sure, and the model is not asked. */
  readonly sure: number
}

/** Odds of each article as the model sees them, and by how much each feature moved other goods. */
export function oddsOf(model: Model, { whole, telling, own }: Features): number[] {
  return articles.map((article) => {
    if (!isRegulated(article)) return sumOf(model[article], whole)
    return sumOf(model[article], telling) + sumOf(model['this'], own.get(article) ?? none)
  })
}

const none: ReadonlySet<string> = new Set()

function sumOf(weights: Model[string] | undefined, features: ReadonlySet<string>): number {
  let sum = 0
  if (weights !== undefined) for (const feature of features) sum += weights[feature] ?? 0
  return sum
}

/** Makes what hears the model, as loudly as the weights allow; null where it is off. */
export function hearing(model: Model, use: ModelUse, weights: Weights): Hearing | null {
  const voice: Voice = {
    times: weightOf(weights, 'model-times'),
    least: weightOf(weights, 'model-least'),
    most: weightOf(weights, 'model-most'),
    sure: weightOf(weights, 'model-sure'),
  }
  if (use === 'off') return null
  if (use === 'alone') return (reading, finding) => alone(model, reading, finding)
  return (reading, finding) => (isSure(finding, voice) ? finding : beside(model, voice, reading, finding))
}

function isSure({ things }: Finding, { sure }: Voice): boolean {
  return things.every(
    ({ articles: [first] }) => first !== undefined && first.article !== 'unclear' && first.probability >= sure,
  )
}

/** The first thing as the model alone sees it. */
function alone(model: Model, reading: Reading, finding: Finding): Finding {
  const odds = oddsOf(model, featuresOf(reading))
  const things = finding.things.slice(0, 1).map((thing) => ({ ...thing, articles: shared(odds) }))
  return { ...finding, things }
}

function shared(odds: readonly number[]): Thing['articles'] {
  const most = Math.max(...odds)
  const sum = odds.reduce((before, own) => before + Math.exp(own - most), 0)
  return articles
    .map((article, at) => ({ article, probability: Math.exp((odds[at] as number) - most) / sum }))
    .filter(({ probability }) => probability > 0.01)
    .sort((one, other) => other.probability - one.probability)
}

/** What the rules found, with what the model says laid beside it. */
function beside(model: Model, voice: Voice, reading: Reading, finding: Finding): Finding {
  const features = featuresOf(reading)
  const said = wordsOf(model, voice, { features, reading, finding })
  if (said.length === 0) return finding
  const things = finding.things.map((thing) => ({ ...thing, articles: moved(thing.articles, said) }))
  return { ...finding, things, evidence: [...finding.evidence, ...said] }
}

function moved(before: Thing['articles'], said: readonly Evidence[]): Thing['articles'] {
  const weighed = before.map(({ article, probability }) => {
    const weight = said.reduce((sum, one) => (one.article === article ? sum + one.weight : sum), 0)
    return { article, probability: probability * Math.exp(weight) }
  })
  const sum = weighed.reduce((total, { probability }) => total + probability, 0)
  return weighed
    .map(({ article, probability }) => ({ article, probability: probability / sum }))
    .sort((one, other) => other.probability - one.probability)
}

interface Question {
  readonly features: Features
  readonly reading: Reading
  readonly finding: Finding
}

/**
 * What the model may say. It never speaks against a plant that the rules found in word, code or category, nor for other goods
 * where a word is vague or no word is known: unknown is not safe.
 */
function wordsOf(model: Model, { times, most, least }: Voice, { features, reading, finding }: Question): Evidence[] {
  const odds = oddsOf(model, features)
  const [goods, unclear] = odds as [number, number]
  const plants = Math.max(...odds.slice(2))
  const found = reading.census.vague >= 0 || finding.evidence.some(({ article }) => isRegulated(article))
  const known = reading.census.ordinary > 0 || reading.census.bestGoods >= 0
  const ahead = goods - Math.max(unclear, plants)
  if (found || !known || ahead < least) return []
  return [evidence('none', Math.min(most, ahead * times), strongest(model, features))]
}

function evidence(article: Article, weight: number, value: string): Evidence {
  return { kind: 'model', article, weight, letters: null, value }
}

const mostNamed = 4

/** The features that speak loudest for other goods against what cannot be told. */
function strongest(model: Model, { whole }: Features): string {
  return [...whole]
    .map((feature) => ({ feature, weight: (model['none']?.[feature] ?? 0) - (model['unclear']?.[feature] ?? 0) }))
    .filter(({ feature, weight }) => weight > 0 && feature !== 'always')
    .sort((one, other) => other.weight - one.weight || (one.feature < other.feature ? -1 : 1))
    .slice(0, mostNamed)
    .map(({ feature }) => feature)
    .join(', ')
}
