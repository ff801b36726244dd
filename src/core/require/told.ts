import { type Article, articles, isPropagative } from '../parcel/articles.ts'
import { type NumberFact, type State, type StateFact, stateFacts, unknownState } from '../parcel/state.ts'

/** Facts of state that are so and that are not, as bits of their positions in `stateFacts`; the others are not told. */
export interface Told {
  readonly yes: number
  readonly no: number
}

/** The numbers that law tests; null where one is not told. */
export type Numbers = { readonly [K in NumberFact]: number | null }

/** Nothing is told. */
export const nothingTold: Told = { yes: 0, no: 0 }

const positions = new Map<string, number>(stateFacts.map((fact, at) => [fact, at]))

/** The facts of a state as bits. */
export function toldBy(state: Partial<State>): Told {
  let [yes, no] = [0, 0]
  for (const fact in state) {
    const at = positions.get(fact)
    const told = state[fact as StateFact]
    if (at === undefined || told === null || told === undefined) continue
    if (told) yes |= 1 << at
    else no |= 1 << at
  }
  return yes === 0 && no === 0 ? nothingTold : { yes, no }
}

/** The numbers of a state. */
export function numbersOf(state: Partial<State>): Numbers {
  return {
    ageYears: state.ageYears ?? null,
    stemMillimetres: state.stemMillimetres ?? null,
    heightCentimetres: state.heightCentimetres ?? null,
    grams: state.grams ?? null,
    pieces: state.pieces ?? null,
    packets: state.packets ?? null,
    piecesPerPacket: state.piecesPerPacket ?? null,
    gramsPerPacket: state.gramsPerPacket ?? null,
    euros: state.euros ?? null,
  }
}

/** What is told, and of the facts that it leaves open what `beneath` tells. */
export function over(told: Told, beneath: Told): Told {
  if (beneath.yes === 0 && beneath.no === 0) return told
  const open = ~(told.yes | told.no)
  return { yes: told.yes | (beneath.yes & open), no: told.no | (beneath.no & open) }
}

/** What was prepared is another article: a processed product. */
const unprepared = { roasted: false, cooked: false, preserved: false, ground: false } as const
const isUnprepared = (article: Article): boolean =>
  isPropagative(article) || article === 'cut-flowers-branches' || article === 'fruit-vegetables' || article === 'grain'

/** Facts of state that the article itself settles: a seed has no leaves, a cut flower no roots, grain is not roasted. */
export function impliedState(article: Article): Partial<Record<StateFact, boolean>> {
  return isUnprepared(article) ? { ...unprepared, ...impliedByKind(article) } : impliedByKind(article)
}

function impliedByKind(article: Article): Partial<Record<StateFact, boolean>> {
  if (article === 'seeds' || article === 'pollen') {
    return {
      leaves: false,
      flowers: false,
      fruit: false,
      rooted: false,
      dwarfed: false,
      'in-medium': false,
      grafted: false,
      'bare-root': false,
    }
  }
  if (article === 'bulbs-tubers') return { dwarfed: false, grafted: false }
  if (article === 'cuttings') return { rooted: false, 'in-medium': false, dwarfed: false, 'bare-root': false }
  if (article === 'in-vitro') return { dwarfed: false, 'in-medium': false, 'bare-root': false }
  if (article === 'cut-flowers-branches')
    return { fresh: true, dried: false, rooted: false, dwarfed: false, 'in-medium': false, 'bare-root': false }
  if (article === 'fruit-vegetables')
    return { fresh: true, dried: false, rooted: false, dwarfed: false, 'in-medium': false }
  if (article === 'dried-plant-product') return { fresh: false, dried: true }
  if (article === 'processed-plant-product') return { fresh: false }
  return isPropagative(article) ? { dried: false } : {}
}

/** What each article settles of which nothing else is told. */
const settled: ReadonlyMap<Article, Told> = new Map(articles.map((article) => [article, toldBy(impliedState(article))]))

const bareRoot = toldBy({ 'bare-root': true }).yes
/** What has bare roots has roots, and no medium. */
const ofBareRoot: Told = toldBy({ rooted: true, 'in-medium': false })

/** What is told of the state, and what the article settles where nothing is told. */
export function withSettled(article: Article, told: Told): Told {
  const whole = over(told, settled.get(article) ?? nothingTold)
  return (whole.yes & bareRoot) === 0 ? whole : over(whole, ofBareRoot)
}

/** The same, written out: each fact yes, no or not told, with the numbers that are told. */
export function withImplied(article: Article, told: Partial<State>): State {
  const { yes, no } = withSettled(article, toldBy(told))
  const state = { ...unknownState(), ...numbersOf(told) }
  stateFacts.forEach((fact, at) => {
    if (((yes >> at) & 1) !== 0) state[fact] = true
    else if (((no >> at) & 1) !== 0) state[fact] = false
  })
  return state
}
