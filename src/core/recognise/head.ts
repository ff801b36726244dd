import type { Article } from '../parcel/articles.ts'
import { isForeign, type Seen, type Segment } from './segments.ts'
import type { NameSense, Term } from './terms.ts'

/** The main word of a segment; undefined when it is a plant's name, or there is none. */
export function headOf(segment: Segment, plantCode: boolean, byWeight = false): Seen | undefined {
  const packs = holdsGoods(segment, byWeight)
  const strong = segment.seen.some(({ term }) => term.formStrength > 1)
  // A weak form beside an unmistakable product of a language that puts the main word first: "deska bambusowa do krojenia".
  const sure = segment.headFirst && segment.seen.some(({ term }) => isUnmistakable(term) && !isForeign(segment, term))
  const isHead = ({ term }: Seen): boolean =>
    (term.form !== null && (strong ? term.formStrength > 1 : !sure)) ||
    (term.goodsStrength > (plantCode && term.goodsKind !== 'food' ? 2 : 0) &&
      !(packs && term.container) &&
      !isForeign(segment, term))
  const heads = segment.seen.filter(isHead)
  const first = segment.headFirst ? heads[0] : heads[heads.length - 1]
  const head =
    first === undefined
      ? undefined
      : (moreExact(segment, first) ?? startBeforeGoods(segment, first) ?? sownPaper(segment, first) ?? first)
  return head !== undefined && head.term.goodsStrength > head.term.formStrength && nameIsHead(segment, head)
    ? undefined
    : head
}

/**
 * Whether a word of a bag or box tells only what the goods of a segment come in: beside a plant that is fresh, sold by weight
 * or has a form ("guavas fresh cage", "mushroom spawn bag").
 */
export function holdsGoods({ seen }: Segment, byWeight: boolean): boolean {
  const named = seen.some(({ term: { name } }) => name !== null && !unsure.includes(name.sense))
  const told = byWeight || seen.some(({ term }) => term.state.includes('fresh') || term.formStrength === 3)
  return named && told
}

/**
 * Seeds, bulbs or cuttings of a named plant, with other words between them and a product ("Rauke Samen Balkon Hochbeet"): the
 * product is where they go, not what they are made into. What is eaten, worn or rubbed in is made of seeds ("chia seed scrub").
 */
function startBeforeGoods({ seen }: Segment, { mark, term }: Seen): Seen | undefined {
  if (term.goodsStrength <= term.formStrength || madeOfSeeds.includes(term.goodsKind)) return undefined
  // Paper that seeds were worked into is to be planted: "seed paper card".
  const paper =
    term.goodsKind === 'paper'
      ? seen.find((one) => one.term.formStrength === 3 && one.term.form === 'seeds')
      : undefined
  if (paper !== undefined) return paper
  const named = seen.some(({ term: { name } }) => name !== null && !unsure.includes(name.sense))
  if (!named) return undefined
  const apart = beside.includes(term.goodsKind) ? 0 : 1
  return seen.find(
    (one) =>
      one.term.formStrength > 1 &&
      starts.includes(one.term.form) &&
      Math.abs(one.mark - mark) > apart * (1 + between(seen, one, mark)),
  )
}

/** A card, a tag or an envelope of seed paper is sown: a word that is nothing but seeds stands over what is written on. */
function sownPaper({ seen }: Segment, { term }: Seen): Seen | undefined {
  if (term.goodsKind !== 'paper' || term.goodsStrength <= term.formStrength) return undefined
  return seen.find((one) => one.term.form === 'seeds' && one.term.formStrength === 3)
}

/** Names between a form and a product tell nothing of how far they stand apart. */
function between(seen: readonly Seen[], { mark: form }: Seen, goods: number): number {
  const [from, to] = form < goods ? [form, goods] : [goods, form]
  return seen.filter(({ mark, term }) => mark > from && mark < to && (term.name !== null || term.goodsStrength > 0))
    .length
}

/** Senses of names that do not tell a plant by themselves. */
const unsure: readonly NameSense[] = ['candidate', 'beside']

const starts: readonly (Article | null)[] = ['seeds', 'bulbs-tubers', 'cuttings']
const madeOfSeeds: readonly Term['goodsKind'][] = ['cosmetics', 'food', 'medicine', 'jewellery', 'chemical', 'toy']
/** Kinds of products that are never made of seeds: they only travel with them. */
const beside: readonly Term['goodsKind'][] = ['clothing', 'electronics', 'media', 'vehicle', 'sport']

/** What says more than "plants": "in-vitro" of a plantlet, seeds of a tree, a climber, a flower. */
const exact: readonly (Article | null)[] = ['in-vitro', 'seeds', 'bulbs-tubers', 'cuttings', 'pollen']
/** What seeds are of, or what becomes of them: dill seed bouquet, seeds for microgreens. */
export const ofSeeds: readonly (Article | null)[] = ['plants-for-planting', 'cut-flowers-branches', 'fruit-vegetables']

/** A more exact form beside a word that only says that it is a plant, or what its seeds become. */
function moreExact({ seen }: Segment, { term: main }: Seen): Seen | undefined {
  if (main.goodsStrength > main.formStrength || !ofSeeds.includes(main.form)) return undefined
  const isMore = ({ term }: Seen): boolean => {
    if (term.formStrength < 2) return false
    if (main.form !== 'plants-for-planting') return term.form === 'seeds' && main.formStrength < 3
    return term.form === 'in-vitro' || term.form === 'seeds' || (main.formStrength < 3 && exact.includes(term.form))
  }
  return seen.find(isMore)
}

const alive: readonly string[] = ['in-medium', 'bare-root', 'rooted', 'grafted', 'dormant']

/** Whether a plant is named with what only living ones have: roots, soil, a graft. Then a product beside it is its pot. */
function isAlive({ seen }: Segment): boolean {
  const named = seen.some(
    ({ term: { name } }) => name !== null && name.sense !== 'word' && !unsure.includes(name.sense),
  )
  return named && seen.some(({ term }) => term.form === null && term.state.some((state) => alive.includes(state)))
}

/**
 * Whether a word that is of plants or of an imitation stands beside what only plants can be: "Christmas tree 1.5 m, fresh cut",
 * "rosemary wreath fresh".
 */
function isLivingSort({ seen }: Segment, { term }: Seen): boolean {
  return (
    (term.name !== null || term.form !== null) &&
    seen.some((one) => one.term.state.includes('fresh')) &&
    !seen.some((one) => one.term.imitation)
  )
}

/** Whether a food that is traded fresh stands with what only fresh things are sold in, and with no other product. */
function isSoldFresh({ seen }: Segment): boolean {
  if (!seen.some(({ term: { sold } }) => sold === 'fresh' || sold === 'bunch')) return false
  const named = seen.some(({ term: { name } }) => name?.fresh === true && name.sense !== 'candidate')
  return named && seen.every(({ term }) => term.goodsStrength < 2 || term.sold !== null || term.name?.fresh === true)
}

/** Whether stems of a plant are counted, beside no product but one that flowers come wrapped in or that can be mistaken: "Freesia 20 stem wrap". */
function isCountedByStem({ seen }: Segment): boolean {
  if (!seen.some(({ term: { sold } }) => sold === 'bunch') || seen.some(({ term }) => term.imitation)) return false
  const named = seen.filter(({ term: { name } }) => name !== null && !unsure.includes(name.sense))
  const plain = named.some(({ term: { name } }) => name?.sense === 'plain')
  return (
    named.length > 0 &&
    seen.every(({ term }) => term.goodsStrength < 3 && (plain || term.goodsStrength < 2 || term.goodsKind === 'paper'))
  )
}

/** Whether a plant's name is the main word after a word that is also a product: "Sugar Baby Watermelon". */
function nameIsHead(segment: Segment, head: Seen): boolean {
  if (segment.nameFirst === true || isAlive(segment) || isLivingSort(segment, head)) return true
  if (isSoldFresh(segment) || isCountedByStem(segment)) return true
  return segment.seen.some(({ mark, term }) => {
    const { name } = term
    // The main word stands first in some languages: "Glycine de Chine tuteur" is the plant, "Sugar Baby Watermelon" too.
    const isMain = segment.headFirst ? mark < head.mark : mark > head.mark
    if (name === null || !isMain || name.sense === 'word' || unsure.includes(name.sense)) return false
    if (!segment.headFirst && isOnlyPicture(head.term, name.sense)) return false
    // Behind an unmistakable product a scent or flavour is no plant: "throat drops cherry"; "Lipstick Sweet Pepper" is one.
    return !name.scent || !isUnmistakable(head.term)
  })
}

const worn: readonly Term['goodsKind'][] = ['clothing', 'electronics', 'jewellery', 'toy', 'media', 'paper']

/**
 * Whether a plant named behind a product is its picture: a phone case hydrangea, a plate tomato. Names of cultivars that begin
 * like a product (Lipstick Sweet Pepper) are written in words of every language, and a pot may hold what is named behind it.
 */
function isOnlyPicture(product: Term, sense: NameSense): boolean {
  if (product.international || !isUnmistakable(product)) return false
  return sense === 'food' || worn.includes(product.goodsKind)
}

export function isUnmistakable({ goodsStrength, goodsKind }: Term): boolean {
  return goodsStrength === 3 && goodsKind !== 'food'
}
