import { isRegulated } from '../parcel/articles.ts'
import type { ItemLine } from '../parcel/parcel.ts'
import { hsNamesRegulated } from './beside-words.ts'
import { codesDisagree } from './category.ts'
import { type Census, clarityOf } from './census.ts'
import { declared } from './declared.ts'
import type { Evidence, Finding, Letters, Thing } from './finding.ts'
import { layPieces } from './plausibility.ts'
import type { RecogniserKnowledge } from './recogniser-knowledge.ts'
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
import { type Sign, signOfGoods } from './signs.ts'

interface OrdinaryContext extends Pick<Balance, 'weights' | 'lettersOf' | 'meantOf' | 'plantCode'> {
  readonly census: Census
  readonly hs: readonly Evidence[]
  readonly knowledge: RecogniserKnowledge
}

/** A description without a word of plants: other goods, or too little to tell. */
export function ordinaryFinding(
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

/** What cannot be told weighs: a vague word, or unknown words and nothing else. */
export function layVague(
  scale: Scale,
  census: Census,
  { weights, lettersOf }: Pick<Balance, 'weights' | 'lettersOf'>,
): void {
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
export function layMeasure(
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

/** What code and category say. */
export function layHeading(scale: Scale, hs: readonly Evidence[], weights: Weights): void {
  for (const evidence of hs) lay(scale, evidence)
  if (hs[0] !== undefined && isRegulated(hs[0].article) && hs[0].weight > 2)
    lower(scale, 'none', weightOf(weights, 'hs-against-none'))
}

/** A word that says that a thing is only made to look like another. */
export function layImitation(scale: Scale, letters: Letters, weights: Weights): void {
  lay(scale, { kind: 'imitation', article: 'none', weight: weightOf(weights, 'imitation'), letters, value: null })
}
