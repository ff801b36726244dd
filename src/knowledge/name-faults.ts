import { lineage, type Taxa } from '../core/parcel/taxa.ts'
import { spellingOf } from '../core/recognise/accents.ts'
import { foldTerm } from '../core/recognise/fold.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import { type Fault, type Spot, tell } from './fault.ts'
import type { KnowledgeRead } from './read.ts'
import type { WrittenSense } from './senses.ts'
import { otherSpellings } from './taxa.ts'

/** A name that an expert wrote, with its row. */
export type WrittenName = WrittenSense & { readonly at: Spot }

/** Names that rows disagree about: of one language, or a row and the scientific name that it repeats. */
export function nameFaults(read: KnowledgeRead, fold: Uint16Array): Fault[] {
  const names = read.names.filter((one): one is WrittenName => one.at !== undefined)
  const faults: Fault[] = []
  const groups = Map.groupBy(names, (one) => keyOf(one, read, fold))
  for (const [first, ...others] of groups.values()) {
    for (const other of others) if (first !== undefined) tellClash(first, other, read.parts.taxa, faults)
  }
  tellRepeated(names, read, { fold, faults })
  return faults
}

/** Names with the same key are the same name: accents part them only where the language says so. */
function keyOf({ text, language }: WrittenName, { languages }: KnowledgeRead, fold: Uint16Array): string {
  const accents = languages[language]?.accents === true ? spellingOf(text) : 0
  return `${language} ${accents} ${foldTerm(text, fold)}`
}

function tellClash(first: WrittenName, other: WrittenName, taxa: Taxa, faults: Fault[]): void {
  // Two rows that differ in nothing but capitals are told when they are read.
  if (sameTaxa(first, other) || first.text.toLowerCase() === other.text.toLowerCase()) return
  const before = first.text === other.text ? spotText(first.at) : `there written "${first.text}", ${spotText(first.at)}`
  tell(
    faults,
    other.at,
    `"${other.text}" names ${taxaText(other.taxa, taxa)} here and ${taxaText(first.taxa, taxa)} in another row (${before}). Name in both all that it means, or drop one.`,
  )
}

function sameTaxa(one: WrittenName, other: WrittenName): boolean {
  return one.taxa.length === other.taxa.length && one.taxa.every((taxon) => other.taxa.includes(taxon))
}

function spotText({ file, line }: Spot): string {
  return `${file}:${line}`
}

function taxaText(taxa: readonly number[], { names }: Taxa): string {
  return taxa.map((taxon) => names[taxon] ?? '').join(' or ') || 'nothing'
}

interface Repeated {
  readonly scientific: ReadonlyMap<string, ReadonlySet<number>>
  readonly taxa: Taxa
  readonly faults: Fault[]
}

/** Rows that repeat a scientific name must mean at least what it means, and all in the same sense. */
function tellRepeated(
  names: readonly WrittenName[],
  { taxaRead, parts }: KnowledgeRead,
  { fold, faults }: { fold: Uint16Array; faults: Fault[] },
): void {
  const scientific = new Map<string, Set<number>>()
  for (const { name, taxon } of taxaRead.scientificNames)
    for (const text of [name, ...otherSpellings(name)]) {
      const folded = foldTerm(text, fold)
      scientific.set(folded, (scientific.get(folded) ?? new Set()).add(taxon))
    }
  const found: Repeated = { scientific, taxa: parts.taxa, faults }
  const groups = Map.groupBy(names, ({ text }) => foldTerm(text, fold))
  for (const [text, own] of groups) {
    const means = scientific.get(text)
    if (means === undefined) continue
    for (const one of own) for (const taxon of means) tellMissing(one, taxon, found)
    tellSenses(own, faults)
  }
}

/** A row may mean less than the scientific name (Ananas: the pineapple); not something else, nor something wider. */
function tellMissing(one: WrittenName, taxon: number, { taxa, faults }: Repeated): void {
  if (one.taxa.some((own) => lineage(taxa, own).includes(taxon))) return
  const [name, own] = [taxa.names[taxon] ?? '', taxaText(one.taxa, taxa)]
  const isWider = one.taxa.some((other) => lineage(taxa, taxon).includes(other))
  const what = isWider
    ? `is a scientific name of ${name}, which is told better in taxa/ than here (${own}). Drop the row.`
    : `is a scientific name of ${name} too, and the row names ${own} only. Add ${name} to its taxa, or drop it.`
  tell(faults, one.at, `"${one.text}" ${what}`)
}

/** From the name that says the plant whatever stands beside it to the one that needs context. */
const strictness = ['plain', 'food', 'word']

function strictnessOf({ value }: WrittenName): number {
  return strictness.indexOf(conceptValues.name[value] ?? '')
}

/** A scientific name speaks no language: of rows for the same taxa the strictest is heard, in every language. */
function tellSenses(own: readonly WrittenName[], faults: Fault[]): void {
  for (const one of own) {
    const same = own.filter((other) => sameTaxa(one, other) && spellingOf(one.text) === spellingOf(other.text))
    const strictest = same.reduce((best, other) => (strictnessOf(other) > strictnessOf(best) ? other : best), one)
    if (strictest.value === one.value) continue
    const [sense, wanted] = [conceptValues.name[one.value], conceptValues.name[strictest.value]]
    tell(
      faults,
      one.at,
      `"${one.text}" is a scientific name, ${sense} here and ${wanted} in ${spotText(strictest.at)}. Write ${wanted} here, or drop the row.`,
    )
  }
}
