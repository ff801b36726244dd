import { lineage, type Taxa } from '../core/parcel/taxa.ts'
import { spellingOf } from '../core/recognise/accents.ts'
import { foldTerm, kindOf } from '../core/recognise/fold.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import { cell, readTable } from './csv.ts'
import type { Fault, Spot } from './fault.ts'
import type { KnowledgeRead } from './read.ts'
import type { WrittenSense } from './senses.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { otherMeaning, type WordNet } from './wordnet.ts'

/** Names of fewer letters than this are read into other words, codes and sizes. */
const shortest = 4
/** Hebrew, Arabic and the scripts of India stand from here on. */
const firstAbjad = 0x590
const anywhere = [conceptValues.name.indexOf('plain'), conceptValues.name.indexOf('food')]

/** Reads `names/first-names.csv`: names of people in any language that are names of plants as well. */
export function readFirstNames(files: readonly SourceFile[], faults: Fault[]): ReadonlyMap<string, Spot> {
  const columns = { required: ['name'], optional: ['note'] }
  const rows = filesLike(files, /^names\/first-names\.csv$/).flatMap((file) => readTable(file, columns, faults))
  return new Map(rows.map((row) => [cell(row, 'name').toLowerCase(), { file: row.file, line: row.line }]))
}

/** What names of one word are compared with. */
export interface Besides {
  readonly fold: Uint16Array
  readonly firstNames: ReadonlyMap<string, Spot>
  readonly english: ReadonlySet<string>
  readonly net: WordNet | null
}

/** Names that are said to stand for the plant anywhere, and are ordinary words too, or too short to be told from other text. */
export function nameWarnings(read: KnowledgeRead, besides: Besides): Fault[] {
  const people = Map.groupBy(besides.firstNames.keys(), (name) => foldTerm(name, besides.fold))
  const others = Map.groupBy([...read.terms, ...read.names], ({ text }) => foldTerm(text, besides.fold))
  return read.names.flatMap((one) => {
    const text = foldTerm(one.text, besides.fold)
    if (one.at === undefined || !anywhere.includes(one.value) || text.includes(' ')) return []
    const what =
      otherWritten(one, others.get(text) ?? [], read) ??
      firstName(one, people.get(text) ?? [], besides) ??
      englishWord(one, text, { read, besides }) ??
      tooShort(text)
    if (what === null) return []
    const sense = conceptValues.name[one.value] ?? ''
    return [{ ...one.at, sentence: `"${one.text}" (${sense}) ${what} Write the sense word, or drop the row.` }]
  })
}

/** What a row of another meaning says of the same letters. */
function otherWritten(one: WrittenSense, others: readonly WrittenSense[], read: KnowledgeRead): string | null {
  const other = others.find((row) => isTypedAlike(one.text, row.text) && meansElse(one, row, read.parts.taxa))
  if (other?.at === undefined) return null
  const language = read.languages[other.language]?.name ?? ''
  const meaning =
    other.concept === 'name'
      ? `${read.parts.taxa.names[other.taxa[0] ?? -1]} in ${language}`
      : `${other.concept} in ${language}`
  return `means ${meaning} too (${other.at.file}:${other.at.line}).`
}

/**
 * Products, attributes, containers and joints of any language; other terms and other plants only of another one. A form
 * (marimo, tea) tells the same plant.
 */
function meansElse(one: WrittenSense, other: WrittenSense, taxa: Taxa): boolean {
  if (other.concept === 'form') return false
  if (other.concept !== 'name') return other.language !== one.language || ordinary.has(other.concept)
  return (
    other.language !== one.language && !one.taxa.some((taxon) => other.taxa.some((own) => areKin(taxa, taxon, own)))
  )
}

const ordinary = new Set(['goods', 'attribute', 'container', 'joint'])

/** Whether one stands above the other, or both under one genus: then the names say much the same. */
function areKin(taxa: Taxa, one: number, other: number): boolean {
  const [first, second] = [lineage(taxa, one), lineage(taxa, other)]
  return first.some((at) => second.includes(at) && (at === one || at === other || taxa.ranks[at] === 'genus'))
}

/** Whoever types the accents of a name does not write the other word; without accents it may be either. */
function isTypedAlike(name: string, other: string): boolean {
  const spelling = spellingOf(name)
  return spelling === 0 || spelling === spellingOf(other) || !/^\p{Script=Latin}/u.test(name)
}

function firstName({ text }: WrittenSense, people: readonly string[], { firstNames }: Besides): string | null {
  const person = people.find((name) => isTypedAlike(text, name))
  const at = person === undefined ? undefined : firstNames.get(person)
  return at === undefined ? null : `is a first name too (${at.file}:${at.line}).`
}

/** An English word that WordNet knows as something else than a plant or a food. */
function englishWord(
  { text, language }: WrittenSense,
  folded: string,
  { read, besides: { net, english } }: { read: KnowledgeRead; besides: Besides },
): string | null {
  const isEnglish = read.languages[language]?.code === 'en'
  if (net === null || spellingOf(text) !== 0 || !english.has(folded) || otherMeaning(net, folded) !== 'word')
    return null
  return isEnglish ? 'is an ordinary word too (WordNet).' : 'is an ordinary English word too (WordNet).'
}

/** Three letters say little in an alphabet, two where vowels are not written or hang on letters, one in other scripts. */
function tooShort(folded: string): string | null {
  const unit = folded.charCodeAt(0)
  const least = kindOf(unit) !== 1 ? 2 : unit < firstAbjad ? shortest : shortest - 1
  return folded.length < least ? `has ${folded.length === 1 ? 'one letter' : `only ${folded.length} letters`}.` : null
}
