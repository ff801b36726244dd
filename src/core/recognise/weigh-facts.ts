import { type Article, articles, isPropagative, isRegulated } from '../parcel/articles.ts'
import type { Evidence, Letters } from './finding.ts'
import { type Balance, lay, lower, type Scale, type Weights, weightOf } from './scale.ts'
import type { Seen } from './segments.ts'

/** Articles that a seed or a grain stays through drying. */
const dryByNature: readonly Article[] = [
  'seeds',
  'grain',
  'wood',
  'bark',
  'growing-medium',
  'soil',
  'dried-plant-product',
  'none',
  'unclear',
]

/** Weighs what a word tells of process, use, part and state. */
export function weighFacts(scale: Scale, { term, mark }: Seen, { weights, lettersOf }: Balance): void {
  if (term.process !== null) weighProcess(scale, term.process, lettersOf(mark), weights)
  if (term.use !== null) weighUse(scale, term.use, lettersOf(mark), weights)
  if (term.part !== null) weighPart(scale, term.part, lettersOf(mark), weights)
  for (const state of term.state) weighState(scale, state, lettersOf(mark), weights)
}

function weighProcess(scale: Scale, process: string, letters: Letters, weights: Weights): void {
  // Peeled or shelled, a vegetable is as fresh as before.
  if (process === 'peeled') return
  const dried = process === 'dried'
  const article: Article = process === 'manufactured' ? 'none' : dried ? driedOf(scale) : 'processed-plant-product'
  const plantSeen = scale.evidence.some(({ kind }) => kind === 'name' || kind === 'form')
  if (!plantSeen && process !== 'manufactured') return
  lay(scale, { kind: 'process', article, weight: weightOf(weights, 'process'), letters, value: process })
  for (const other of articles) {
    if (!isRegulated(other) || other === article || (dried && dryByNature.includes(other))) continue
    if (other === 'dried-plant-product' && process === 'ground') continue
    lower(scale, other, weightOf(weights, 'process-against'))
  }
}

/** What dries stays wood where wood is what speaks loudest: firewood is dry. Else it is a dried product. */
function driedOf(scale: Scale): Article {
  const loudest = scale.evidence
    .filter(({ kind }) => kind === 'name' || kind === 'form')
    .reduce<Evidence | null>((most, one) => (most === null || one.weight > most.weight ? one : most), null)
  return loudest?.article === 'wood' && loudest.weight >= surelyNamed ? 'wood' : 'dried-plant-product'
}

/** Weight from which a word says by itself what an article is. */
const surelyNamed = 4

const useFor: Readonly<Record<string, readonly Article[]>> = {
  consumption: ['fruit-vegetables', 'grain', 'processed-plant-product', 'dried-plant-product'],
  decorative: ['cut-flowers-branches', 'dried-plant-product'],
  planting: ['seeds', 'bulbs-tubers', 'plants-for-planting', 'cuttings'],
}

function weighUse(scale: Scale, use: string, letters: Letters, weights: Weights): void {
  const weight = weightOf(weights, use === 'planting' ? 'use-planting' : 'use')
  for (const article of useFor[use] ?? []) lay(scale, { kind: 'use', article, weight, letters, value: use })
  if (use === 'consumption') takeForGrain(scale, letters)
  // What is for planting is no longer for the table.
  if (use === 'planting') {
    takeForSeeds(scale, letters)
    for (const article of eatenOrKept) lower(scale, article, weightOf(weights, 'planting-against'))
    if (scale.names.some(({ term }) => term.name?.regrows === true))
      lay(scale, {
        kind: 'use',
        article: 'bulbs-tubers',
        weight: weightOf(weights, 'planting-regrows'),
        letters,
        value: use,
      })
  }
  if (use === 'consumption' || use === 'decorative') {
    for (const article of articles) {
      if (isPropagative(article)) lower(scale, article, weightOf(weights, 'use'))
    }
  }
}

const eatenOrKept: readonly Article[] = [
  'fruit-vegetables',
  'grain',
  'dried-plant-product',
  'processed-plant-product',
  'cut-flowers-branches',
]

/** Seed named before what it is for ("poppy seeds for baking") is no seed for planting: what spoke for seeds speaks for grain. */
function takeForGrain(scale: Scale, purpose: Letters): void {
  let weight = 0
  for (const { article, kind, letters, weight: own } of scale.evidence)
    if (article === 'seeds' && kind !== 'hs' && letters !== null && letters.from < purpose.from) weight += own
  if (weight <= 0) return
  lower(scale, 'seeds', weight)
  lay(scale, { kind: 'use', article: 'grain', weight, letters: purpose, value: 'consumption' })
}

/** Grain that is to be sown is seed: what spoke for grain speaks for seeds. */
function takeForSeeds(scale: Scale, purpose: Letters): void {
  let weight = 0
  for (const { article, kind, weight: own } of scale.evidence) if (article === 'grain' && kind !== 'hs') weight += own
  if (weight <= 0) return
  lower(scale, 'grain', weight)
  lay(scale, { kind: 'use', article: 'seeds', weight, letters: purpose, value: 'planting' })
}

const partFor: Readonly<Record<string, readonly Article[]>> = {
  fruit: ['fruit-vegetables'],
  leaf: ['fruit-vegetables', 'dried-plant-product', 'cut-flowers-branches'],
  root: ['fruit-vegetables', 'bulbs-tubers', 'dried-plant-product'],
  tuber: ['bulbs-tubers', 'fruit-vegetables'],
  bulb: ['bulbs-tubers'],
  flower: ['cut-flowers-branches', 'dried-plant-product'],
  branch: ['cut-flowers-branches', 'cuttings'],
  bark: ['bark'],
  seed: ['seeds', 'grain'],
}

function weighPart(scale: Scale, part: string, letters: Letters, weights: Weights): void {
  if (scale.names.length === 0) return
  for (const article of partFor[part] ?? [])
    lay(scale, { kind: 'part', article, weight: weightOf(weights, 'part'), letters, value: part })
}

const stateFor: Readonly<Record<string, readonly Article[]>> = {
  dormant: ['plants-for-planting', 'bulbs-tubers'],
  rooted: ['plants-for-planting'],
  'rooted:no': ['cuttings'],
  'bare-root': ['plants-for-planting'],
  grafted: ['plants-for-planting'],
  dwarfed: ['plants-for-planting'],
  'in-medium': ['plants-for-planting'],
}

/** States that only living plants have; a pot may also hold preserves. */
const livingOnly: readonly string[] = ['rooted', 'bare-root', 'grafted']

function weighState(scale: Scale, state: string, letters: Letters, weights: Weights): void {
  const plantSeen = scale.names.length > 0 || scale.evidence.some(({ kind }) => kind === 'form')
  if (!plantSeen) return
  // What is grafted or rooted is no longer for the table.
  const living = livingOnly.includes(state)
  if (living) for (const article of eatenOrKept) lower(scale, article, weightOf(weights, 'living-against'))
  // What has no roots yet is a cutting, whatever it is called.
  if (state === 'rooted:no') lower(scale, 'plants-for-planting', weightOf(weights, 'state'))
  for (const article of state === 'fresh' ? freshArticles(scale) : (stateFor[state] ?? []))
    lay(scale, {
      kind: 'state',
      article,
      weight: weightOf(weights, living ? 'state-living' : 'state'),
      letters,
      value: state,
    })
}

/** What a fresh thing is: fruit or vegetables where all that is named is eaten fresh, flowers or branches where none of it is. */
function freshArticles({ names }: Scale): readonly Article[] {
  const eaten = names.filter(({ term: { name } }) => name?.fresh === true).length
  if (names.length > 0 && eaten === 0) return ['cut-flowers-branches']
  return names.length > 0 && eaten === names.length
    ? ['fruit-vegetables']
    : ['fruit-vegetables', 'cut-flowers-branches']
}
