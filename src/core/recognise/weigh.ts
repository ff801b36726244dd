import type { Article } from '../parcel/articles.ts'
import type { Evidence, Letters } from './finding.ts'
import { headOf, holdsGoods, isUnmistakable, ofSeeds } from './head.ts'
import { type Balance, lay, lower, newScale, type Scale, strengthNames, type Weights, weightOf } from './scale.ts'
import { isForeign, type Seen, type Segment } from './segments.ts'
import type { Term } from './terms.ts'
import { weighFacts } from './weigh-facts.ts'

/** Articles a bare plant name may stand for, and how much less likely each is than the first. */
const bareName: readonly (readonly [Article, number])[] = [
  ['plants-for-planting', 0],
  ['seeds', 1],
  ['dried-plant-product', 1.5],
  ['processed-plant-product', 1.5],
  ['cut-flowers-branches', 1.5],
  ['cuttings', 2],
  ['fruit-vegetables', 2],
  ['bulbs-tubers', 2],
]

/** The same for plants that live one year. */
const bareAnnual: readonly (readonly [Article, number])[] = [
  ['seeds', 0],
  ['plants-for-planting', 1],
  ['cut-flowers-branches', 1.5],
  ['dried-plant-product', 1.5],
  ['processed-plant-product', 1.5],
  ['fruit-vegetables', 2],
]

/** The same for plants whose fresh part is eaten. */
const bareFood: readonly (readonly [Article, number])[] = [
  ['fruit-vegetables', 0],
  ['seeds', 0.6],
  ['plants-for-planting', 0.8],
  ['processed-plant-product', 0.8],
  ['dried-plant-product', 1],
  ['cuttings', 2],
]

/** Weighs what stands in one segment. Where it is an imitation, names tell only what it looks like. */
export function weighSegment(segment: Segment, balance: Balance, imitated: boolean): Scale {
  const scale = newScale(balance.weights)
  const head = headOf(segment, balance.plantCode, balance.byWeight || balance.plantCode)
  const strongest = segment.seen.reduce((most, { term }) => Math.max(most, term.formStrength), 0)
  const headIsGoods = head !== undefined && head.term.goodsStrength > head.term.formStrength
  const asLook = imitated || (strongest < 2 && isOnlyLook(segment))
  for (const seen of segment.seen) weighHead(scale, seen, { head, headIsGoods, asLook, segment }, balance)
  weighNames(
    scale,
    segment,
    {
      headIsGoods,
      headStrength: head?.term.goodsStrength ?? 0,
      head,
      strongest,
      asLook,
      form: nameForm(head?.term.form ?? strongestForm(segment), segment, balance),
    },
    balance,
  )
  for (const seen of segment.seen) weighFacts(scale, seen, balance)
  if (asLook) weighLook(scale, segment, balance)
  return scale
}

/** Weight left to a product's word that is not the main one: little before a plant's name or in another language. */
function besideName({ head, segment }: HeadContext, seen: Seen): string {
  const { term } = seen
  if (holdsPlant(segment, seen)) return 'before-name'
  if (head !== undefined && !isForeign(segment, term)) return 'not-head'
  return isUnmistakable(term) ? 'product-before-name' : 'before-name'
}

/** Whether a pot behind a plant's name is what the plant stands in, where the main word stands first: "planta monstera maceta 12 cm". */
function holdsPlant({ headFirst, seen }: Segment, { mark, term }: Seen): boolean {
  return headFirst && term.container && seen.some((one) => one.mark < mark && one.term.name?.sense === 'plain')
}

/** Whether names stand only for a look, smell, taste or brand. A colour beside a plain plant name says nothing of the sort. */
function isOnlyLook(segment: Segment): boolean {
  const attributes = segment.seen.flatMap(({ term }) => term.attribute ?? [])
  if (attributes.length === 0) return false
  const plain = segment.seen.some(({ term }) => term.name?.sense === 'plain')
  const goods = segment.seen.some(({ term }) => term.goodsStrength > 0)
  if (plain && !goods && segment.seen.some(({ term }) => term.form !== null)) return false
  return goods || !plain || attributes.some((one) => one !== 'look')
}

/** Whether a form only says what the seeds of a segment become: bonsai seeds. */
function isOfSeeds(form: Article, { head }: HeadContext): boolean {
  return head?.term.form === 'seeds' && form !== 'seeds' && ofSeeds.includes(form)
}

/** Whether wood is only what a product is made of, the product being the main word: oak barrel wall clock. */
function isMaterial({ form }: Term, { headIsGoods, head }: HeadContext): boolean {
  return form === 'wood' && headIsGoods && head !== undefined && head.term.goodsStrength > 2
}

interface HeadContext {
  readonly head: Seen | undefined
  readonly headIsGoods: boolean
  readonly asLook: boolean
  readonly segment: Segment
}

function weighHead(scale: Scale, seen: Seen, context: HeadContext, balance: Balance): void {
  const { weights, lettersOf, meantOf, plantCode } = balance
  const { term } = seen
  const value = meantOf(seen.mark)
  const sure = value === null ? 1 : weightOf(weights, 'misspelt')
  const isHead = seen === context.head
  const letters = term.form !== null || term.goodsStrength > 0 ? lettersOf(seen.mark) : null
  if (term.form !== null) {
    const weak = term.formStrength === 1
    const setAside = weak && ((context.headIsGoods && !isHead) || context.asLook)
    let weight = weightOf(weights, strengthNames.form[term.formStrength] as string) * sure
    if (!isHead && (term.formStrength < 3 || isOfSeeds(term.form, context) || isMaterial(term, context)))
      weight *= weightOf(weights, 'not-head')
    if (weak && context.segment.role === 'with') weight *= weightOf(weights, 'weak-with')
    const form = rootedForm(eatenForm(term.form, context.segment, balance), context.segment)
    if (scale.evidence.some(({ kind, article }) => kind === 'form' && article === form))
      weight *= weightOf(weights, 'again')
    const evidence: Evidence = { kind: 'form', article: form, weight, letters, value }
    if (setAside) scale.ruledOut.push(evidence)
    else {
      lay(scale, evidence)
      // What is named is no longer unclear.
      if (isHead && !weak) lower(scale, 'unclear', weightOf(weights, 'form-against-unclear') * sure)
      if (term.secondForm !== null)
        lay(scale, { kind: 'form', article: term.secondForm, weight: weight * 0.8, letters, value: null })
    }
  }
  if (
    term.goodsStrength > 0 &&
    !(term.container && !isHead && holdsGoods(context.segment, balance.byWeight || plantCode))
  ) {
    let weight = weightOf(weights, strengthNames.goods[term.goodsStrength] as string) * sure
    if (plantCode && term.goodsKind !== 'food') weight *= weightOf(weights, 'goods-under-plant-code')
    if (isHead && context.headIsGoods) weight += term.goodsStrength > 1 ? weightOf(weights, 'goods-head') : 0
    else if (!isHead) weight *= weightOf(weights, besideName(context, seen))
    lay(scale, { kind: 'goods', article: 'none', weight, letters, value })
  }
}

/**
 * A bulb or tuber of a food ("fennel bulb each") that is sold as fresh things are is for the table, and so is a bouquet of herbs
 * that are said to be fresh ("coriandre fraîche bouquet").
 */
function eatenForm(form: Article, { seen }: Segment, { sold }: Balance): Article {
  const isBulb = form === 'bulbs-tubers' && sold !== null
  const saidFresh = seen.some(({ term }) => term.state.includes('fresh'))
  const isBouquet = form === 'cut-flowers-branches' && sold === 'bunch' && saidFresh
  if (!isBulb && !isBouquet) return form
  const names = seen.flatMap(({ term: { name } }) => name ?? [])
  const isEaten = ({ sense, fresh }: (typeof names)[number]): boolean => sense === 'food' && fresh
  return (isBulb ? names.some(isEaten) : names.length > 0 && names.every(isEaten)) ? 'fruit-vegetables' : form
}

/** A cutting that has roots is a plant for planting. */
function rootedForm(form: Article, { seen }: Segment): Article {
  if (form !== 'cuttings') return form
  const hasRoots = seen.some(({ term: { state } }) => state.includes('rooted') || state.includes('bare-root'))
  return hasRoots ? 'plants-for-planting' : form
}

/** Whether a name that is only a plant's stands apart from the product beside it, with other words between ("Peony Coral Charm"). */
function standsApart({ mark, term: { name } }: Seen, head: Seen | undefined): boolean {
  if (name?.sense !== 'plain' || name.scent || head === undefined) return false
  // Where the main word stands first, what follows a product is its look: "poszewka liście monstery".
  const isLook = head.mark < mark && head.term.headFirst && isUnmistakable(head.term)
  return !isLook && Math.abs(head.mark - mark) > 1
}

interface NameContext {
  readonly headIsGoods: boolean
  readonly strongest: number
  readonly headStrength: number
  readonly head: Seen | undefined
  readonly asLook: boolean
  /** The form that the names belong to: the main word's, else the strongest. */
  readonly form: Article | null
}

function weighNames(
  scale: Scale,
  segment: Segment,
  context: NameContext,
  { weights, lettersOf, meantOf, byWeight, pinch, aged, counted, sold, otherwiseTold, namesCultivar }: Balance,
): void {
  const { form } = context
  const saidFresh = segment.seen.some(({ term }) => term.state.includes('fresh'))
  for (const seen of segment.seen) {
    const { name } = seen.term
    if (name === null) continue
    const letters = lettersOf(seen.mark)
    const value = meantOf(seen.mark)
    const sure = value === null ? 1 : weightOf(weights, 'misspelt')
    const weight = weightOf(weights, `name.${name.sense}`) * sure
    const setAside = context.headIsGoods && context.headStrength > 1 && context.strongest < 2
    if (context.asLook || (setAside && !standsApart(seen, context.head))) {
      scale.ruledOut.push({
        kind: 'name',
        article: name.article ?? 'plants-for-planting',
        weight,
        letters,
        value,
      })
      continue
    }
    scale.names.push(seen)
    if (form !== null) {
      const said = scale.names.length > 1 ? weightOf(weights, 'again') : 1
      const support = weightOf(weights, 'name-with-form') * (name.sense === 'candidate' ? 0.5 : 1) * said * sure
      lay(scale, { kind: 'name', article: form, weight: support, letters, value })
    } else {
      const cultivar = !byWeight && name.sown && namesCultivar(seen.mark)
      const usual = cultivar && name.article === 'fruit-vegetables' ? { ...name, article: null } : name
      layBareName(scale, usual, {
        weight,
        letters,
        value,
        weights,
        byWeight,
        pinch,
        aged,
        counted,
        sold,
        saidFresh,
        otherwiseTold,
        cultivar,
      })
    }
  }
}

/** How much a bare name weighs, and where it stands. */
interface Bare {
  readonly weight: number
  readonly letters: Letters
  readonly value: string | null
  readonly weights: Weights
  readonly byWeight: boolean
  readonly pinch: boolean
  readonly aged: boolean
  readonly counted: boolean
  readonly saidFresh: boolean
  readonly sold: Balance['sold']
  readonly otherwiseTold: boolean
  /** Whether a vegetable is named with its cultivar. */
  readonly cultivar: boolean
}

/** A plant's name with nothing said of its form: what an expert says it usually is, then what plants are sent as. */
function layBareName(
  scale: Scale,
  { sense, article, fresh, annual }: NonNullable<Term['name']>,
  { weight, letters, value, weights, byWeight, pinch, aged, counted, sold, saidFresh, otherwiseTold, cultivar }: Bare,
): void {
  if (article !== null && (sold === null || !fresh || article === 'fruit-vegetables')) {
    const usual = weight + weightOf(weights, sense === 'word' ? 'usual-word' : 'usual')
    lay(scale, { kind: 'name', article, weight: usual, letters, value })
  }
  const eaten = fresh && (sense !== 'plain' || byWeight || sold !== null)
  const less = article === null ? 0 : 1.2
  // The name of a food whose fresh part is traded: fruit or vegetables, unless something else is said.
  if (aged)
    lay(scale, { kind: 'name', article: 'plants-for-planting', weight: weightOf(weights, 'aged'), letters, value })
  // A hundred pieces of tomato are seeds; of orchids they are plants.
  const maybeSeeds = article === null || maySow.includes(article)
  if (counted && maybeSeeds && (annual || fresh))
    lay(scale, { kind: 'name', article: 'seeds', weight: weightOf(weights, 'counted'), letters, value })
  if (cultivar && maybeSeeds)
    lay(scale, { kind: 'name', article: 'seeds', weight: weightOf(weights, 'cultivar'), letters, value })
  if (pinch && maybeSeeds)
    lay(scale, { kind: 'name', article: 'seeds', weight: weightOf(weights, 'pinch'), letters, value })
  // Punnets and pieces of what is eaten are fresh; a bunch of anything else is of flowers or branches.
  const asSold = fresh ? 'fruit-vegetables' : sold === 'bunch' ? 'cut-flowers-branches' : null
  if (sold !== null && asSold !== null)
    lay(scale, { kind: 'name', article: asSold, weight: weightOf(weights, `sold.${sold}`), letters, value })
  const freshByWeight = byWeight && (article === null || article === 'fruit-vegetables')
  if (eaten && (freshByWeight || (article === null && sense === 'food' && !otherwiseTold && !cultivar && !pinch))) {
    const food = weightOf(weights, freshByWeight ? 'sold-by-weight' : 'usual-food')
    lay(scale, { kind: 'name', article: 'fruit-vegetables', weight: food, letters, value })
  }
  // Fresh olives, fresh lemons: words that are also colours are the fruit where they are said to be fresh.
  if (fresh && saidFresh && sense === 'word')
    lay(scale, { kind: 'name', article: 'fruit-vegetables', weight: weightOf(weights, 'usual-food'), letters, value })
  const [first] = annual ? (bareAnnual[0] as [Article, number]) : (['plants-for-planting'] as const)
  for (const [other, rarer] of eaten ? bareFood : annual ? bareAnnual : bareName) {
    const sure = other === first && sense === 'plain' && !eaten ? weightOf(weights, 'usual-plain') : 0
    const own = weight + sure - rarer - less
    if (other !== article && own > 0) lay(scale, { kind: 'name', article: other, weight: own, letters, value })
  }
}

/** What a name may usually be and still be seeds where so few grams or so many pieces say so. */
const maySow: readonly Article[] = ['seeds', 'grain', 'fruit-vegetables']

/** The form that names belong to. */
function nameForm(form: Article | null, segment: Segment, balance: Balance): Article | null {
  return form === null ? null : rootedForm(eatenForm(form, segment, balance), segment)
}

function strongestForm(segment: Segment): Article | null {
  let best: Term | null = null
  for (const { term } of segment.seen)
    if (term.form !== null && term.formStrength > (best?.formStrength ?? 0)) best = term
  return best?.form ?? null
}

function weighLook(scale: Scale, segment: Segment, { weights, lettersOf }: Balance): void {
  for (const { mark, term } of segment.seen) {
    if (term.attribute === null) continue
    lay(scale, {
      kind: 'attribute',
      article: 'none',
      weight: weightOf(weights, 'attribute'),
      letters: lettersOf(mark),
      value: term.attribute,
    })
    return
  }
}
