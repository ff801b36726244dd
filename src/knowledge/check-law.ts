import { lineage, type Taxa } from '../core/parcel/taxa.ts'
import type { Block, Pack, PlaceTest, Requirement } from '../core/require/pack.ts'
import { partBits, possibleParts } from '../core/require/situation.ts'
import { type Fault, type Spot, tell } from './fault.ts'
import { articlesOf } from './scope.ts'

/** What law is checked with: where each requirement stands, and the tree of taxa. */
export interface LawContext {
  readonly taxa: Taxa
  readonly spots: ReadonlyMap<string, Spot>
  readonly faults: Fault[]
}

/**
 * Looks for requirements that can never apply, exceptions that lift nothing, and requirements that speak of the same and do not
 * agree. Each is a fault, since whoever wrote it meant something else.
 */
export function checkLaw(packs: readonly Pack[], context: LawContext): void {
  for (const pack of packs) {
    for (const one of pack.requirements) {
      const why = neverApplies(one, pack, context.taxa)
      if (why !== null) fault(one, `${one.id} can never apply: ${why}`, context)
      if (one.lifts !== null && !liftsSomething(one, pack, context.taxa))
        fault(
          one,
          `${one.id} lifts nothing: no requirement with such a measure can meet it. Correct its scope or drop it.`,
          context,
        )
    }
    checkTwins(pack, context)
  }
}

function fault(one: Requirement, sentence: string, { spots, faults }: LawContext): void {
  tell(faults, spots.get(one.id) ?? { file: 'requirements/', line: 1 }, sentence)
}

/** Why no goods can ever meet a requirement, or null. */
export function neverApplies({ when, unless }: Requirement, pack: Pack, taxa: Taxa): string | null {
  if (articlesOf(when).length === 0) return 'its articles are all left out again. Correct "articles" or "not-articles".'
  for (const key of ['origin', 'dispatch', 'originOrDispatch', 'route', 'destination'] as const) {
    if (when[key] !== undefined && !when[key].table.some((value) => value > 0))
      return `no place meets its "${key === 'originOrDispatch' ? 'origin-or-dispatch' : key}".`
  }
  const { destination, notTaxa } = when
  if (
    pack.layer === 'law' &&
    destination !== undefined &&
    !pack.destinations.some((place) => (destination.table[place] ?? 0) > 0)
  )
    return 'its destination is none of the pack. Correct "destination" or pack.yaml.'
  if (when.taxa !== undefined && notTaxa !== undefined && when.taxa.every((taxon) => standsUnder(taxon, notTaxa, taxa)))
    return 'its taxa are all left out again. Correct "taxa" or "not-taxa".'
  const noPart = partFault(when)
  if (noPart !== null) return noPart
  const number = when.numbers?.find(({ atLeast, atMost, over, under }) => isEmpty(atLeast, atMost, over, under))
  if (number !== undefined) return `no number meets its limits of ${number.fact}.`
  const cancelled = unless.findIndex((block) => covers(block, when, taxa))
  return cancelled < 0
    ? null
    : `block ${cancelled + 1} of its "unless" holds wherever its "when" does. Correct one of them.`
}

function isEmpty(atLeast: number | null, atMost: number | null, over: number | null, under: number | null): boolean {
  const least = Math.max(atLeast ?? -1, over ?? -1)
  const most = Math.min(atMost ?? Number.MAX_VALUE, under ?? Number.MAX_VALUE)
  return least > most || (least === most && (over === least || under === most))
}

function partFault(when: Block): string | null {
  if (when.parts === undefined) return null
  const wanted = partBits(...when.parts)
  const may = articlesOf(when).some((article) => (possibleParts(article, null) & wanted) !== 0)
  return may ? null : 'no article it names can be such a part. Correct "parts" or "articles".'
}

function standsUnder(taxon: number, wider: readonly number[], taxa: Taxa): boolean {
  return lineage(taxa, taxon).some((at) => wider.includes(at))
}

/** Whether a block holds for everything that `when` holds for, as far as what they name tells. */
function covers(block: Block, when: Block, taxa: Taxa): boolean {
  return Object.entries(block).every(([key, value]) => {
    if (key === 'why') return true
    if (key === 'taxa') return when.taxa?.every((taxon) => standsUnder(taxon, block.taxa ?? [], taxa)) === true
    if (key === 'articles') {
      const own = articlesOf({ articles: block.articles ?? [] })
      return articlesOf(when).every((one) => own.includes(one))
    }
    if (isPlaceTest(value)) return coversPlaces(value, when[key as 'origin'])
    return JSON.stringify(value) === JSON.stringify(when[key as keyof Block])
  })
}

function isPlaceTest(value: unknown): value is PlaceTest {
  return typeof value === 'object' && value !== null && 'table' in value
}

function coversPlaces(block: PlaceTest, when: PlaceTest | undefined): boolean {
  return when?.table.every((value, place) => value === 0 || block.table[place] === 2) === true
}

/** Whether some requirement that an exception may lift speaks of goods that the exception speaks of. */
function liftsSomething(one: Requirement, pack: Pack, taxa: Taxa): boolean {
  const { lifts } = one
  return pack.requirements.some((other) => {
    if (other.kind !== 'requirement' || lifts === null) return false
    if (lifts.requirements.length > 0 && !lifts.requirements.includes(other.id)) return false
    const measures = one.kind === 'derogation' || other.measures.some(({ measure }) => lifts.measures.includes(measure))
    return measures && meet(one.when, other.when, taxa) && daysMeet(one, other)
  })
}

function daysMeet(one: Requirement, other: Requirement): boolean {
  return (one.from ?? '') <= (other.to ?? '9999') && (other.from ?? '') <= (one.to ?? '9999')
}

/** Whether goods can meet both blocks, as far as articles, plants, parts and places tell. */
export function meet(one: Block, other: Block, taxa: Taxa): boolean {
  const articles = articlesOf(other)
  if (!articlesOf(one).some((article) => articles.includes(article))) return false
  const [own, others] = [one.taxa, other.taxa]
  if (own !== undefined && others !== undefined) {
    const related = own.some(
      (taxon) => standsUnder(taxon, others, taxa) || others.some((two) => standsUnder(two, [taxon], taxa)),
    )
    const alias = own.some((taxon) => (taxa.alsoUnder[taxon] ?? []).some((at) => standsUnder(at, others, taxa)))
    if (!related && !alias) return false
  }
  if (one.parts !== undefined && other.parts !== undefined && !one.parts.some((part) => other.parts?.includes(part)))
    return false
  return (['origin', 'dispatch', 'destination'] as const).every((key) => placesMeet(one[key], other[key]))
}

function placesMeet(one: PlaceTest | undefined, other: PlaceTest | undefined): boolean {
  if (one === undefined || other === undefined) return true
  return one.table.some((value, place) => value > 0 && (other.table[place] ?? 0) > 0)
}

/** Two requirements of one point and one scope, of which one prohibits and the other asks for papers or lifts. */
function checkTwins(pack: Pack, context: LawContext): void {
  const seen = new Map<string, Requirement>()
  for (const one of pack.requirements) {
    const { when, unless, doubt, from, to, source } = one
    const key = JSON.stringify([when, unless, doubt, from, to, source.title, source.point])
    const twin = seen.get(key)
    if (twin === undefined) seen.set(key, one)
    else
      fault(
        one,
        `${one.id} says of the same goods, by the same point and days, what ${twin.id} says (${namesOf(twin)}): here ${namesOf(one)}. Join them, or correct one.`,
        context,
      )
  }
}

function namesOf({ kind, measures, lifts }: Requirement): string {
  if (kind !== 'requirement')
    return `${kind} from ${[...(lifts?.measures ?? []), ...(lifts?.requirements ?? [])].join(', ')}`
  return measures.map(({ measure }) => measure).join(', ')
}
