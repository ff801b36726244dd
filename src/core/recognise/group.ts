import { type Article, isPropagative } from '../parcel/articles.ts'
import type { Evidence, Letters } from './finding.ts'
import { isApart, isLiving, isNamedLiving, isPrepared, isScentless } from './own-thing.ts'
import type { Seen, Segment, Segments } from './segments.ts'
import { media } from './soil.ts'

/** What grouping needs of its surroundings, and where what is set aside is kept. */
interface Table {
  /** Kinds of products whose plants after "with" are ingredients. */
  readonly ingredientKinds: readonly string[]
  readonly byWeight: boolean
  readonly collectives: readonly string[]
  readonly lettersOf: (mark: number) => Letters
  readonly ruledOut: Evidence[]
}

/**
 * Brings segments together into things. Names that stand alone belong to the form that has none ("seeds: tomato, basil"), or
 * are the look of the product beside them ("T-shirt, rose"). What follows "for" is a purpose.
 */
export function group(segments: Segments, { ingredientKinds, lettersOf, ruledOut, ...desk }: Table): Segment[] {
  const own: Segment[] = []
  const loose: Seen[] = []
  const lone: Segment[] = []
  for (const segment of segments.list) {
    if (segment.role === 'with' && holdsIngredients(own[0], ingredientKinds) && !goesAlong(segment, own[0])) {
      setAside(segment.seen, 'ingredient', lettersOf, ruledOut)
    } else if (segment.behindDash === true && isVariant(segment, own[0])) {
      setAside(segment.seen, 'variant', lettersOf, ruledOut)
    } else if (
      segment.role === 'for' &&
      segment !== segments.list[0] &&
      !segment.seen.some(({ term }) => term.use !== null)
    ) {
      setAside(segment.seen, 'purpose', lettersOf, ruledOut)
    } else if (
      segment.seen.some(
        ({ term }) => term.formStrength > 1 || term.goodsStrength > 1 || (term.form !== null && term.name === null),
      )
    )
      own.push(...partsOf(withoutPurpose(segment, { lettersOf, ruledOut })))
    else if (segment.seen.some(({ term }) => term.name !== null || term.form !== null)) lone.push(segment)
    else loose.push(...segment.seen)
  }
  return settle({ own, lone, loose }, { ...desk, lettersOf, ruledOut })
}

/**
 * Whether a segment behind a dash is a variant of the product before it: its scent, print or colour ("Body spray - Woody
 * Bouquet"). What grows (seeds, bulbs, plants) and what is fresh stays a thing of its own, and so does anything behind food.
 */
function isVariant({ seen }: Segment, main: Segment | undefined): boolean {
  const goods = main?.seen.findLast(({ term }) => term.goodsStrength > 1)
  if (goods === undefined || goods.term.goodsKind === 'food' || goods.term.goodsStrength < goods.term.formStrength)
    return false
  // Of what is washed, sprayed or rubbed in, fresh is the scent: "Shampoo - Lemon Fresh".
  const smells = scented.includes(goods.term.goodsKind)
  // A plant that is a scent may be named by a word of forms: a mask with tea tree.
  const isScent = ({ name, formStrength }: Seen['term']): boolean => smells && name?.scent === true && formStrength < 3
  return seen.every(
    ({ term }) =>
      term.formStrength < 3 &&
      (term.form === null || !isPropagative(term.form) || isScent(term)) &&
      (smells || !term.state.includes('fresh')),
  )
}

const scented: readonly Seen['term']['goodsKind'][] = ['cosmetics', 'chemical']

/** Whether a name beside a product is a thing of its own: a plant that is no scent, or what is alive or fresh. */
function isOwnThing(segment: Segment): boolean {
  const named = segment.seen.filter(
    ({ term: { name } }) => name !== null && name.sense !== 'candidate' && name.sense !== 'beside',
  )
  if (segment.role !== 'main' || segment.seen.some(({ term }) => term.attribute !== null)) return isLiving(segment)
  return (
    (named.length > 0 && isLiving(segment)) ||
    named.some(({ term: { name } }) => name?.sense === 'plain' && !name.scent)
  )
}

/** Whether a plant named "with" a product is no ingredient: it lives, or seeds of it lie in what is worn, driven or switched on. */
function goesAlong(segment: Segment, main: Segment | undefined): boolean {
  return isLiving(segment) || (isNamedStart(segment.seen) && main?.seen.every(isScentless) === true)
}

/** A name with a form to grow from ("monstera cutting") is a thing wherever it stands. */
function isNamedStart(seen: readonly Seen[]): boolean {
  const named = seen.some(
    ({ term }) => term.name !== null && term.name.sense !== 'candidate' && term.name.sense !== 'beside',
  )
  return (
    named && seen.some(({ term }) => term.form === 'cuttings' || term.form === 'seeds' || term.form === 'bulbs-tubers')
  )
}

const beds: readonly (Article | null)[] = ['growing-medium', 'bark']
const bedded: readonly (Article | null)[] = ['plants-for-planting', 'fruit-vegetables', 'cut-flowers-branches']

/** What stands behind a medium by its full name is what that is for: "potting mix vegetables", "peat for" succulents. */
function withoutPurpose(segment: Segment, { lettersOf, ruledOut }: Pick<Table, 'lettersOf' | 'ruledOut'>): Segment {
  const bed = segment.seen.find(({ term }) => term.formStrength > 1)
  if (bed === undefined || bed.term.formStrength < 3 || !beds.includes(bed.term.form)) return segment
  const isPurpose = ({ mark, term }: Seen): boolean =>
    mark > bed.mark &&
    bedded.includes(term.form) &&
    term.form !== null &&
    (term.formStrength < 3 || term.form === 'fruit-vegetables')
  const purpose = segment.seen.filter(isPurpose)
  if (purpose.length === 0) return segment
  setAside(purpose, 'purpose', lettersOf, ruledOut)
  return { ...segment, seen: segment.seen.filter((one) => !isPurpose(one)) }
}

/** A medium and something that grows in it, in one segment, are two things: "kit seeds soil pot". */
function partsOf(segment: Segment): Segment[] {
  const strong = segment.seen.filter(({ term }) => term.formStrength > 1)
  const articles = new Set(strong.map(({ term }) => term.form))
  if (
    ![...articles].some((article) => media.includes(article)) ||
    [...articles].every((article) => media.includes(article))
  ) {
    return [segment]
  }
  const rest = segment.seen.filter(({ term }) => term.formStrength <= 1 && term.goodsStrength === 0)
  return [...articles].map((article) => {
    const own = strong.filter(({ term }) => term.form === article)
    return { ...segment, seen: [...rest, ...own].sort((one, other) => one.mark - other.mark) }
  })
}

function isPlainName({ term }: Seen): boolean {
  return term.name?.sense === 'plain'
}

/** Whether a product is of a kind whose plants are ingredients: a scrub with apricot seeds, a tea with lemon. */
function holdsIngredients(main: Segment | undefined, kinds: readonly string[]): boolean {
  const last = main?.seen.findLast(({ term }) => term.goodsStrength > 1)
  return last !== undefined && kinds.includes(last.term.goodsKind ?? '')
}

function settle(
  { own, lone, loose }: { own: Segment[]; lone: Segment[]; loose: Seen[] },
  { lettersOf, ruledOut, ...desk }: Omit<Table, 'ingredientKinds'>,
): Segment[] {
  const form = own.find(({ seen }) => seen.some(({ term }) => term.formStrength > 1))
  const goods = own.find(({ seen }) => seen.some(({ term }) => term.goodsStrength > 1))
  const names = lone.flatMap(({ seen }) => seen)
  const beside: Segment[] = []
  if (form !== undefined) {
    // Fresh olives beside olive oil are a thing of their own.
    if (isPrepared(form)) beside.push(...lone.filter(isNamedLiving))
    form.seen.push(...names.filter((one) => !beside.some(({ seen }) => seen.includes(one))), ...loose)
  } else if (goods !== undefined) {
    const first = goods.seen[0]?.mark ?? 0
    const apart = lone.filter((segment) => isApart(segment, { goods, lettersOf, ...desk }))
    const own = lone.filter(
      (one) => !apart.includes(one) && one.seen.every(({ mark }) => mark < first) && one.seen.some(isPlainName),
    )
    // Another thing beside the product: "clothes, fresh apples", "books, monstera". A scent or a food alone is its look.
    const things = lone.filter((one) => apart.includes(one) || (!own.includes(one) && isOwnThing(one)))
    setAside(
      names.filter((one) => ![...own, ...things].some(({ seen }) => seen.includes(one))),
      'name',
      lettersOf,
      ruledOut,
    )
    // A plain plant name before the product ("Zinnia - Oklahoma Salmon") may be the thing itself.
    for (const segment of own) goods.seen.push(...segment.seen)
    goods.seen.push(...loose)
    if (own.length > 0) goods.nameFirst = true
    beside.push(...things)
  } else if (own.length > 0) own[0]?.seen.push(...names, ...loose)
  else
    return [
      {
        role: 'main',
        seen: [...names, ...loose],
        headFirst: lone[0]?.headFirst ?? false,
        unknownWords: 0,
        spoken: lone[0]?.spoken ?? 0,
      },
    ]
  for (const { seen } of own) seen.sort((one, other) => one.mark - other.mark)
  return [...weakAside(own, lettersOf, ruledOut), ...beside]
}

/** Fruit with its name beside what has no scent: clothing and guava fruit. */
function isFreshName({ term: { name, attribute } }: Seen): boolean {
  return name?.sense === 'food' && name.fresh && attribute === null
}

/** A weak form that stands alone beside an ordinary product is its look: "dress, flower". */
function weakAside(own: Segment[], lettersOf: (mark: number) => Letters, ruledOut: Evidence[]): Segment[] {
  const goods = own.some(({ seen }) => seen.some(({ term }) => term.goodsStrength > 1))
  if (!goods) return own
  const scentless = own.every(({ seen }) => seen.every(isScentless))
  return own.filter(({ seen }) => {
    const weak =
      seen.every((one) => one.term.formStrength < 2 && one.term.goodsStrength < 1 && !isPlainName(one)) &&
      !isNamedStart(seen) &&
      !(scentless && seen.some(isFreshName))
    if (weak) setAside(seen, 'form', lettersOf, ruledOut)
    return !weak
  })
}

function setAside(
  list: readonly Seen[],
  kind: 'purpose' | 'ingredient' | 'name' | 'form' | 'variant',
  lettersOf: (mark: number) => Letters,
  ruledOut: Evidence[],
): void {
  for (const { mark, term } of list) {
    if (term.name === null && term.form === null) continue
    const article = term.form ?? term.name?.article ?? 'plants-for-planting'
    ruledOut.push({ kind, article, weight: 0, letters: lettersOf(mark), value: null })
  }
}
