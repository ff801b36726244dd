import { conceptValues } from '../core/recognise/lexicon.ts'
import { cell, readTable } from './csv.ts'
import type { Fault } from './fault.ts'
import type { WrittenSense } from './senses.ts'
import { filesLike, type SourceFile } from './sources.ts'
import { otherSpellings, type TaxaRead } from './taxa.ts'
import { isOrdinaryWord, type WordNet } from './wordnet.ts'

/** Names of one word that are ordinary words too, from `taxa/ordinary-words.csv`. */
export function readOrdinaryWords(files: readonly SourceFile[], faults: Fault[]): ReadonlySet<string> {
  const columns = { required: ['word'], optional: ['note'] }
  const rows = filesLike(files, /^taxa\/ordinary-words\.csv$/).flatMap((file) => readTable(file, columns, faults))
  return new Set(rows.map((row) => cell(row, 'word').toLowerCase()))
}

/** Every scientific name in its spellings, as a name that is plain unless it is an ordinary word as well. */
export function scientificSenses(
  { scientificNames }: TaxaRead,
  language: number,
  isOrdinary: (word: string) => boolean,
): WrittenSense[] {
  return scientificNames.flatMap(({ name, taxon }) => {
    const value = conceptValues.name.indexOf(!name.includes(' ') && isOrdinary(name.toLowerCase()) ? 'word' : 'plain')
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

/** Whether a name of one word is an ordinary word by the experts' list or by WordNet. */
export function ordinaryWord(listed: ReadonlySet<string>, net: WordNet | null): (word: string) => boolean {
  return (word) => listed.has(word) || (net !== null && isOrdinaryWord(net, word))
}
