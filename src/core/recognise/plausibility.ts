import { isRegulated } from '../parcel/articles.ts'
import type { ItemLine } from '../parcel/parcel.ts'
import type { Census } from './census.ts'
import type { Evidence, Finding, Thing } from './finding.ts'
import { numbersIn, type UnitWords } from './numbers.ts'
import { lay, type Scale, type Weights, weightOf } from './scale.ts'
import type { Term } from './terms.ts'

/** What a piece of some goods weighs and is worth at the least and at the most; null where nothing is said. */
export interface Norm {
  /** The goods as a reason names them: boots, a mobile phone. */
  readonly title: string
  readonly leastGrams: number | null
  readonly mostGrams: number | null
  /** In the reference currency. */
  readonly leastValue: number | null
}

/** Norms by `word:boots`, `hs:6403`, `kind:clothing` or `article:seeds`. */
export type Norms = Readonly<Record<string, Norm>>

/** What asking whether goods are plausible needs. */
export interface PlausibilityDesk {
  readonly norms: Norms
  /** What one unit of a currency is worth in the reference currency, coarsely. */
  readonly currencies: Readonly<Record<string, number>>
  /** Words beside which a thing is less than its name: a case, a miniature, a part. */
  readonly lesserWords: readonly string[]
  readonly weights: Weights
  readonly unitWords: UnitWords
}

/** What a line declares that does not fit what it reads as. */
export interface Implausible {
  readonly kind: 'too-light' | 'too-heavy' | 'too-cheap'
  /** Grams of all pieces, or the value of one in the currency declared. */
  readonly found: number
  readonly currency: string | null
  readonly pieces: number
  /** The norm for one piece that it misses. */
  readonly bound: number
  readonly title: string
}

/**
 * Raises `cannot tell` where a line that reads as other goods weighs or is worth what no such goods do, so that it is asked about.
 * Where a plant may be meant nothing is touched: a doubt of the goods never takes away from a plant.
 */
export function weighPlausibility(
  finding: Finding,
  line: ItemLine,
  kind: Term['goodsKind'],
  desk: PlausibilityDesk,
): Finding {
  if (line.grams === null && line.value === null) return finding
  if (!finding.things.every(readsAsGoods)) return finding
  const norm = normOf(finding, line, kind, desk)
  const implausible = norm === null ? null : misses(line, norm, desk)
  if (implausible === null || hasLesserWord(line, desk.lesserWords)) return finding
  const log = weightOf(desk.weights, 'implausible')
  const evidence: Evidence = {
    kind: 'plausibility',
    article: 'unclear',
    weight: raiseOf(finding.things[0], log),
    letters: null,
    value: implausible.title,
  }
  return {
    ...finding,
    implausible,
    things: finding.things.map((thing) => doubted(thing, log)),
    evidence: [...finding.evidence, evidence],
  }
}

/** More likely other goods than everything else together: then no plant decides the line. */
function readsAsGoods({ articles: [first] }: Thing): boolean {
  return first?.article === 'none' && first.probability > 0.5
}

/** The norm of the last word that names goods, else of the HS code, else of the kind of goods; of word and code the milder one. */
function normOf(finding: Finding, line: ItemLine, kind: Term['goodsKind'], desk: PlausibilityDesk): Norm | null {
  const { codes, words } = rememberedOf(desk.norms)
  const code = line.hs === null ? null : remembered(codes, line.hs, (hs) => codeNorm(hs, desk.norms))
  const goods = finding.evidence.findLast((one) => one.kind === 'goods' && one.letters !== null)
  if (goods === undefined) return code
  const said = goods.value ?? goods.letters?.text ?? ''
  const word = remembered(words, said, (term) => wordNorm(term.toLowerCase().normalize('NFC'), desk.norms))
  if (word !== null) return code === null ? word : milder(word, code)
  return code ?? own(desk.norms, `kind:${kind}`)
}

type Found = Map<string, Norm | null>

/** Norms already looked up, by HS code and by word as written: the same goods come again and again. */
const lookedUp = new WeakMap<Norms, { readonly codes: Found; readonly words: Found }>()

function rememberedOf(norms: Norms): { readonly codes: Found; readonly words: Found } {
  const known = lookedUp.get(norms)
  if (known !== undefined) return known
  const made = { codes: new Map(), words: new Map() }
  lookedUp.set(norms, made)
  return made
}

/** Most codes, and most words, whose norm is remembered. */
const mostRemembered = 20_000

function remembered(known: Found, key: string, find: (key: string) => Norm | null): Norm | null {
  const before = known.get(key)
  if (before !== undefined) return before
  const found = find(key)
  if (known.size < mostRemembered) known.set(key, found)
  return found
}

function own(norms: Norms, key: string): Norm | null {
  return Object.hasOwn(norms, key) ? (norms[key] ?? null) : null
}

/** The norm of a term, else of its last or its first word: rubber boots, bottes en caoutchouc. */
function wordNorm(term: string, norms: Norms): Norm | null {
  const words = term.split(' ')
  return own(norms, `word:${term}`) ?? own(norms, `word:${words.at(-1)}`) ?? own(norms, `word:${words[0]}`)
}

function codeNorm(hs: string, norms: Norms): Norm | null {
  for (let length = Math.min(hs.length, 6); length >= 2; length -= 1) {
    const norm = own(norms, `hs:${hs.slice(0, length)}`)
    if (norm !== null) return norm
  }
  return null
}

function milder(one: Norm, other: Norm): Norm {
  const pick = (a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null =>
    a === null || b === null ? null : choose(a, b)
  return {
    title: one.title,
    leastGrams: pick(one.leastGrams, other.leastGrams, Math.min),
    mostGrams: pick(one.mostGrams, other.mostGrams, Math.max),
    leastValue: pick(one.leastValue, other.leastValue, Math.min),
  }
}

const sorted = new WeakMap<readonly string[], { words: ReadonlySet<string>; unspaced: readonly string[] }>()

/** Whether a word beside the goods makes them less than their name; scripts without spaces are searched as they stand. */
function hasLesserWord({ description, legible }: ItemLine, lesser: readonly string[]): boolean {
  let known = sorted.get(lesser)
  if (known === undefined) {
    known = { words: new Set(lesser), unspaced: lesser.filter((word) => /\p{Script=Han}/u.test(word)) }
    sorted.set(lesser, known)
  }
  const { words, unspaced } = known
  const text = (legible?.text ?? description).slice(0, 2000).toLowerCase()
  return text.split(/[^\p{L}\p{M}]+/u).some((word) => words.has(word)) || unspaced.some((word) => text.includes(word))
}

function misses(line: ItemLine, norm: Norm, { currencies }: PlausibilityDesk): Implausible | null {
  const pieces = line.pieces !== null && line.pieces > 1 ? line.pieces : 1
  const { leastGrams, mostGrams, leastValue, title } = norm
  const about = { pieces, title, currency: null }
  // A weight or value of nothing is one that nobody filled in.
  if (line.grams !== null && line.grams > 0) {
    const found = line.grams
    if (leastGrams !== null && found / pieces < leastGrams)
      return { ...about, kind: 'too-light', found, bound: leastGrams }
    if (mostGrams !== null && found / pieces > mostGrams)
      return { ...about, kind: 'too-heavy', found, bound: mostGrams }
  }
  if (line.value === null || line.value.amount <= 0 || leastValue === null) return null
  const { amount, currency } = line.value
  const rate = Object.hasOwn(currencies, currency) ? (currencies[currency] ?? null) : null
  const found = amount / pieces
  return rate === null || found * rate >= leastValue
    ? null
    : { ...about, kind: 'too-cheap', found, currency, bound: leastValue }
}

const trace = 0.01

/** How much louder `cannot tell` becomes, as the logarithm of its odds against other goods. */
function raiseOf(thing: Thing | undefined, log: number): number {
  const share = (wanted: string): number =>
    thing?.articles.find(({ article }) => article === wanted)?.probability ?? trace
  return Math.max(0, log + Math.log(share('none')) - Math.log(share('unclear')))
}

/** A thing whose odds of `cannot tell` against other goods are at least `log`; the share of every other article falls alike. */
function doubted(thing: Thing, log: number): Thing {
  const goods = thing.articles[0]?.probability ?? 0
  const unclear = thing.articles.find(({ article }) => article === 'unclear')?.probability ?? 0
  const raised = Math.max(unclear, goods * Math.exp(log))
  const sum = 1 - unclear + raised
  const articles = thing.articles
    .filter(({ article }) => article !== 'unclear')
    .concat({ article: 'unclear', probability: raised })
    .map(({ article, probability }) => ({ article, probability: probability / sum }))
  return { ...thing, articles: articles.sort((one, other) => other.probability - one.probability) }
}

/** Many small pieces of which no word tells anything weigh what seeds weigh: a mild hint at seeds. */
export function layPieces(scale: Scale, line: ItemLine, census: Census, desk: PlausibilityDesk): void {
  const norm = own(desk.norms, 'article:seeds')
  if (norm === null || census.bestGoods >= 0 || census.imitation >= 0 || census.bestForm > 0 || census.ordinary > 2)
    return
  if (scale.evidence.some(({ article }) => article === 'none' || isRegulated(article))) return
  const told = numbersIn(line.legible?.text ?? line.description, desk.unitWords)
  const pieces = Math.max(line.pieces ?? 0, told.pieces ?? 0)
  const grams = told.grams ?? line.grams ?? 0
  if (pieces < weightOf(desk.weights, 'seed-pieces') || grams <= 0) return
  const each = grams / pieces
  if (each < (norm.leastGrams ?? 0) || each > (norm.mostGrams ?? Number.POSITIVE_INFINITY)) return
  const weight = weightOf(desk.weights, 'seed-weight')
  lay(scale, { kind: 'plausibility', article: 'seeds', weight, letters: null, value: norm.title })
}
