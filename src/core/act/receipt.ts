import type { Court } from '../decide/court.ts'
import { articles } from '../parcel/articles.ts'
import type { Mode, Recipient } from '../parcel/parcel.ts'
import { type StateFact, stateFacts } from '../parcel/state.ts'
import type { Thing } from '../recognise/finding.ts'
import type { Check, CheckVerdict } from './check.ts'
import { type CheckedGoods, checkedGoods } from './check-answer.ts'
import { lineOf } from './check-item.ts'
import type { LawDigests } from './receipt-law.ts'

/** Goods as a receipt holds them. */
export interface ReceiptGoods extends CheckedGoods {
  /** Facts of state that the offer told. */
  readonly state: Readonly<Partial<Record<StateFact, boolean>>>
}

/** What one destination said, and of which law. */
export interface ReceiptDestination {
  readonly place: string
  readonly verdict: CheckVerdict
  /** Requirements that apply or could. */
  readonly rules: readonly string[]
  /** Digest of all the law of the place that could bear on such goods, for `LawDigests`. */
  readonly law: string
}

/** What a receipt says: what was asked, and what the law answered. It proves nothing of what is in a parcel. */
export interface ReceiptClaims {
  readonly id: string
  readonly issuer: string
  readonly tenant: string
  readonly goods: readonly ReceiptGoods[]
  /** First six digits of the HS code, or null. */
  readonly hs6: string | null
  /** Digest of the title as `normalTitle` writes it. */
  readonly title: string
  readonly pieces: number | null
  readonly grams: number | null
  readonly by: Mode | null
  readonly recipient: Recipient | null
  readonly origin: string | null
  readonly dispatch: string | null
  readonly destinations: readonly ReceiptDestination[]
  /** Edition of knowledge that answered. */
  readonly edition: string
  /** First and last day, as 2026-11-24. */
  readonly issued: string
  readonly expires: string
  /** No receipt exempts a parcel from being drawn at random. */
  readonly exempt: 'never'
}

/** What the edge gives a receipt: a name, who issues it, and its last day. */
export interface ReceiptTerms {
  readonly id: string
  readonly issuer: string
  readonly tenant: string
  readonly expires: string
}

/** What making and comparing receipts needs. `digest` gives a short text for a long one, the same for the same. */
export interface ReceiptDesk {
  readonly court: Court
  readonly edition: string
  readonly digest: (text: string) => string
  readonly law: LawDigests
}

/** The receipt of a check, or null where the goods were clear for no destination: then there is nothing to hold them against. */
export function receiptOf(check: Check, terms: ReceiptTerms, desk: ReceiptDesk): ReceiptClaims | null {
  const { item, goods } = check
  const answered = check.destinations.filter(({ verdict }) => verdict !== 'which-goods')
  if (goods.goods === null || answered.length === 0) return null
  const { by, recipient, route } = item.parcel
  const { hs, origin, pieces, grams } = lineOf(item)
  const own = checkedGoods(check, desk.court).map((one, at) => ({
    ...one,
    state: toldState(goods.finding.things[goods.goods?.[at]?.thing ?? 0]),
  }))
  return {
    ...terms,
    goods: own,
    hs6: hs6Of(hs),
    title: desk.digest(item.words.join(' ')),
    pieces,
    grams,
    by,
    recipient,
    origin,
    dispatch: route.dispatch,
    destinations: answered.map(({ destination, verdict, law }) => ({
      place: destination,
      verdict,
      rules: [...new Set(law.demands.map(({ requirement }) => requirement.id))],
      law: lawFor(own, destination, desk),
    })),
    edition: desk.edition,
    issued: check.on,
    expires: terms.expires,
    exempt: 'never',
  }
}

/** First six digits of an HS code, which are the same all over the world; null for a shorter one. */
export function hs6Of(hs: string | null): string | null {
  return hs === null || hs.length < 6 ? null : hs.slice(0, 6)
}

/** Digest of the law of a place that could bear on goods. */
export function lawFor(goods: readonly CheckedGoods[], place: string, { court, law }: ReceiptDesk): string {
  const sorted = goods.toSorted((one, other) => articles.indexOf(one.article) - articles.indexOf(other.article))
  return law.digestOf(sorted, court.placeOf(place))
}

/** Facts of state that words told of a thing. */
export function toldState(thing: Thing | undefined): Partial<Record<StateFact, boolean>> {
  const told: Partial<Record<StateFact, boolean>> = {}
  for (const fact of stateFacts) {
    const value = thing?.state[fact] ?? null
    if (value !== null) told[fact] = value
  }
  return told
}
