import { type Article, articles, isRegulated } from '../../src/core/parcel/articles.ts'
import type { Features } from '../../src/core/recognise/features.ts'
import type { Model } from '../../src/core/recognise/model.ts'

/** What the model saw of an example, and what it is. */
export interface Lesson {
  readonly features: Features
  readonly article: Article
}

/** How weights are learned. */
const leastRows = 4
const penalty = 1
const rounds = 400
const pace = 0.3
/** A weight smaller than this says nothing that an expert would notice. */
const leastWeight = 0.1

/**
 * Weights of a log-linear model with shared features (conditional logit, McFadden 1974), penalised by their squares, by the
 * adaptive steps of Duchi (2011) over all lessons at once. The same lessons give the same weights.
 */
export function train(lessons: readonly Lesson[]): Model {
  const numbers = numberParameters(lessons)
  const sheets = lessons.map((lesson) => sheetOf(lesson, numbers))
  const weights = new Float64Array(numbers.size)
  const slopes = new Float64Array(numbers.size)
  const squares = new Float64Array(numbers.size)
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < weights.length; at += 1) slopes[at] = -penalty * (weights[at] as number)
    for (const sheet of sheets) addSlopes(sheet, weights, slopes)
    for (let at = 0; at < weights.length; at += 1) {
      const slope = slopes[at] as number
      squares[at] = (squares[at] as number) + slope * slope
      weights[at] = (weights[at] as number) + (pace * slope) / Math.sqrt((squares[at] as number) + 1e-9)
    }
  }
  return modelOf(numbers, weights)
}

const sign = '\t'

/** Names of all parameters that a lesson touches for one article. */
function* parametersOf({ whole, telling, own }: Features, article: Article): Generator<string> {
  if (!isRegulated(article)) for (const feature of whole) yield `${article}${sign}${feature}`
  else {
    for (const feature of telling) yield `${article}${sign}${feature}`
    for (const feature of own.get(article) ?? []) yield `this${sign}${feature}`
  }
}

/** Parameters that enough lessons touch, numbered by name. A feature is kept for an article that some lessons of it show. */
function numberParameters(lessons: readonly Lesson[]): Map<string, number> {
  const seen = new Map<string, number>()
  const meant = new Map<string, number>()
  const add = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + 1)
  for (const { features, article } of lessons) {
    for (const one of articles) {
      for (const name of parametersOf(features, one)) {
        add(seen, name)
        if (one === article) add(meant, name)
      }
    }
  }
  const kept = [...seen].filter(([name, rows]) => rows >= leastRows && (isShared(name) || (meant.get(name) ?? 0) >= 3))
  return new Map(
    kept
      .map(([name]) => name)
      .sort()
      .map((name, at) => [name, at]),
  )
}

function isShared(name: string): boolean {
  return name.startsWith('none\t') || name.startsWith('unclear\t') || name.startsWith('this\t')
}

interface Sheet {
  readonly parameters: readonly Int32Array[]
  readonly right: number
}

function sheetOf({ features, article }: Lesson, numbers: ReadonlyMap<string, number>): Sheet {
  const parameters = articles.map((one) =>
    Int32Array.from([...parametersOf(features, one)].flatMap((name) => numbers.get(name) ?? [])),
  )
  return { parameters, right: articles.indexOf(article) }
}

const odds = new Float64Array(articles.length)

function addSlopes({ parameters, right }: Sheet, weights: Float64Array, slopes: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY
  parameters.forEach((list, at) => {
    let sum = 0
    for (const number of list) sum += weights[number] as number
    odds[at] = sum
    most = Math.max(most, sum)
  })
  let total = 0
  for (let at = 0; at < odds.length; at += 1) total += Math.exp((odds[at] as number) - most)
  parameters.forEach((list, at) => {
    const error = (at === right ? 1 : 0) - Math.exp((odds[at] as number) - most) / total
    for (const number of list) slopes[number] = (slopes[number] as number) + error
  })
}

function modelOf(numbers: ReadonlyMap<string, number>, weights: Float64Array): Model {
  const model: Record<string, Record<string, number>> = {}
  for (const [name, at] of numbers) {
    const weight = Math.round((weights[at] as number) * 100) / 100
    if (Math.abs(weight) < leastWeight) continue
    const [side = '', feature = ''] = name.split(sign)
    const own = model[side] ?? {}
    own[feature] = weight
    model[side] = own
  }
  return model
}
