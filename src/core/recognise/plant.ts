import { isPropagative, isRegulated } from '../parcel/articles.ts'
import type { ItemLine } from '../parcel/parcel.ts'
import { hsNamesRegulated } from './beside-words.ts'
import { codesDisagree } from './category.ts'
import { type Census, clarityOf } from './census.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Evidence, Finding, Letters, NameFound, Thing } from './finding.ts'
import { group } from './group.ts'
import { layHeading, layImitation, layMeasure, layVague, ordinaryFinding } from './ordinary.ts'
import type { RecogniserKnowledge } from './recogniser-knowledge.ts'
import { type Balance, probabilities, type Scale, type Weights, weightOf } from './scale.ts'
import type { Segment, Segments } from './segments.ts'
import { mediumOfPlant, soilOnGoods } from './soil.ts'
import { weighSegment } from './weigh.ts'

interface PlantContext {
  readonly segments: Segments
  readonly census: Census
  readonly hs: readonly Evidence[]
  readonly knowledge: RecogniserKnowledge
  readonly lettersOf: (mark: number) => Letters
  readonly meantOf: (mark: number) => string | null
  readonly plantCode: boolean
  /** Whether what stands behind a name seems to be its cultivar. */
  readonly namesCultivar: (mark: number) => boolean
}

/** A description with words of plants: what each thing it names is. */
export function plantFinding(line: ItemLine, context: PlantContext): Finding {
  const { census, hs, knowledge, lettersOf, meantOf, plantCode } = context
  const { weights } = knowledge
  const told = factsOf(context.segments, line, knowledge.unitWords)
  const otherwiseTold = told.part !== null || told.state.fresh === false || told.use === 'planting' || hs.length > 0
  const byWeight = !otherwiseTold && (told.state.grams ?? 0) >= weightOf(weights, 'eaten-grams')
  const pinch = !otherwiseTold && (told.state.grams ?? Number.POSITIVE_INFINITY) <= weightOf(weights, 'pinch-grams')
  const balance: Balance = {
    namesCultivar: context.namesCultivar,
    weights,
    lettersOf,
    meantOf,
    plantCode,
    byWeight,
    pinch,
    otherwiseTold,
    aged: (told.state.ageYears ?? 0) > 0,
    counted: isCounted(told, line, weights),
    sold: isForTable(told, hs) ? soldOf(context.segments) : null,
  }
  const ruledOut: Evidence[] = []
  const soil = census.soiled >= 0 ? null : soilOnGoods(context.segments, knowledge.soiledKinds)
  const contamination = census.soiled >= 0 ? lettersOf(census.soiled) : soil === null ? null : lettersOf(soil.mark)
  const medium = mediumOfPlant(context.segments)
  const { ingredientKinds, collectives } = knowledge
  const groups = group(context.segments, { ingredientKinds, collectives, byWeight, lettersOf, ruledOut })
  if (groups.every(({ seen }) => !seen.some(({ term }) => term.plantish))) {
    const plain = ordinaryFinding(line, { census, hs, weights, lettersOf, meantOf, plantCode, knowledge })
    return { ...plain, ruledOut, contamination }
  }
  const imitated = groups.map((segment) => census.imitation >= 0 && isImitated(segment, groups, census.imitation))
  const scales = groups.map((segment, at) => weighSegment(segment, balance, imitated[at] as boolean))
  scales.forEach((scale, at) => {
    if (imitated[at] === true) layImitation(scale, lettersOf(census.imitation), weights)
    layVague(scale, census, balance)
    layMeasure(scale, { line, weights, liquids: census.bestForm < 2 && !plantCode }, 3)
    layHeading(scale, hs, weights)
  })
  const facts = medium === null ? told : { ...told, state: { ...told.state, 'in-medium': true } }
  const things = scales.map((scale) => thingOf(scale, facts, lettersOf))
  return {
    index: line.index,
    things,
    clarity: clarityOf(census, hs, line),
    contradiction: contradicts(scales, hs),
    evidence: scales.flatMap(({ evidence }) => evidence),
    ruledOut: [...ruledOut, ...scales.flatMap((scale) => scale.ruledOut)],
    contamination,
    packaging: census.packaging >= 0 ? lettersOf(census.packaging) : null,
  }
}

/** Whether a word of imitation covers a thing: its own segment, and others unless they name a form of their own or live goods. */
function isImitated(segment: Segment, groups: readonly Segment[], imitation: number): boolean {
  const alive = segment.seen.some(({ term }) => term.state.includes('fresh'))
  if (segment.seen.some(({ mark, term }) => term.imitation || mark === imitation)) return !alive
  const elsewhere = groups.some(({ seen }) => seen.some(({ term }) => term.imitation))
  return !alive && !(elsewhere && segment.seen.some(({ term }) => term.formStrength > 1))
}

function thingOf(scale: Scale, facts: Facts, lettersOf: (mark: number) => Letters): Thing {
  const names: NameFound[] = []
  for (const { mark, term } of scale.names) {
    if (term.name !== null && term.name.taxa.length > 0) names.push({ ...lettersOf(mark), taxa: term.name.taxa })
  }
  return { articles: probabilities(scale), names, part: facts.part, state: facts.state, use: facts.use }
}

/** Whether pieces are counted as only seeds are: a dozen and more, and no weight that is eaten. */
function isCounted({ state, part }: Facts, { hs }: ItemLine, weights: Weights): boolean {
  if (part !== null || (hs !== null && hs.length > 0 && state.fresh === false)) return false
  const grams = state.grams ?? 0
  return (state.pieces ?? 0) >= weightOf(weights, 'counted-pieces') && grams < weightOf(weights, 'eaten-grams')
}

/** Whether nothing tells that it is to be planted or was dried or prepared. */
function isForTable({ use, state }: Facts, [code]: readonly Evidence[]): boolean {
  return use !== 'planting' && state.fresh !== false && (code === undefined || !isPropagative(code.article))
}

/** How a line is sold: the word that says most of it. */
function soldOf({ list }: Segments): Balance['sold'] {
  let first: Balance['sold'] = null
  for (const { seen } of list)
    for (const { term } of seen) {
      if (term.sold !== null && term.sold !== 'piece') return term.sold
      first ??= term.sold
    }
  return first
}

/** Whether words and HS code say different things: plants under a code for other goods, or other goods under a code for plants. */
function contradicts(scales: readonly Scale[], hs: readonly Evidence[]): boolean {
  if (hs.length === 0) return false
  if (hsNamesRegulated(hs))
    return scales.every(({ evidence }) => !evidence.some(({ kind }) => kind === 'form' || kind === 'name'))
  if (hs.some(({ article }) => article !== 'none')) return codesDisagree(hs)
  const goods = scales.some(({ evidence }) =>
    evidence.some(({ kind }) => kind === 'goods' || kind === 'imitation' || kind === 'attribute'),
  )
  return (
    !goods &&
    scales.some(({ evidence }) => evidence.some(({ kind, article }) => kind === 'form' && isRegulated(article)))
  )
}
