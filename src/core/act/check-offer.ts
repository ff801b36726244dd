import type { CheckPolicy } from '../decide/policy.ts'
import { type Article, isRegulated } from '../parcel/articles.ts'
import type { Check } from './check.ts'
import type { CheckItem } from './check-item.ts'

/** One wording of an offer, as it was checked. */
export interface Wording {
  /** `offerKey` of the item. */
  readonly key: string
  /** Name of the seller as told, or empty. */
  readonly seller: string
  /** Words of the title, each once, in the order of letters. */
  readonly words: readonly string[]
  /** Whether it told which goods are sold. */
  readonly clear: boolean
  /** Regulated articles that it spoke of. */
  readonly spoken: readonly Article[]
}

/** That an offer was worded again and again. It is told to whoever runs the checks, never to the seller. */
export interface Rewording {
  /** Different wordings of the offer. */
  readonly wordings: number
  /** Wordings that did not tell which goods are sold. */
  readonly unclear: number
  /** Whether a wording that is taken for other goods came after one that was not clear. */
  readonly passed: boolean
}

/** A title by its words alone, each once and in the order of letters: rewritten with other signs or in another order it stays the same. */
export function normalTitle(title: string): string {
  return wordsOf(title).join(' ')
}

/** Signs, capitals and accents tell no two titles apart. */
function wordsOf(title: string): string[] {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC')
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].sort()
}

/**
 * What names one offer through all its wordings: the seller with the stock-keeping unit, else with the address of the page, else with
 * the words of the title in whatever order. Offers that only their title names are also found by `isSameOffer`.
 */
export function offerKey({ offer, title }: CheckItem): string {
  const seller = plainText(offer.seller)
  if (offer.sku !== null) return `${seller} sku ${plainText(offer.sku)}`
  if (offer.url !== null) return `${seller} url ${plainUrl(offer.url)}`
  return `${seller} title ${normalTitle(title)}`
}

function plainText(text: string | null): string {
  return (text ?? '').normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
}

/** An address without what changes from visit to visit: scheme, www, questions and the place in the page. */
function plainUrl(url: string): string {
  return plainText(url)
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
}

/** What is kept of a check to know its offer again. */
export function wordingOf({ item, goods }: Check): Wording {
  const spoken = goods.goods?.map(({ article }) => article) ?? goods.choices
  return {
    key: offerKey(item),
    seller: plainText(item.offer.seller),
    words: wordsOf(item.title),
    clear: goods.goods !== null,
    spoken: spoken.filter(isRegulated),
  }
}

/** Whether two wordings are of one offer: of one key, or of one seller with most of the words of their titles in common. */
export function isSameOffer(one: Wording, other: Wording, { sameOffer }: CheckPolicy): boolean {
  if (one.key === other.key) return true
  if (one.seller !== other.seller || !isByTitle(one) || !isByTitle(other)) return false
  const shared = one.words.filter((word) => other.words.includes(word)).length
  const least = Math.min(one.words.length, other.words.length)
  return least > 0 && shared >= sameOffer * Math.max(one.words.length, other.words.length)
}

function isByTitle({ key, seller }: Wording): boolean {
  return key.startsWith(`${seller} title `)
}

/** Articles that earlier wordings of an offer spoke of while they were not clear: they are not gone because the words are. */
export function earlierArticles(earlier: readonly Wording[]): Article[] {
  return [...new Set(earlier.filter(({ clear }) => !clear).flatMap(({ spoken }) => spoken))]
}

/**
 * Whether an offer was worded again and again, from its wordings in the order in which they came: null while there are fewer unclear ones
 * than the policy names. The same words checked again, or in another order, are no new wording.
 */
export function rewordingOf(wordings: readonly Wording[], { rewordings }: CheckPolicy): Rewording | null {
  const different = new Map(wordings.map((one) => [one.words.join(' '), one]))
  const unclear = [...different.values()].filter(({ clear }) => !clear).length
  if (different.size < 2 || unclear < rewordings) return null
  const firstUnclear = wordings.findIndex(({ clear }) => !clear)
  const passed = wordings.slice(firstUnclear + 1).some(({ clear, spoken }) => clear && spoken.length === 0)
  return { wordings: different.size, unclear, passed }
}
