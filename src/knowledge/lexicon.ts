import { spellingOf } from '../core/recognise/accents.ts'
import { foldTable, foldTerm, kindOf } from '../core/recognise/fold.ts'
import { concepts, conceptValues, type Lexicon, nodeSize, ofNode, sense, senseSize } from '../core/recognise/lexicon.ts'
import { type Inflections, inflect } from './inflections.ts'
import type { Languages } from './languages.ts'
import { letterKnowledge } from './letters.ts'
import { englishPlural } from './plurals.ts'
import type { WrittenSense } from './senses.ts'
import { buildSpelling } from './spelling.ts'
import { latinSpellings, pinyinSpellings } from './transliterate.ts'
import { buildTrie } from './trie.ts'

/** Concepts whose words have a plural. */
const nouns = new Set(['name', 'form', 'goods', 'container', 'vague', 'packaging', 'sold'])

type Folded = Map<string, WrittenSense[]>

/** What a lexicon is made of besides written senses. */
export interface LexiconSources {
  readonly inflections: Inflections
  /** Words that are spelled as they are meant, and are never read as others. */
  readonly ordinary: readonly string[]
  /** Whether a part of a taxon is traded fresh. */
  readonly isEaten: (taxon: number) => boolean
}

/** Folds every text, settles what its senses are and packs them with the trie. */
export function buildLexicon(
  written: readonly WrittenSense[],
  languages: Languages,
  { inflections, ordinary, isEaten }: LexiconSources = { inflections: new Map(), ordinary: [], isEaten: () => false },
): Lexicon {
  const fold = foldTable(letterKnowledge(written))
  const terms = settle(written, { languages, inflections, fold, isEaten })
  const texts = [...terms.keys()].sort()
  const meanings = distinctMeanings(texts.map((text) => terms.get(text) as WrittenSense[]))
  const { nodes, classOf } = buildTrie(texts)
  return {
    nodes: nodes.map((text, at) => (at % nodeSize === ofNode.term && text >= 0 ? (meanings.of[text] as number) : text)),
    classOf,
    fold,
    senseFrom: Int32Array.from(meanings.senseFrom),
    senses: Int32Array.from(meanings.senses),
    senseTaxa: Int32Array.from(meanings.senseTaxa),
    spelling: buildSpelling(
      terms,
      ordinary.map((word) => foldTerm(word, fold)),
    ),
  }
}

/**
 * Packs what texts mean, once for all texts that mean the same: the many forms of a word are one term. `of` gives the term of
 * each text.
 */
function distinctMeanings(meanings: readonly (readonly WrittenSense[])[]): {
  readonly of: readonly number[]
  readonly senseFrom: readonly number[]
  readonly senses: readonly number[]
  readonly senseTaxa: readonly number[]
} {
  const known = new Map<string, number>()
  const senseFrom = [0]
  const senses: number[] = []
  const senseTaxa: number[] = []
  const of = meanings.map((own) => {
    const key = own.map((one) => `${packedSense(one, 0).join()} ${one.taxa.join()}`).join(';')
    const before = known.get(key)
    if (before !== undefined) return before
    for (const one of own) {
      senses.push(...packedSense(one, senseTaxa.length))
      senseTaxa.push(...one.taxa)
    }
    senseFrom.push(senses.length / senseSize)
    known.set(key, known.size)
    return known.size - 1
  })
  return { of, senseFrom, senses, senseTaxa }
}

function packedSense(one: WrittenSense, taxaFrom: number): number[] {
  const packed: number[] = new Array(senseSize).fill(0)
  packed[sense.concept] = concepts.indexOf(one.concept)
  packed[sense.value] = one.value
  packed[sense.strength] = one.strength
  packed[sense.language] = one.language
  packed[sense.taxaFrom] = taxaFrom
  packed[sense.taxaCount] = one.taxa.length
  packed[sense.article] = one.article
  packed[sense.spelling] = spellingOf(one.text)
  return packed
}

/** What settling senses needs. */
interface Settling extends Pick<LexiconSources, 'inflections' | 'isEaten'> {
  readonly languages: Languages
  readonly fold: Uint16Array
}

/** Who speaks first is heard: experts, their plurals, then WordNet and its plurals where nobody has spoken. */
function settle(written: readonly WrittenSense[], { languages, inflections, fold, isEaten }: Settling): Folded {
  const terms: Folded = new Map()
  const english = languages.findIndex(({ code }) => code === 'en')
  const stated = written.filter(({ from }) => from !== 'wordnet')
  const taxonomy = stated.filter(({ from }) => from === 'taxonomy')
  const latin = new Set(taxonomy.map(({ text }) => foldTerm(text, fold)))
  for (const one of stated) {
    const text = foldTerm(one.text, fold)
    // A row that repeats a scientific name speaks no language of its own.
    const own = one.concept === 'name' && latin.has(text) ? { ...one, language: languages.length - 1 } : one
    addSense(terms, text, own)
  }
  addPlurals(terms, english, isEaten)
  addInflected(terms, stated, { languages, inflections, fold })
  const spoken = new Set(terms.keys())
  const guessed: Folded = new Map()
  for (const one of written) {
    const text = one.from === 'wordnet' ? foldTerm(one.text, fold) : ''
    if (text !== '' && !spoken.has(text)) addSense(guessed, text, one)
  }
  addPlurals(guessed, english, isEaten)
  for (const [text, senses] of guessed) {
    const kept = spoken.has(text)
      ? []
      : senses.filter((one) => one.concept !== 'goods' || formOf(terms, lastWord(text), english) === null)
    if (kept.length > 0) terms.set(text, kept)
  }
  for (const [text, senses] of terms) terms.set(text, heard(senses))
  addForms(terms, languages)
  addNames(terms)
  addTransliterated(terms, languages)
  return terms
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1)
}

/** What form a word names in a language, the strongest, or null. */
function formOf(terms: Folded, text: string, language: number): WrittenSense | null {
  const forms = (terms.get(text) ?? []).filter((one) => one.concept === 'form' && one.language === language)
  return forms.sort((one, other) => other.strength - one.strength)[0] ?? null
}

/**
 * A plant's name whose main word is a form names the form as well: apple tree, corn seeds, arbre à pain; pomme de terre is no
 * soil. Where an expert says what the name usually is (poppy seed: grain), that stands.
 */
function addForms(terms: Folded, languages: Languages): void {
  for (const [text, senses] of terms) {
    const name = senses.find(({ concept }) => concept === 'name')
    if (name === undefined || name.article !== 0 || !text.includes(' ')) continue
    if (senses.some(({ concept }) => concept === 'form' || concept === 'goods')) continue
    const main = languages[name.language]?.head === 'first' ? text.slice(0, text.indexOf(' ')) : lastWord(text)
    const form = formOf(terms, main, name.language)
    if (form !== null) terms.set(text, [...senses, { ...form, text: name.text, strength: 2 }])
  }
}

const plainest = 3

/**
 * A form whose words hold a plant's name of the same language names the plant as well (benih tomat, lale soğanı): the longest
 * name at its beginning or end. Where it stands as a name already, that holds.
 */
function addNames(terms: Folded): void {
  const found: [string, WrittenSense][] = []
  for (const [text, senses] of terms) {
    const form = senses.find(({ concept, strength }) => concept === 'form' && strength > 1)
    if (form === undefined || senses.some(({ concept }) => concept === 'name' || concept === 'imitation')) continue
    const name = nameInside(terms, text, form.language)
    if (name !== null) found.push([text, { ...name, text: form.text, article: 0 }])
  }
  for (const [text, name] of found) terms.get(text)?.push(name)
}

/** The longest name of a language that begins or ends a text: whole words, or in scripts without spaces two letters or more. */
function nameInside(terms: Folded, text: string, language: number): WrittenSense | null {
  const spaced = text.includes(' ')
  if (!spaced && kindOf(text.charCodeAt(0)) < plainest) return null
  for (let size = text.length - 1; size >= 2; size -= 1) {
    for (const part of [text.slice(0, size), text.slice(text.length - size)]) {
      if (spaced && !isWholeWords(text, part)) continue
      const name = terms.get(part)?.find((one) => one.concept === 'name' && one.language === language && isSurely(one))
      if (name !== undefined) return name
    }
  }
  return null
}

function isWholeWords(text: string, part: string): boolean {
  return text.startsWith(`${part} `) || text.endsWith(` ${part}`)
}

function isSurely({ value, from }: WrittenSense): boolean {
  const sense = conceptValues.name[value]
  return from === 'written' && sense !== 'candidate' && sense !== 'beside'
}

/** Shortest text in Latin letters that stands for a name of another script; shorter ones are words of too many languages. */
const shortestLatin = 6

/**
 * Adds names and forms of Cyrillic and Chinese in Latin letters, where no language has such a word.
 */
function addTransliterated(terms: Folded, languages: Languages): void {
  const made: Folded = new Map()
  const scientific = wordsOfScientificNames(terms, languages.length - 1)
  for (const [text, senses] of terms) {
    const heard = senses.filter(
      ({ concept, strength, value }) =>
        (concept === 'form' && strength > 1) || (concept === 'name' && conceptValues.name[value] !== 'candidate'),
    )
    for (const one of heard) {
      for (const latin of latinTexts(text, languages[one.language]?.code ?? ''))
        if (latin.length >= shortestLatin && !terms.has(latin) && !scientific.has(latin)) addSense(made, latin, one)
    }
  }
  for (const [latin, senses] of made) terms.set(latin, senses)
}

/** Words of scientific names: adansonii is an epithet, no baobab in Russian. */
function wordsOfScientificNames(terms: Folded, scientific: number): ReadonlySet<string> {
  const words = new Set<string>()
  for (const [text, senses] of terms)
    if (senses.some(({ language }) => language === scientific)) for (const word of text.split(' ')) words.add(word)
  return words
}

function latinTexts(text: string, language: string): string[] {
  return language === 'zh' ? pinyinSpellings(text) : latinSpellings(text, language)
}

/** The same said twice in a language is said once, as strongly as it was said. */
function addSense(terms: Folded, text: string, one: WrittenSense): void {
  if (text === '') return
  const senses = terms.get(text)
  if (senses === undefined) {
    terms.set(text, [one])
    return
  }
  const at = senses.findIndex((other) => saysTheSame(one, other))
  if (at < 0) {
    senses.push(one)
    return
  }
  const other = senses[at] as WrittenSense
  senses[at] = { ...other, strength: Math.max(one.strength, other.strength) }
}

function saysTheSame(one: WrittenSense, other: WrittenSense): boolean {
  return (
    one.concept === other.concept &&
    one.language === other.language &&
    one.value === other.value &&
    one.article === other.article &&
    one.from === other.from &&
    one.taxa.length === other.taxa.length &&
    one.taxa.every((taxon) => other.taxa.includes(taxon))
  )
}

const [word, food] = [conceptValues.name.indexOf('word'), conceptValues.name.indexOf('food')]

/** A colour, a brand or a first name has no plural: several of a fruit that is one of these too (limes, plums) are the fruit. */
function severalOf(one: WrittenSense, isEaten: (taxon: number) => boolean): WrittenSense {
  return one.concept === 'name' && one.value === word && one.taxa.some(isEaten) ? { ...one, value: food } : one
}

/** Adds English plurals, but for those that English has as words of their own. */
function addPlurals(terms: Folded, english: number, isEaten: (taxon: number) => boolean): void {
  const isEnglish = ({ language, from }: WrittenSense): boolean => language === english && from !== 'taxonomy'
  for (const [text, senses] of [...terms]) {
    const own = senses.filter((one) => isEnglish(one) && nouns.has(one.concept))
    if (own.length === 0) continue
    for (const plural of pluralsOf(text)) {
      if (terms.get(plural)?.some(isEnglish)) continue
      for (const one of own) addSense(terms, plural, severalOf(one, isEaten))
    }
  }
}

/** The plurals that people write: who writes English as a foreign language also writes "curry leafs". */
function pluralsOf(text: string): readonly string[] {
  const plural = englishPlural(text)
  if (plural === null) return []
  return text.endsWith(' leaf') ? [plural, `${text}s`] : [plural]
}

/** Adds the inflected forms of written words, but for those that the language has as words of their own. */
function addInflected(
  terms: Folded,
  stated: readonly WrittenSense[],
  { languages, inflections, fold }: Omit<Settling, 'isEaten'>,
): void {
  const joints = new Set(
    stated
      .filter(({ concept }) => concept === 'joint')
      .map(({ text, language }) => `${language} ${text.toLowerCase()}`),
  )
  const own = new Map<number, ReadonlySet<string>>()
  for (const language of inflections.keys())
    own.set(
      language,
      new Set(stated.filter((one) => one.language === language).map(({ text }) => foldTerm(text, fold))),
    )
  for (const one of stated) {
    const rules = inflections.get(one.language)
    if (rules === undefined || one.concept === 'joint' || one.from !== 'written') continue
    const headFirst = languages[one.language]?.head === 'first'
    for (const text of inflect(one, { rules, joints, headFirst })) {
      const folded = foldTerm(text, fold)
      if (own.get(one.language)?.has(folded) !== true) addSense(terms, folded, one)
    }
  }
}

/** What taxonomy says of a name gives way to what an expert says of the same plant. */
function heard(senses: readonly WrittenSense[]): WrittenSense[] {
  const written = senses.filter(({ concept, from }) => concept === 'name' && from === 'written')
  if (written.length === 0) return [...senses]
  return senses.filter(
    ({ from, taxa }) => from !== 'taxonomy' || !taxa.every((taxon) => written.some((one) => one.taxa.includes(taxon))),
  )
}
