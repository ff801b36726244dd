import { type Article, articles } from '../parcel/articles.ts'
import { type Part, parts, type Use, uses } from '../parcel/state.ts'
import { type Concept, concepts, conceptValues, type Lexicon, sense, senseSize } from './lexicon.ts'

export type NameSense = (typeof conceptValues.name)[number]

/** Everything one term can say, unpacked once. */
export interface Term {
  readonly name: {
    readonly sense: NameSense
    readonly taxa: readonly number[]
    readonly article: Article | null
    /** Whether a part of it is traded fresh. */
    readonly fresh: boolean
    /** Whether what is traded of it grows again: a bulb, a tuber, a root. */
    readonly regrows: boolean
    /** Whether all it can mean live one year: they are sold as seeds. */
    readonly annual: boolean
    /** Whether all it can mean are vegetables and herbs that are sown: no bulb or tuber, no tree, none that lives for years. */
    readonly sown: boolean
    /** Whether it is a scent, flavour or colour as often as a plant. */
    readonly scent: boolean
  } | null
  readonly form: Article | null
  /** A second article the term may name as well. */
  readonly secondForm: Article | null
  readonly formStrength: number
  /** 0 when it names no ordinary product. */
  readonly goodsStrength: number
  readonly goodsKind: (typeof conceptValues.goods)[number] | null
  /** Whether a dictionary knows it as nothing but a thing that is made: it tells a product where nothing speaks of plants. */
  readonly onlyThing: boolean
  readonly imitation: boolean
  /** A material that plants are imitated in, right before a plant's name: silk, glass, paper. */
  readonly material: boolean
  readonly attribute: (typeof conceptValues.attribute)[number] | null
  readonly process: (typeof conceptValues.process)[number] | null
  readonly state: readonly (typeof conceptValues.state)[number][]
  readonly part: Part | null
  readonly use: Use | null
  readonly container: boolean
  /** Whether it is a thing itself where it is the main word: a tray, a case; an amount (set, pack) is none. */
  readonly vessel: boolean
  /** Whether it tells that several sorts are mixed, as seeds and bulbs are sold. */
  readonly mixture: boolean
  readonly joint: (typeof conceptValues.joint)[number] | null
  /** How what grows is sold fresh: by the piece, in a bunch, in what only fresh things are packed in. */
  readonly sold: (typeof conceptValues.sold)[number] | null
  readonly vague: boolean
  readonly soiled: boolean
  readonly packaging: boolean
  /** Languages it belongs to, as bits of their numbers. */
  readonly languages: number
  /** Whether it is a word of a language that is at home in titles of every language. */
  readonly international: boolean
  /** Whether it belongs only to languages whose main word stands first. */
  readonly headFirst: boolean
  /** Whether it speaks of a plant or another regulated article by itself; some imported names do so only beside other words. */
  readonly plantish: boolean
}

type Draft = { -readonly [K in keyof Term]: Term[K] } & { state: (typeof conceptValues.state)[number][] }

/** A term that says nothing. */
export function emptyTerm(): Draft {
  return {
    name: null,
    form: null,
    secondForm: null,
    formStrength: 0,
    goodsStrength: 0,
    goodsKind: null,
    onlyThing: false,
    imitation: false,
    material: false,
    attribute: null,
    process: null,
    state: [],
    part: null,
    use: null,
    container: false,
    vessel: false,
    mixture: false,
    joint: null,
    sold: null,
    vague: false,
    soiled: false,
    packaging: false,
    languages: 0,
    international: false,
    headFirst: true,
    plantish: false,
  }
}

/** What unpacking asks of languages and taxa. */
export interface TaxonFacts {
  readonly headFirst: readonly boolean[]
  /** Languages whose words for products stand in titles of every language, as bits. */
  readonly international: number
  /** Languages whose accents are typed all or none, as bits. */
  readonly toned: number
  readonly parts: readonly number[]
  readonly isScent: (taxon: number) => boolean
  readonly isAnnual: (taxon: number) => boolean
  readonly isSown?: (taxon: number) => boolean
}

/**
 * Unpacks the senses of term `number`. `headFirst` tells for each language whether its main word stands first, `parts` for
 * each taxon the part of it that is traded fresh; `positions` picks some of its senses.
 */
export function unpackTerm(
  lexicon: Lexicon,
  number: number,
  { headFirst, international, parts: freshParts, isScent, isAnnual, isSown }: TaxonFacts,
  positions: readonly number[] = positionsOf(lexicon, number),
): Term {
  const term = emptyTerm()
  for (const at of positions) {
    const packed = lexicon.senses.subarray(at * senseSize, (at + 1) * senseSize)
    const language = packed[sense.language] as number
    term.languages |= 1 << language
    if (headFirst[language] !== true) term.headFirst = false
    addSense(term, concepts[packed[sense.concept] as number] as Concept, packed, lexicon)
  }
  if (term.name !== null) {
    const fresh = term.name.taxa.some((taxon) => (freshParts[taxon] ?? -1) >= 0)
    const regrows = term.name.taxa.some((taxon) => regrowing.includes(parts[freshParts[taxon] ?? -1]))
    term.name = {
      ...term.name,
      fresh,
      regrows,
      annual: term.name.taxa.every(isAnnual),
      sown: fresh && isSown !== undefined && term.name.taxa.every(isSown),
      scent: term.name.taxa.some(isScent),
    }
  }
  term.international = (term.languages & international) !== 0
  term.plantish = namesPlant(term) || term.form !== null || term.soiled || term.packaging
  return term
}

function positionsOf({ senseFrom }: Lexicon, number: number): number[] {
  const from = senseFrom[number] as number
  return Array.from({ length: (senseFrom[number + 1] as number) - from }, (_, at) => from + at)
}

/** What is told of a name once all its taxa are known. */
const untold = { fresh: false, regrows: false, annual: false, sown: false, scent: false } as const

const regrowing: readonly (Part | undefined)[] = ['bulb', 'tuber', 'root']

function addSense(term: Draft, concept: Concept, packed: Int32Array, lexicon: Lexicon): void {
  const value = packed[sense.value] as number
  const strength = packed[sense.strength] as number
  if (concept === 'name') addName(term, packed, lexicon)
  else if (concept === 'form') addForm(term, articles[value] as Article, strength)
  else if (concept === 'goods') {
    addGoods(term, conceptValues.goods[value] ?? null, strength)
  } else if (concept === 'imitation') term[strength === 1 ? 'material' : 'imitation'] = true
  else if (concept === 'attribute') term.attribute = conceptValues.attribute[value] ?? null
  else if (concept === 'process') term.process = conceptValues.process[value] ?? null
  else if (concept === 'state') addState(term, conceptValues.state[value] as (typeof conceptValues.state)[number])
  else if (concept === 'part') term.part = parts[value] ?? null
  else if (concept === 'use') term.use = uses[value] ?? null
  else if (concept === 'sold') term.sold = conceptValues.sold[value] ?? null
  else if (concept === 'joint') term.joint = conceptValues.joint[value] ?? null
  else if (concept === 'container') {
    term.container = true
    if (strength === 1) term.vessel = true
    if (strength === 2) term.mixture = true
  } else term[concept] = true
}

/** What only a dictionary knows speaks no louder beside a plant's name than any thing does. */
function addGoods(term: Draft, kind: Term['goodsKind'], strength: number): void {
  if (kind === 'thing' && strength > 1) term.onlyThing = true
  const own = kind === 'thing' ? 1 : strength
  if (own > term.goodsStrength) term.goodsKind = kind
  term.goodsStrength = Math.max(term.goodsStrength, own)
}

/** What several languages say with the same word is said once. */
function addState(term: Draft, state: (typeof conceptValues.state)[number]): void {
  if (!term.state.includes(state)) term.state.push(state)
}

function addForm(term: Draft, article: Article, strength: number): void {
  if (term.form === null || strength > term.formStrength) {
    term.secondForm = term.form !== null && term.form !== article ? term.form : term.secondForm
    term.form = article
    term.formStrength = strength
  } else if (article !== term.form) term.secondForm = article
}

/** Several senses of one name add up: it may mean any of their taxa, and is as plain as its least plain sense. */
function addName(term: Draft, packed: Int32Array, lexicon: Lexicon): void {
  const from = packed[sense.taxaFrom] as number
  const taxa = [...lexicon.senseTaxa.subarray(from, from + (packed[sense.taxaCount] as number))]
  const value = packed[sense.value] as number
  const article = (packed[sense.article] as number) > 0 ? (articles[packed[sense.article] as number] ?? null) : null
  if (term.name === null) {
    term.name = { sense: conceptValues.name[value] as NameSense, taxa, article, ...untold }
    return
  }
  const now = conceptValues.name[value] as NameSense
  const wider = isWider(now, term.name.sense) ? now : term.name.sense
  term.name = {
    sense: wider,
    taxa: [...new Set([...term.name.taxa, ...taxa])],
    article: term.name.article ?? article,
    ...untold,
  }
}

/** Senses from the plainest to what tells least. */
const senseOrder: readonly NameSense[] = ['plain', 'food', 'word', 'candidate']

function isWider(now: NameSense, before: NameSense): boolean {
  if (before === 'beside') return now !== 'beside'
  return now !== 'candidate' && senseOrder.indexOf(now) > senseOrder.indexOf(before)
}

/** Whether a name tells a plant by itself: an adjective of wood (дубовый) does so only beside a form. */
function namesPlant({ name }: Draft): boolean {
  return name !== null && name.sense !== 'beside'
}
