import type { Descent } from './descent.ts'
import {
  eitherPlaceHolds,
  factsHold,
  originHolds,
  placeHolds,
  routeHolds,
  taxaHold,
  traitsHold,
  wayHolds,
} from './holds.ts'
import { forget, miss, missing } from './missing.ts'
import type { Pack } from './pack.ts'
import type { ReadyBlock, ReadyRequirement } from './ready.ts'
import { articleBit, type Situation } from './situation.ts'
import { atMost, no, opposite, unknown, type Value, yes } from './value.ts'

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
  forget(0, 0)
  if (ready.from !== null && situation.on !== '' && situation.on < ready.from) return no
  if (ready.to !== null && situation.on !== '' && situation.on > ready.to) return no
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
    const { low, high } = missing
    if (blockHolds(block, situation, from) !== no) {
      value = unknown
      forget(low, high)
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

/** Whether the origin alone tells that a requirement does not apply: most of an index's candidates end here. */
export function originForbids({ when: { origin: test } }: ReadyRequirement, { origin, dispatch }: Situation): boolean {
  if (test === null) return false
  const place = test.inside && dispatch >= 0 ? dispatch : origin
  return place >= 0 && (test.table[place] ?? no) === no
}

/** Whether all tests of a block hold. Tests that most often fail come first. */
function blockHolds(block: ReadyBlock, situation: Situation, from: Descent, relation: Value | -1 = -1): Value {
  const article = articleBit(situation.article)
  if (block.articles !== 0 && (block.articles & article) === 0) return no
  if ((block.notArticles & article) !== 0) return no
  if (block.named !== null && block.named !== situation.taxa.length > 0) return no
  const { low, high } = missing
  let value: Value = yes
  if (block.origin !== null) value = originHolds(block.origin, situation)
  if (value !== no && block.taxa !== null && relation !== yes)
    value = atMost(value, taxaHold(block.taxa, situation, from))
  if (value !== no && block.notTaxa !== null) value = atMost(value, opposite(taxaHold(block.notTaxa, situation, from)))
  if (value !== no) value = atMost(value, placesHold(block, situation))
  if (value !== no && block.facts !== null) value = atMost(value, factsHold(block.facts, situation))
  if (value !== no && block.way !== null) value = atMost(value, wayHolds(block.way, situation))
  if (value !== no && block.traits !== 0) value = atMost(value, traitsHold(block.traits, situation, from.taxa))
  if (value === no) forget(low, high)
  return value
}

/** Whether the tests of places besides the origin hold. */
function placesHold({ originOrDispatch, route, dispatch, destination }: ReadyBlock, situation: Situation): Value {
  let value: Value = yes
  if (originOrDispatch !== null) value = eitherPlaceHolds(originOrDispatch, situation)
  if (value !== no && route !== null) value = atMost(value, routeHolds(route, situation))
  if (value !== no && dispatch !== null) value = atMost(value, placeHolds(dispatch, situation.dispatch, 'dispatch'))
  if (value !== no && destination !== null)
    value = atMost(value, placeHolds(destination, situation.destination, 'destination'))
  return value
}
