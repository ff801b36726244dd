import type { LawQuestion } from '../../core/act/law.ts'
import type { Knowledge } from '../../core/knowledge.ts'
import { type Article, articles } from '../../core/parcel/articles.ts'
import { modes, recipients } from '../../core/parcel/parcel.ts'
import { findPlace } from '../../core/parcel/places.ts'
import { parts, type State, stateFacts, uses } from '../../core/parcel/state.ts'
import { findTaxon } from '../../core/parcel/taxa.ts'
import { findHeading } from '../../core/recognise/goods.ts'
import { numbersIn } from '../../core/recognise/numbers.ts'
import { UsageError } from '../../intake/table.ts'
import { type Arguments, dayArgument, oneOf } from '../arguments.ts'

/** Articles that goods can be. */
export const goodsArticles: readonly Article[] = articles.filter((one) => one !== 'none' && one !== 'unclear')

/** Most combinations of places, plants and articles that are answered at once. */
const most = 5_000

/** The questions that the options ask: one for each combination of destination, origin, taxon and article. */
export function questionsFrom(given: Arguments, knowledge: Knowledge): LawQuestion[] {
  const destinations = placesUnder(given, 'to', knowledge)
  if (destinations.length === 0) throw new UsageError('Say where it goes with --to.')
  const kinds = articlesUnder(given, knowledge)
  if (kinds.length === 0) throw new UsageError('Say which article it is with --article, or the HS code with --hs.')
  const origins = orNone(placesUnder(given, 'origin', knowledge))
  // Goods are sent from where they grew, unless the question says otherwise.
  const dispatches = placesUnder(given, 'dispatch', knowledge)
  const taxa = orNone(listOf(given, 'taxon').map((name) => taxonOf(name, knowledge)))
  const count = destinations.length * origins.length * Math.max(1, dispatches.length) * taxa.length * kinds.length
  if (count > most)
    throw new UsageError(
      `That asks ${count} questions, and no more than ${most} are answered at once. Name fewer places.`,
    )
  const shared = {
    via: placesUnder(given, 'via', knowledge),
    part: oneOf(given, 'part', parts),
    use: oneOf(given, 'use', uses),
    state: stateArgument(given, knowledge),
    by: oneOf(given, 'by', modes),
    recipient: oneOf(given, 'recipient', recipients),
    on: dayArgument(given),
  }
  return destinations.flatMap((to) =>
    origins.flatMap((origin) =>
      (dispatches.length === 0 ? [origin] : dispatches).flatMap((dispatch) =>
        taxa.flatMap((taxon) => kinds.map((article) => ({ to, origin, dispatch, taxon, article, ...shared }))),
      ),
    ),
  )
}

function orNone<T>(list: readonly T[]): readonly (T | null)[] {
  return list.length === 0 ? [null] : list
}

function listOf(given: Arguments, name: string): string[] {
  return (given.text(name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Codes of places, names of sets of places that law uses, or `all`: every destination whose law is loaded. */
export function placesUnder(given: Arguments, name: string, { places, sets, packs }: Knowledge): string[] {
  const codes = listOf(given, name).flatMap((text) => {
    if (text === 'all') return packs.flatMap(({ destinations }) => destinations.map((one) => places.codes[one] ?? ''))
    const set = Object.hasOwn(sets, text) ? sets[text] : undefined
    if (set !== undefined) return set.map((place) => places.codes[place] ?? '')
    const number = findPlace(places, text)
    if (number >= 0) return [places.codes[number] ?? '']
    throw new UsageError(
      `--${name} ${text}: there is no such country. Give two letters of ISO 3166-1 (FR, CN), XI for Northern Ireland, a part that law names (US-HI), several with commas, or a set of places that law names (${Object.keys(sets)[0] ?? ''}).`,
    )
  })
  return [...new Set(codes)]
}

function articlesUnder(given: Arguments, { headings }: Knowledge): Article[] {
  const named = listOf(given, 'article').map((text) => {
    const found = goodsArticles.find((one) => one === text)
    if (found === undefined) throw new UsageError(`--article ${text}: give one of ${goodsArticles.join(', ')}.`)
    return found
  })
  const codes = listOf(given, 'hs').flatMap((text) => {
    const code = text.replace(/[.\s]/g, '')
    if (!/^\d{2,10}$/.test(code)) throw new UsageError(`--hs ${text}: give 2 to 10 digits of a Harmonized System code.`)
    const found = findHeading(headings, code)?.heading.articles.filter((one) => goodsArticles.includes(one)) ?? []
    if (found.length === 0)
      throw new UsageError(
        `--hs ${text}: no article of plant health stands under this code here. Say it with --article.`,
      )
    return found
  })
  return [...new Set([...named, ...codes])]
}

function taxonOf(name: string, { taxa }: Knowledge): { number: number; name: string } {
  const number = findTaxon(taxa, name)
  if (number >= 0) return { number, name }
  // A species that is not known is still a plant of its genus.
  const genus = findTaxon(taxa, name.trim().split(/\s+/)[0] as string)
  if (genus >= 0) return { number: genus, name }
  throw new UsageError(
    `--taxon ${name}: this name is not known. Give an accepted scientific name, a genus or a family, or leave it out.`,
  )
}

function stateArgument(given: Arguments, { policy }: Knowledge): Partial<State> {
  const state: { -readonly [K in keyof State]?: State[K] } = {}
  for (const word of listOf(given, 'state')) {
    const fact = stateFacts.find((one) => one === word.replace(/^no-/, ''))
    if (fact === undefined)
      throw new UsageError(
        `--state ${word}: give some of ${stateFacts.join(', ')}, with no- before it where it does not hold.`,
      )
    state[fact] = !word.startsWith('no-')
  }
  const amount = given.text('quantity') ?? ''
  const numbers = numbersIn(amount, policy.units)
  if (amount !== '' && Object.keys(numbers).length === 0)
    throw new UsageError(`--quantity ${amount}: give a number with its unit, as "100 g" or "50 pcs".`)
  return { ...state, ...numbers }
}
