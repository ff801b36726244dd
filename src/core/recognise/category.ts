import { type Article, isRegulated } from '../parcel/articles.ts'
import type { Evidence } from './finding.ts'
import { fold, foldedRoom } from './fold.ts'
import type { Heading, Headings } from './goods.ts'
import type { Lexicon } from './lexicon.ts'
import { type Weights, weightOf } from './scale.ts'
import { marksRoom, scan } from './scan.ts'
import type { Term } from './terms.ts'

/** What reading a marketplace's category needs. */
export interface CategoryDesk {
  readonly lexicon: Lexicon
  /** Categories by number (`google:985`, `shopify:hg-17`) or by path in lower case. */
  readonly categories: Headings
  readonly compounds: readonly boolean[]
  readonly weights: Weights
  readonly termOf: (number: number) => Term
}

const longestCategory = 300

/**
 * What a category says of an item: its row in the table of categories, else the words of the last step that says anything
 * ("Garden > Seeds"), else the row of the nearest category above it.
 */
export function categoryEvidence(category: string, desk: CategoryDesk): readonly Evidence[] {
  const keys = keysOf(category)
  const exact = rowOf(keys.slice(0, 1), desk.categories)
  const said = exact === null ? articleOfSteps(category, desk) : null
  if (said !== null) return [evidence(said, { strength: 2, sense: 'regulated' }, category, desk)]
  const heading = exact ?? rowOf(keys, desk.categories)
  if (heading === null) return []
  const second = weightOf(desk.weights, 'hs-second')
  // A number says nothing to a person.
  const shown = (keys[0] as string).includes(':') ? `${category} (${heading.title})` : category
  return heading.articles.map((article, rank) => {
    const one = evidence(article, heading, shown, desk)
    return { ...one, weight: one.weight - rank * second }
  })
}

/** Whether the HS code and the category speak of different things: one of plants, the other of nothing but ordinary goods. */
export function codesDisagree(evidence: readonly Evidence[]): boolean {
  const codes = evidence.filter(({ kind }) => kind === 'hs')
  const categories = evidence.filter(({ kind }) => kind === 'category')
  return (namesPlants(codes) && isOrdinary(categories)) || (namesPlants(categories) && isOrdinary(codes))
}

function namesPlants([first]: readonly Evidence[]): boolean {
  if (first === undefined || first.article === 'processed-plant-product') return false
  return isRegulated(first.article) && first.weight > 3
}

function isOrdinary(evidence: readonly Evidence[]): boolean {
  return evidence.length > 0 && evidence.every(({ article }) => article === 'none')
}

/** What the last step that says anything says; of what is grown, a step above it may say that its seeds are sold: Seeds > Vegetables. */
function articleOfSteps(category: string, desk: CategoryDesk): Article | null {
  let said: Article | null = null
  const steps = category.slice(0, longestCategory).split(/[>/|›»\\]/)
  for (const step of steps.reverse()) {
    const { article, alone } = articleOf(step, desk)
    if (article === null) continue
    if (said !== null && alone && sown.includes(article)) return article
    said ??= article
    if (!grown.includes(said)) return said
  }
  return said
}

const grown: readonly Article[] = ['fruit-vegetables', 'cut-flowers-branches', 'plants-for-planting', 'grain']
const sown: readonly Article[] = ['seeds', 'bulbs-tubers', 'cuttings', 'in-vitro']

function evidence(
  article: Article,
  { strength, sense }: Pick<Heading, 'strength' | 'sense'>,
  category: string,
  { weights }: CategoryDesk,
): Evidence {
  const name = article === 'none' ? 'category-ordinary' : 'category-regulated'
  const weight = weightOf(weights, `${name}.${strength}`) * (sense === 'either' ? 0.5 : 1)
  return { kind: 'category', article, weight, letters: null, value: category }
}

function rowOf(keys: readonly string[], categories: Headings): Heading | null {
  for (const key of keys) if (Object.hasOwn(categories, key)) return categories[key] ?? null
  return null
}

/** A category by number, or by its whole path, and everything above it. */
function keysOf(category: string): string[] {
  const text = category.trim().toLowerCase()
  const number = /^\d{1,7}$/.exec(text)
  if (number !== null) return [`google:${text}`]
  const shopify = /(?:^|\/)([a-z]{2}(?:-\d{1,3}){0,8})$/.exec(text)
  if (shopify !== null) return beginnings(`shopify:${shopify[1]}`, '-')
  return beginnings(text.split(/\s*>\s*/).join(' > '), ' > ')
}

/** A path and everything above it, the longest first. */
function beginnings(path: string, sign: string): string[] {
  const steps = path.split(sign)
  return steps.map((_, at) => steps.slice(0, steps.length - at).join(sign))
}

const room = foldedRoom(256)
const marks = marksRoom(64)

/** What the words of a step name: an imitation or a product before a form, a strong form before a weak one; and whether alone. */
function articleOf(
  step: string,
  { lexicon, compounds, termOf }: CategoryDesk,
): { readonly article: Article | null; readonly alone: boolean } {
  fold(step, lexicon.fold, room)
  scan(room, lexicon, marks, compounds)
  let form: Term | null = null
  let goods = 0
  let alone = true
  for (let mark = 0; mark < marks.count; mark += 1) {
    const number = marks.term[mark] as number
    if (number < 0) continue
    const term = termOf(number)
    if (term.imitation) return { article: 'none', alone: true }
    if (term.form !== null && form !== null && term.form !== form.form) alone = false
    if (term.formStrength > (form?.formStrength ?? 0)) form = term
    goods = Math.max(goods, term.goodsStrength)
  }
  if (form !== null && form.formStrength >= goods) return { article: form.form, alone }
  return { article: goods > 1 ? 'none' : null, alone }
}
