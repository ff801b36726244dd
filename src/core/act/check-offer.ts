import type { CheckPolicy } from '../decide/policy.ts'
import { type Article, isRegulated } from '../parcel/articles.ts'
import type { Check } from './check.ts'
import type { CheckItem } from './check-item.ts'

/** One wording of an offer, as it was checked. */
export interface Wording {
  /** Name of the seller, or empty; a store keeps a pseudonym in its place. */
  readonly seller: string
  /** What names the offer among those of the seller: its stock-keeping unit, its page, or the words of its title. */
  readonly by: 'sku' | 'url' | 'title'
  readonly key: string
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

/**
 * What names one offer through all its wordings: the seller with the stock-keeping unit, else with the address of the page, else with
 * the words of the title in whatever order. Offers that only their title names are also found by `isSameOffer`.
 */
export function offerKey(item: CheckItem): string {
  const { seller, by, key } = namedBy(item)
  return `${seller} ${by} ${key}`
}

function namedBy({ offer, words }: CheckItem): Pick<Wording, 'seller' | 'by' | 'key'> {
  const seller = plainText(offer.seller)
  if (offer.sku !== null) return { seller, by: 'sku', key: plainText(offer.sku) }
  if (offer.url !== null) return { seller, by: 'url', key: plainUrl(offer.url) }
  return { seller, by: 'title', key: words.join(' ') }
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
    ...namedBy(item),
    words: item.words,
    clear: goods.goods !== null,
    spoken: spoken.filter(isRegulated),
  }
}

/** Whether two wordings are of one offer: of one key, or of one seller with most of the words of their titles in common. */
export function isSameOffer(one: Wording, other: Wording, { sameOffer }: CheckPolicy): boolean {
  if (one.seller !== other.seller || one.by !== other.by) return false
  if (one.key === other.key) return true
  const most = mostWords(one, other)
  if (one.by !== 'title' || most === 0) return false
  const known = new Set(other.words)
  return one.words.filter((word) => known.has(word)).length >= sameOffer * most
}

/** Makes the function that finds the wordings of one offer among many: what `isSameOffer` says, without comparing each with each. */
export function wordingFinder(known: readonly Wording[], policy: CheckPolicy): (wording: Wording) => Wording[] {
  const byKey = new Map<string, number[]>()
  const byWord = new Map<string, number[]>()
  known.forEach((one, at) => {
    note(byKey, `${one.seller} ${one.by} ${one.key}`, at)
    if (one.by === 'title') for (const word of one.words) note(byWord, `${one.seller} ${word}`, at)
  })
  return (wording) => {
    const { seller, by, key } = wording
    const near = new Set(byKey.get(`${seller} ${by} ${key}`))
    if (by === 'title') {
      const shared = new Map<number, number>()
      for (const word of wording.words)
        for (const at of byWord.get(`${seller} ${word}`) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
      for (const [at, count] of shared)
        if (count >= policy.sameOffer * mostWords(known[at] as Wording, wording)) near.add(at)
    }
    return [...near].sort((one, other) => one - other).map((at) => known[at] as Wording)
  }
}

function note(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [at])
  else list.push(at)
}

function mostWords(one: Wording, other: Wording): number {
  return Math.max(one.words.length, other.words.length)
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
