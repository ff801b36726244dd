import type { Decision } from '../decide/decide.ts'
import { distinctNames } from '../decide/distinct-names.ts'
import type { Candidate } from '../decide/item.ts'
import type { ItemDecision } from '../decide/reason.ts'
import { say, type Words } from '../decide/words.ts'
import { type Article, isRegulated } from '../parcel/articles.ts'
import { type StateFact, stateFacts } from '../parcel/state.ts'
import { findTaxon, lineage, type Taxa } from '../parcel/taxa.ts'
import type { Thing } from '../recognise/finding.ts'
import type { CheckVerdict } from './check.ts'
import { hs6Of, lawFor, type ReceiptClaims, type ReceiptDesk, type ReceiptGoods, toldState } from './receipt.ts'
import { normalTitle } from './title-words.ts'

/** In what a parcel and a receipt can differ. */
export const receiptDifferences = [
  'not-yet',
  'expired',
  'goods',
  'plant',
  'part',
  'use',
  'state',
  'hs',
  'pieces',
  'grams',
  'origin',
  'dispatch',
  'destination',
  'by',
  'recipient',
  'rules',
] as const

/** One difference: what the receipt says and what is declared, for the sentence `receipt.differs.<in>`. */
export interface ReceiptDifference {
  readonly in: (typeof receiptDifferences)[number]
  readonly slots: { readonly receipt: string; readonly declared: string }
}

/** A fact that was not declared and that the receipt tells: a claim of the seller, taken like any answer of the seller. */
export interface ReceiptAnswer {
  readonly item: number
  readonly fact: string
  readonly value: string
}

/** How a receipt stands to one item of a parcel. */
export interface ReceiptComparison {
  readonly id: string
  readonly item: number
  /** Whether nothing differs. Even then it only saves questions: what the declared goods need, they need. */
  readonly honoured: boolean
  /** What the check answered for the destination; null where it did not ask for it. */
  readonly verdict: CheckVerdict | null
  /** Answers to questions of the decision; none while anything differs. */
  readonly answers: readonly ReceiptAnswer[]
  readonly differs: readonly ReceiptDifference[]
  /** Whether the description holds the words of the title that was checked. */
  readonly sameTitle: boolean
  /** A parcel with a receipt is drawn at random like every other. */
  readonly exempt: 'never'
}

/** What is compared: a receipt whose signature was verified, one item of a decision, and the day that counts (2026-11-24). */
export interface Comparing {
  readonly claims: ReceiptClaims
  readonly decision: Decision
  readonly item: ItemDecision
  readonly on: string
}

/**
 * Compares a receipt with one item of a parcel. It is honoured when goods, origin, dispatch, destination, way, rules and dates agree, and
 * then tells facts that were not declared. It never speaks for papers, and what is declared always stands before what it says.
 */
export function compareReceipt(comparing: Comparing, desk: ReceiptDesk): ReceiptComparison {
  const { claims, decision, item } = comparing
  const goods = pairGoods(comparing, desk)
  const differs = [
    ...dateDifferences(comparing),
    ...goodsDifferences(goods, comparing, desk),
    ...wayDifferences(comparing),
    ...ruleDifferences(comparing, desk),
  ]
  const honoured = differs.length === 0
  return {
    id: claims.id,
    item: item.finding.index,
    honoured,
    verdict: claims.destinations.find(({ place }) => place === decision.parcel.route.destination)?.verdict ?? null,
    answers: honoured ? answersOf(goods, comparing) : [],
    differs,
    sameTitle: claims.title === desk.digest(normalTitle(item.line.description)),
    exempt: 'never',
  }
}

/** The item of a parcel that a receipt is about: the one from which it differs least. Null for a parcel without items. */
export function compareWithParcel(
  claims: ReceiptClaims,
  { decision, on }: { readonly decision: Decision; readonly on: string },
  desk: ReceiptDesk,
): ReceiptComparison | null {
  const all = decision.items.map((item) => compareReceipt({ claims, decision, item, on }, desk))
  return all.toSorted((one, other) => one.differs.length - other.differs.length)[0] ?? null
}

/** The differences of a receipt in sentences. */
export function differenceSentences({ differs }: ReceiptComparison, words: Words): string[] {
  return differs.map(({ in: where, slots }) => say(words, `receipt.differs.${where}`, slots))
}

function differs(where: ReceiptDifference['in'], receipt: unknown, declared: unknown): ReceiptDifference {
  return { in: where, slots: { receipt: String(receipt), declared: String(declared) } }
}

function dateDifferences({ claims, on }: Comparing): ReceiptDifference[] {
  if (on < claims.issued) return [differs('not-yet', claims.issued, on)]
  return on > claims.expires ? [differs('expired', claims.expires, on)] : []
}

/** A declared thing and the goods of the receipt that it may be. */
interface Pair {
  readonly thing: Thing
  readonly goods: ReceiptGoods | null
}

/** Goods that a declared thing may be: of its article, and of those rather the ones whose plant fits. */
function pairGoods({ claims, item }: Comparing, { court }: ReceiptDesk): Pair[] {
  return item.finding.things.map((thing, at) => {
    const fits = claims.goods.filter((goods) => mayBe(thing, at, goods.article, item))
    return { thing, goods: fits.find((goods) => plantFits(thing, goods, court.taxa)) ?? fits[0] ?? null }
  })
}

/** Whether a thing may be an article, and is not for sure another one. Goods of no concern must be told so by the declaration itself. */
function mayBe(thing: Thing, number: number, article: Article, { judgement }: ItemDecision): boolean {
  const followed = judgement.candidates.filter((one) => one.thing === number)
  if (!isRegulated(article)) return followed.every((one) => one.article === 'none')
  const likeliest = followed.reduce<Candidate | null>(
    (most, one) => (isRegulated(one.article) && one.probability > (most?.probability ?? 0) ? one : most),
    null,
  )
  const own = thing.articles.find((one) => one.article === article)?.probability ?? 0
  return likeliest === null ? false : own >= likeliest.probability
}

function goodsDifferences(pairs: readonly Pair[], comparing: Comparing, desk: ReceiptDesk): ReceiptDifference[] {
  const { claims, item } = comparing
  const { line } = item
  const list = pairs.flatMap(({ thing, goods }) =>
    goods === null ? [goodsDiffer(claims, thing)] : factDifferences(thing, goods, desk.court.taxa),
  )
  if (item.finding.contradiction) list.push(differs('goods', articlesOf(claims), '@article.unclear'))
  const hs6 = hs6Of(line.hs)
  if (claims.hs6 !== null && hs6 !== null && hs6 !== claims.hs6) list.push(differs('hs', claims.hs6, hs6))
  // Law sets limits from above: more than was asked about was not asked about.
  if (claims.pieces !== null && (line.pieces ?? 0) > claims.pieces)
    list.push(differs('pieces', claims.pieces, line.pieces))
  if (claims.grams !== null && (line.grams ?? 0) > claims.grams) list.push(differs('grams', claims.grams, line.grams))
  return list
}

function goodsDiffer(claims: ReceiptClaims, { articles: [first] }: Thing): ReceiptDifference {
  return differs('goods', articlesOf(claims), `@article.${first?.article ?? 'unclear'}`)
}

function articlesOf({ goods }: ReceiptClaims): string {
  return `@article.${goods[0]?.article ?? 'unclear'}`
}

function factDifferences(thing: Thing, goods: ReceiptGoods, taxa: Taxa): ReceiptDifference[] {
  const list: ReceiptDifference[] = []
  if (!plantFits(thing, goods, taxa)) {
    const declared = distinctNames(thing.names, taxa).flat()
    const named = [...new Set(declared)].map((taxon) => taxa.names[taxon] ?? '')
    list.push(differs('plant', goods.taxa.join(', '), named.join(', ')))
  }
  // What the receipt leaves open was answered for every way it may be: telling it contradicts nothing.
  for (const fact of ['part', 'use'] as const)
    if (thing[fact] !== null && goods[fact] !== null && thing[fact] !== goods[fact])
      list.push(differs(fact, `@${fact}.${goods[fact]}`, `@${fact}.${thing[fact]}`))
  const declared = toldState(thing)
  for (const fact of stateFacts) {
    const [told, receipt] = [declared[fact], goods.state[fact]]
    if (told !== undefined && receipt !== undefined && receipt !== told)
      list.push(differs('state', stateWord(fact, receipt), stateWord(fact, told)))
  }
  return list
}

function stateWord(fact: StateFact, value: boolean): string {
  return `@state.${fact}.${value ? 'yes' : 'no'}`
}

/** Whether every plant that is declared is one of the receipt, or a wider name for it. */
function plantFits({ names }: Thing, goods: ReceiptGoods, taxa: Taxa): boolean {
  const own = goods.taxa.map((name) => findTaxon(taxa, name))
  return distinctNames(names, taxa).every((may) =>
    may.some((taxon) => own.some((one) => one >= 0 && lineage(taxa, one).includes(taxon))),
  )
}

function wayDifferences({ claims, decision, item }: Comparing): ReceiptDifference[] {
  const { route, by, recipient } = decision.parcel
  const list: ReceiptDifference[] = []
  if (item.line.origin !== null && item.line.origin !== claims.origin)
    list.push(differs('origin', claims.origin ?? '@receipt.not-told', item.line.origin))
  if (route.dispatch !== null && route.dispatch !== claims.dispatch)
    list.push(differs('dispatch', claims.dispatch ?? '@receipt.not-told', route.dispatch))
  if (!claims.destinations.some(({ place }) => place === route.destination)) {
    const asked = claims.destinations.map(({ place }) => place).join(', ')
    list.push(differs('destination', asked, route.destination ?? '@receipt.not-told'))
  }
  if (claims.by !== null && by !== null && by !== claims.by) list.push(differs('by', `@by.${claims.by}`, `@by.${by}`))
  if (claims.recipient !== null && recipient !== null && recipient !== claims.recipient)
    list.push(differs('recipient', `@recipient.${claims.recipient}`, `@recipient.${recipient}`))
  return list
}

/** Rules agree while all law that could bear on the goods says what it said, and none of it began or ended since. */
function ruleDifferences({ claims, decision, on }: Comparing, desk: ReceiptDesk): ReceiptDifference[] {
  const destination = claims.destinations.find(({ place }) => place === decision.parcel.route.destination)
  if (destination === undefined) return []
  const { place } = destination
  const days = { after: claims.issued, upTo: on }
  const isSame =
    (claims.edition === desk.edition || lawFor(claims.goods, place, desk) === destination.law) &&
    !desk.law.changedBetween(claims.goods, desk.court.placeOf(place), days)
  return isSame ? [] : [differs('rules', claims.edition, desk.edition)]
}

/** Facts that the decision asks for and the receipt tells. Papers are never among them, nor that goods are of no concern. */
function answersOf(pairs: readonly Pair[], { claims, decision, item }: Comparing): ReceiptAnswer[] {
  const [pair] = pairs
  const goods = pairs.length === 1 ? (pair?.goods ?? null) : null
  const index = item.finding.index
  return decision.questions
    .filter((question) => question.item === index)
    .flatMap(({ fact }) => {
      const value = valueFor(fact, goods, claims)
      return value === null ? [] : [{ item: index, fact, value }]
    })
}

function valueFor(fact: string, goods: ReceiptGoods | null, claims: ReceiptClaims): string | null {
  if (fact === 'origin' || fact === 'dispatch' || fact === 'by' || fact === 'recipient') return claims[fact]
  if (goods === null || !isRegulated(goods.article)) return null
  if (fact === 'article' || fact === 'description') return goods.article
  if (fact === 'part' || fact === 'use') return goods[fact]
  // A name that may mean several plants settles nothing.
  if (fact === 'taxon') return goods.taxa.length === 1 ? (goods.taxa[0] ?? null) : null
  const told = (stateFacts as readonly string[]).includes(fact) ? goods.state[fact as StateFact] : undefined
  return told === undefined ? null : told ? 'yes' : 'no'
}
