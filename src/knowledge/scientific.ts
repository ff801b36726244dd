import { conceptValues } from '../core/recognise/lexicon.ts'
import { cell, readTable } from './csv.ts'
import type { Fault } from './fault.ts'
import type { WrittenSense } from './senses.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { otherSpellings, type TaxaRead } from './taxa.ts'
import { otherMeaning, type WordNet } from './wordnet.ts'

/** Names of one word that are ordinary words too, from `taxa/ordinary-words.csv`. */
export function readOrdinaryWords(files: readonly SourceFile[], faults: Fault[]): ReadonlySet<string> {
  const columns = { required: ['word'], optional: ['note'] }
  const rows = filesLike(files, /^taxa\/ordinary-words\.csv$/).flatMap((file) => readTable(file, columns, faults))
  return new Set(rows.map((row) => cell(row, 'word').toLowerCase()))
}

/** What a name of one word means besides a plant. */
type OtherMeaning = (word: string) => 'word' | 'food' | null

/** Every scientific name in its spellings, as a name that is plain unless it means something else as well. */
export function scientificSenses(
  { scientificNames }: TaxaRead,
  language: number,
  otherMeaning: OtherMeaning,
): WrittenSense[] {
  return scientificNames.flatMap(({ name, taxon }) => {
    const value = conceptValues.name.indexOf((name.includes(' ') ? null : otherMeaning(name.toLowerCase())) ?? 'plain')
    return [name, ...otherSpellings(name)].map((text) => ({
      text,
      concept: 'name' as const,
      value,
      strength: 0,
      language,
      taxa: [taxon],
      article: 0,
      from: 'taxonomy' as const,
    }))
  })
}

/** What a word means by the experts' list, else by WordNet. */
export function meaningBeside(listed: ReadonlySet<string>, net: WordNet | null): OtherMeaning {
  return (word) => (listed.has(word) ? 'word' : net === null ? null : otherMeaning(net, word))
}
