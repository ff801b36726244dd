import type { Letters } from './finding.ts'
import type { Seen, Segment } from './segments.ts'
import type { Term } from './terms.ts'

/** What is asked of a line to tell whether a name beside a product is a thing of its own. */
export interface Beside {
  readonly goods: Segment
  /** Whether the line tells a weight that is eaten. */
  readonly byWeight: boolean
  /** Words for many goods at once, which have no one look: clothes, toys. */
  readonly collectives: readonly string[]
  readonly lettersOf: (mark: number) => Letters
}

const livingStates: readonly string[] = ['fresh', 'in-medium', 'bare-root', 'rooted', 'grafted', 'dormant']

/** Whether a segment tells of something alive: its state, that it is to be planted, or a strong form of living plants. */
export function isLiving({ seen }: Segment): boolean {
  return seen.some(
    ({ term }) =>
      term.use === 'planting' ||
      term.state.some((state) => livingStates.includes(state)) ||
      (term.form === 'plants-for-planting' && term.formStrength === 3),
  )
}

/** Whether a segment names what lives, and not only that something is fresh. */
export function isNamedLiving(segment: Segment): boolean {
  return isLiving(segment) && segment.seen.some(isNamed)
}

/** Kinds of products without scent or flavour: a fruit beside them is a fruit, or a print. */
const scentless: readonly Term['goodsKind'][] = ['clothing', 'electronics', 'media', 'vehicle', 'sport', 'tool', 'toy']
/** Whether what is seen is no product that has a scent or a flavour. */
export function isScentless({ term }: Seen): boolean {
  return term.goodsStrength < 2 || scentless.includes(term.goodsKind)
}

function isNamed({ term: { name } }: Seen): boolean {
  return name !== null && name.sense !== 'candidate'
}

function productOf({ seen }: Segment): Seen | undefined {
  return seen.findLast(({ term }) => term.goodsStrength > 1)
}

/**
 * Whether a name that stands alone beside a product is a thing of its own, whatever scent it also is: a plant in a vessel
 * ("cactus in mug"), or what is eaten beside what has no scent ("mangoes, clothes"; "toys, mangoes 3 kg").
 */
export function isApart(segment: Segment, { goods, byWeight, collectives, lettersOf }: Beside): boolean {
  const product = productOf(goods)
  const names = segment.seen.filter(isNamed)
  if (product === undefined || names.length === 0 || segment.role !== 'main') return false
  if (segment.seen.some(({ term }) => term.attribute !== null || term.imitation)) return false
  if (goods.role === 'with') return isInVessel(names, product)
  if (!scentless.includes(product.term.goodsKind)) return false
  const eaten = names.filter(({ term: { name } }) => name?.fresh === true)
  if (byWeight && segment.numbered === true) return eaten.length > 0
  const first = names.every(({ mark }) => mark < product.mark) && goods.behindDash !== true
  if (first && eaten.some(({ term: { name } }) => name?.sense === 'food')) return true
  return (
    collectives.includes(lettersOf(product.mark).text.toLowerCase()) &&
    eaten.some(({ mark, term: { name } }) => name?.sense === 'food' || isPlural(lettersOf(mark)))
  )
}

/** "Cactus in mug", "Tillandsia in a frame": the product is what the plant stands in. A scent may be what a vessel is filled with. */
function isInVessel(names: readonly Seen[], { mark, term }: Seen): boolean {
  const last = names.at(-1) as Seen
  return term.goodsKind === 'home' && mark > last.mark && mark - last.mark <= 4 && names.some(isUnscented)
}

function isUnscented({ term: { name } }: Seen): boolean {
  return name !== null && !name.scent
}

/** A colour is never in the plural, which many languages write so: lemons, olives. */
function isPlural({ text }: Letters): boolean {
  return text.length > 3 && /[^s]s$/i.test(text)
}

/** Whether a segment tells of roots, soil or a graft, which no scent has: "candle and potted lavender". */
function isGrown({ seen }: Segment): boolean {
  return seen.some(({ term }) => term.state.some((state) => state !== 'fresh' && livingStates.includes(state)))
}

/**
 * Whether "and" stands between a plant and a product without scent, each complete in itself: "seed potatoes and gloves". What
 * has words between ("pineapple and palm shirt") is one thing.
 */
export function areTwoThings(before: Segment, behind: Segment): boolean {
  if ((isPrepared(before) || isOnlyGoods(before)) && isNamedLiving(behind) && !isLiving(before)) return true
  if (before.seen.every(({ term }) => !term.plantish) && isNamedLiving(behind) && isGrown(behind)) return true
  const touch = (behind.seen[0]?.mark ?? 0) - (before.seen.at(-1)?.mark ?? 0) === 2
  return touch && ((isOnlyGoods(before) && isNamedThing(behind)) || (isNamedThing(before) && isOnlyGoods(behind)))
}

const prepared: readonly Term['form'][] = ['processed-plant-product', 'dried-plant-product']

/** Whether all strong forms of a segment are plants that were prepared: then fresh olives beside olive oil are a thing of their own. */
export function isPrepared({ seen }: Segment): boolean {
  const strong = seen.filter(({ term }) => term.formStrength > 1)
  return strong.length > 0 && strong.every(({ term }) => prepared.includes(term.form))
}

function isOnlyGoods({ seen }: Segment): boolean {
  return seen.every(({ term }) => !term.plantish) && seen.some(({ term }) => scentless.includes(term.goodsKind))
}

function isNamedThing({ seen }: Segment): boolean {
  return seen.some(
    ({ term: { name } }) => name !== null && (name.sense === 'plain' || name.sense === 'food' || name.fresh),
  )
}
