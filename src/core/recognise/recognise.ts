import { isPropagative, isRegulated } from '../parcel/articles.ts'
import { type ItemLine, longestDescription } from '../parcel/parcel.ts'
import { type Part, parts } from '../parcel/state.ts'
import { findTaxon, lineage, type Taxa, traitNames } from '../parcel/taxa.ts'
import { evidenceBesideWords, hsNamesRegulated, isPlantCode } from './beside-words.ts'
import { codesDisagree } from './category.ts'
import { type Census, clarityOf, countMarks } from './census.ts'
import { chooseSpellings } from './choose-spellings.ts'
import { cultivarEpithets } from './cultivar.ts'
import { cultivarBehind, keepCultivars } from './cultivar-behind.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Evidence, Finding, Letters, NameFound, Thing } from './finding.ts'
import { fold, foldedRoom } from './fold.ts'
import type { Headings } from './goods.ts'
import { group, mediumOfPlant, soilOnGoods } from './group.ts'
import type { ImportedNames } from './imported.ts'
import { importedTerms } from './imported-terms.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hearing } from './model.ts'
import { layPieces, type PlausibilityDesk, weighPlausibility } from './plausibility.ts'
import { respell } from './respell.ts'
import {
  type Balance,
  lay,
  lower,
  newScale,
  probabilities,
  type Scale,
  strengthNames,
  type Weights,
  weightOf,
} from './scale.ts'
import { marksRoom, scan } from './scan.ts'
import { type Segment, type Segments, segmentsOf } from './segments.ts'
import { type Sign, signOfGoods } from './signs.ts'
import { termStore } from './term-store.ts'
import { weighSegment } from './weigh.ts'

/** What recognising needs to know. */
export interface RecogniserKnowledge extends PlausibilityDesk {
  readonly lexicon: Lexicon
  readonly languages: readonly {
    readonly head: 'first' | 'last'
    readonly compounds: boolean
    readonly international: boolean
    /** Whether whoever types one accent types them all. */
    readonly tones?: boolean
  }[]
  /** Kinds of products whose plants after "with" are ingredients. */
  readonly ingredientKinds: readonly string[]
  /** Words for many goods at once: what is eaten beside them is no look of theirs. */
  readonly collectives: readonly string[]
  /** Kinds of products that soil clings to: boots, tents, tools. */
  readonly soiledKinds: readonly string[]
  /** Taxa whose name behind an unmistakable product is its scent, flavour or colour. */
  readonly scents: readonly string[]
  readonly taxa: Taxa
  readonly imported?: ImportedNames
  /** Number of an imported taxon, which it makes known. */
  readonly meet?: (own: number) => number
  readonly headings: Headings
  readonly categories: Headings
  /** What a learned model says beside the rules; null where it is off. */
  readonly hearing?: Hearing | null
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
  const scents = new Set(knowledge.scents.map((name) => findTaxon(knowledge.taxa, name)))
  const isScent = (taxon: number): boolean => lineage(knowledge.taxa, taxon).some((one) => scents.has(one))
  const isAnnual = (taxon: number): boolean => ((knowledge.taxa.traits[taxon] ?? 0) & annualTrait) !== 0
  const isSown = (taxon: number): boolean => isSownTaxon(knowledge.taxa, taxon)
  const international = knowledge.languages.reduce((bits, one, at) => (one.international ? bits | (1 << at) : bits), 0)
  const toned = knowledge.languages.reduce((bits, one, at) => (one.tones === true ? bits | (1 << at) : bits), 0)
  const facts = { headFirst, international, toned, parts: knowledge.taxa.parts, isScent, isAnnual, isSown }
  const store = termStore(lexicon, facts, importedTerms({ ...knowledge, headFirst }))
  const { termOf } = store
  const besideWords = evidenceBesideWords(knowledge.headings, {
    lexicon,
    categories: knowledge.categories,
    compounds,
    weights,
    termOf,
  })
  return (line) => {
    const text = line.legible?.text ?? line.description
    fold(text, lexicon.fold, room, longestDescription)
    scan(room, lexicon, marks, compounds, knowledge.imported)
    respell(room.units, room.length, lexicon, marks)
    const lettersOf = (mark: number): Letters => {
      const from = room.from[marks.start[mark] as number] as number
      const to = endOf(text, room.from[(marks.end[mark] as number) - 1] as number)
      return declared(line, from, to)
    }
    chooseSpellings(marks, room, text, store)
    keepCultivars({ text, marks, room, termOf })
    const meantOf = (mark: number): string | null => wordOf(lexicon, marks.meant[mark] as number)
    const census = countMarks(marks, termOf)
    const hs = besideWords(line)
    const plantCode = isPlantCode(hs)
    const clings =
      !census.plantish && census.medium > census.bestGoods && knowledge.soiledKinds.includes(census.bestGoodsKind ?? '')
    if (clings && census.soiled < 0) census.soiled = census.medium
    const heard = (found: Finding): Finding => knowledge.hearing?.({ text, marks, termOf, census, hs }, found) ?? found
    const settled = (found: Finding): Finding => weighPlausibility(heard(found), line, census.bestGoodsKind, knowledge)
    if (!census.plantish)
      return settled(ordinaryFinding(line, { census, hs, weights, lettersOf, meantOf, plantCode, knowledge }))
    const epithets = cultivarEpithets(text)
    const isEpithet =
      epithets === null
        ? null
        : (mark: number): boolean => {
            const from = room.from[marks.start[mark] as number] as number
            return epithets.some(([start, end]) => from >= start && from < end)
          }
    const segments = segmentsOf(marks, termOf, { scientific, isEpithet })
    const namesCultivar = (mark: number): boolean => cultivarBehind({ text, marks, room, termOf }, mark)
    return settled(
      plantFinding(line, { segments, census, hs, knowledge, lettersOf, meantOf, plantCode, namesCultivar }),
    )
  }
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

/** A word of the spellings as text; null for none. */
function wordOf({ spelling: { wordFrom, wordLetters } }: Lexicon, word: number): string | null {
  return word < 0 ? null : String.fromCharCode(...wordLetters.subarray(wordFrom[word], wordFrom[word + 1]))
}

const annualTrait = 1 << traitNames.indexOf('annual')
const [herbaceousTrait, perennialTrait] = [1 << traitNames.indexOf('herbaceous'), 1 << traitNames.indexOf('perennial')]
const planted: readonly (Part | undefined)[] = ['bulb', 'tuber']

/** Whether a plant that is eaten is raised from seeds: herbaceous, not known to live for years, with no bulb or tuber. */
function isSownTaxon({ traits, parts: freshParts }: Taxa, taxon: number): boolean {
  const own = traits[taxon] ?? 0
  return (
    (own & herbaceousTrait) !== 0 && (own & perennialTrait) === 0 && !planted.includes(parts[freshParts[taxon] ?? -1])
  )
}

/** Letters as they were declared, whatever was mended. */
function declared({ description, legible }: ItemLine, from: number, to: number): Letters {
  if (legible === null) return { text: description.slice(from, to), from, to }
  const [first, end] = [legible.from[from] as number, legible.from[to] as number]
  return { text: description.slice(first, end), from: first, to: end }
}

function endOf(text: string, last: number): number {
  const unit = text.charCodeAt(last)
  return last + (unit >= 0xd800 && unit < 0xdc00 ? 2 : 1)
}

interface OrdinaryContext extends Pick<Balance, 'weights' | 'lettersOf' | 'meantOf' | 'plantCode'> {
  readonly census: Census
  readonly hs: readonly Evidence[]
  readonly knowledge: RecogniserKnowledge
}

/** A description without a word of plants: other goods, or too little to tell. */
function ordinaryFinding(
  line: ItemLine,
  { census, hs, weights, lettersOf, meantOf, plantCode, knowledge }: OrdinaryContext,
): Finding {
  const scale = newScale(weights)
  if (census.bestGoods >= 0) {
    const weight =
      weightOf(weights, strengthNames.goods[census.bestGoodsStrength] as string) +
      (mayBeCultivar(census) ? 0 : weightOf(weights, 'goods-head'))
    const value = meantOf(census.bestGoods)
    const sure = value === null ? 1 : weightOf(weights, 'misspelt')
    const letters = lettersOf(census.bestGoods)
    const declared = plantCode && census.bestGoodsKind !== 'food' ? weightOf(weights, 'goods-under-plant-code') : 1
    lay(scale, { kind: 'goods', article: 'none', weight: weight * sure * declared, letters, value })
  }
  if (census.imitation >= 0) layImitation(scale, lettersOf(census.imitation), weights)
  layVague(scale, census, { weights, lettersOf })
  // A few ordinary words under a code for plants are as often a cultivar: Red Naomi.
  const loose = plantCode && census.bestGoodsStrength < 2 && census.words <= 3
  layOrdinary(scale, census, weights, loose ? weightOf(weights, 'goods-under-plant-code') : 1)
  layMeasure(scale, { line, weights }, plantCode ? 3 : 1)
  layHeading(scale, hs, weights)
  layPieces(scale, line, census, knowledge)
  const thing: Thing = { articles: probabilities(scale), names: [], part: null, state: {}, use: null }
  return {
    index: line.index,
    things: [thing],
    clarity: clarityOf(census, hs, line),
    contradiction:
      (hsNamesRegulated(hs) && census.bestGoodsStrength > 0 && census.bestGoodsKind !== 'food') ||
      (codesDisagree(hs) && census.bestGoodsStrength < 2 && census.imitation < 0),
    evidence: scale.evidence,
    ruledOut: [],
    contamination: census.soiled >= 0 ? lettersOf(census.soiled) : null,
    packaging: null,
  }
}

/**
 * Two or three ordinary words and nothing else ("Black Zebra", "Bullnose") may name a cultivar: they are no product yet, but
 * where the last one is nothing but a thing ("Magazine rack").
 */
function mayBeCultivar({ bestGoodsStrength, words, numerals, endsInThing, mixed }: Census): boolean {
  if (bestGoodsStrength === 1 && mixed) return true
  return bestGoodsStrength === 1 && words <= 3 && numerals === 0 && !endsInThing
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

/** A longer text, most of whose words are known and ordinary and none of plants, is one of other goods. */
function layOrdinary(
  scale: Scale,
  { words, numerals, ordinary, containers, vague, bestGoods, bestGoodsStrength, endsInVessel, mixed }: Census,
  weights: Weights,
  share: number,
): void {
  // What is mixed and names no goods may be seeds or bulbs: "Sunny Border Mix", "Pacific Giants Mixed".
  if (mixed && bestGoodsStrength < 2) return
  // A container with its material, size or colour ("Plastic Container - Big, Brown") is the thing itself.
  const named = endsInVessel && share === 1
  if (containers > 0 && bestGoods < 0 && vague < 0 && (ordinary > 1 || named))
    lay(scale, {
      kind: 'ordinary',
      article: 'none',
      weight: weightOf(weights, named ? 'vessel' : 'container') * share,
      letters: null,
      value: null,
    })
  if (ordinary < 2 || words + numerals < 4 || ordinary < words / 2) return
  const weight =
    Math.min(ordinary, 5) * weightOf(weights, 'ordinary-word') + Math.min(numerals, 3) * weightOf(weights, 'numeral')
  lay(scale, { kind: 'ordinary', article: 'none', weight: weight * share, letters: null, value: null })
}

function layVague(scale: Scale, census: Census, { weights, lettersOf }: Pick<Balance, 'weights' | 'lettersOf'>): void {
  if (census.vague >= 0) {
    lay(scale, {
      kind: 'vague',
      article: 'unclear',
      weight: weightOf(weights, 'vague'),
      letters: lettersOf(census.vague),
      value: null,
    })
  }
  if (census.bestGoods < 0 && census.bestForm < 2 && census.unknownWords > 0 && !isPlainText(census)) {
    lay(scale, {
      kind: 'nothing',
      article: 'unclear',
      weight: weightOf(weights, 'unknown-words'),
      letters: null,
      value: null,
    })
  }
}

/** Whether a text of several words is mostly ordinary ones, none of plants: it is told what it is, only not by one word. */
function isPlainText({ ordinary, words, vague, mixed }: Census): boolean {
  return vague < 0 && !mixed && (ordinary >= 5 || (ordinary >= 4 && ordinary === words))
}

/** What a measure or a number of made goods says, from a strength on. */
function layMeasure(
  scale: Scale,
  {
    line,
    weights,
    liquids = false,
  }: { readonly line: ItemLine; readonly weights: Weights; readonly liquids?: boolean },
  least: Sign['strength'],
): void {
  const sign = signOfGoods(line.legible?.text ?? line.description)
  if (sign === null || (sign.strength < least && !(liquids && sign.liquid))) return
  const weight = weightOf(weights, `measure.${sign.strength}`)
  lay(scale, { kind: 'measure', article: 'none', weight, letters: declared(line, sign.from, sign.to), value: null })
}

function layHeading(scale: Scale, hs: readonly Evidence[], weights: Weights): void {
  for (const evidence of hs) lay(scale, evidence)
  if (hs[0] !== undefined && isRegulated(hs[0].article) && hs[0].weight > 2)
    lower(scale, 'none', weightOf(weights, 'hs-against-none'))
}

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

function plantFinding(line: ItemLine, context: PlantContext): Finding {
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

function layImitation(scale: Scale, letters: Letters, weights: Weights): void {
  lay(scale, { kind: 'imitation', article: 'none', weight: weightOf(weights, 'imitation'), letters, value: null })
}

function thingOf(scale: Scale, facts: Facts, lettersOf: (mark: number) => Letters): Thing {
  const names: NameFound[] = []
  for (const { mark, term } of scale.names) {
    if (term.name !== null && term.name.taxa.length > 0) names.push({ ...lettersOf(mark), taxa: term.name.taxa })
  }
  return { articles: probabilities(scale), names, part: facts.part, state: facts.state, use: facts.use }
}
