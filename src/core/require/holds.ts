import { stateFacts } from '../parcel/state.ts'
import type { Taxa } from '../parcel/taxa.ts'
import { type Descent, lineOf, otherLineOf } from './descent.ts'
import { forget, miss, missAll, missing } from './missing.ts'
import type { NumberTest } from './pack.ts'
import type { ReadyFacts, ReadyPlaces, ReadySet, ReadyWay } from './ready.ts'
import { type Fact, positionOf, possibleParts, type Situation } from './situation.ts'
import { atMost, no, opposite, unknown, type Value, yes } from './value.ts'

/** Whether what it may be is one of the named taxa or stands under one: yes for all, no for all, else unknown. */
export function taxaHold(set: ReadySet, situation: Situation, from: Descent): Value {
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

/** Whether all that it may be has traits, as bits of `traitNames`. */
export function traitsHold(wanted: number, situation: Situation, taxa: Taxa): Value {
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

/** Whether a place, which `fact` tells, lies inside. */
export function placeHolds(test: ReadyPlaces, place: number, fact: Fact): Value {
  const value = place < 0 ? unknown : ((test.table[place] ?? no) as Value)
  if (value === unknown) miss(fact)
  return value
}

/** Whether it grew inside; where the test is of moving inside a union, whether it was sent from there. */
export function originHolds(test: ReadyPlaces, situation: Situation): Value {
  if (test.inside && situation.dispatch >= 0) return placeHolds(test, situation.dispatch, 'dispatch')
  return placeHolds(test, situation.origin, 'origin')
}

/** Whether it grew inside or was sent from there. */
export function eitherPlaceHolds(test: ReadyPlaces, situation: Situation): Value {
  const { low, high } = missing
  const origin = placeHolds(test, situation.origin, 'origin')
  if (origin === yes) return yes
  const dispatch = placeHolds(test, situation.dispatch, 'dispatch')
  if (dispatch === yes) {
    forget(low, high)
    return yes
  }
  return origin === no && dispatch === no ? no : unknown
}

/** Grown, sent from or passed through. A way that nobody told is taken as direct. */
export function routeHolds(test: ReadyPlaces, situation: Situation): Value {
  const value = eitherPlaceHolds(test, situation)
  if (value === yes) return yes
  return situation.via.some((place) => test.table[place] === yes) ? yes : value
}

/** Whether state, part, numbers and use are as tested. */
export function factsHold(test: ReadyFacts, situation: Situation): Value {
  // What is told otherwise ends it before anything is noted as unknown.
  if ((test.yes & situation.no) !== 0 || (test.no & situation.yes) !== 0) return no
  let value: Value = yes
  const untold = (test.yes | test.no) & ~(situation.yes | situation.no)
  if (untold !== 0) {
    missAll(untold, firstState)
    value = unknown
  }
  if (test.parts !== 0) value = atMost(value, partsHold(test.parts, situation))
  if (test.notParts !== 0) value = atMost(value, opposite(partsHold(test.notParts, situation)))
  for (const number of test.numbers) value = atMost(value, numberHolds(number, situation))
  if (test.uses !== null) value = atMost(value, listHolds(test.uses, situation.use, 'use'))
  return value
}

const firstState = positionOf(stateFacts[0])

function partsHold(wanted: number, situation: Situation): Value {
  const may = possibleParts(situation.article, situation.part)
  if ((may & wanted) === 0) return no
  if ((may & ~wanted) === 0) return yes
  miss('part')
  return unknown
}

function numberHolds(test: NumberTest, situation: Situation): Value {
  const told = situation.numbers[test.fact]
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

/** Whether the way it goes, who gets it and the papers with it are as tested. */
export function wayHolds(test: ReadyWay, situation: Situation): Value {
  let value: Value = yes
  if (test.by !== null) value = listHolds(test.by, situation.by, 'by')
  if (test.reExported !== null) value = atMost(value, reExportHolds(test.reExported, situation))
  if (test.recipient !== null) value = atMost(value, listHolds(test.recipient, situation.recipient, 'recipient'))
  if (test.months !== null && situation.on !== '' && !test.months.includes(Number(situation.on.slice(5, 7)))) return no
  if (test.claimed !== null && !test.claimed.some((kind) => situation.claimed.includes(kind))) return no
  if (test.unknown) {
    miss('other')
    value = atMost(value, unknown)
  }
  return value
}

/** Sent from another country than it grew in, or not. */
function reExportHolds(wanted: boolean, { reExported, origin }: Situation): Value {
  if (reExported !== null) return reExported === wanted ? yes : no
  miss(origin < 0 ? 'origin' : 'dispatch')
  return unknown
}

function listHolds(list: readonly string[], told: string | null, fact: Fact): Value {
  if (told === null) {
    miss(fact)
    return unknown
  }
  return list.includes(told) ? yes : no
}
