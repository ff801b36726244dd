import { widenTaxa } from '../../parcel/imported-taxa.ts'
import { abbreviatedNames } from './abbreviated.ts'
import type { NameAnswer, NameRemark, Reading } from './answer.ts'
import { commonAnswer, isCommon } from './common-answer.ts'
import { type CommonWords, commonNames, type Vocabulary } from './common-names.ts'
import { type FindTaxon, findName, hyphened, importedFinder, placeFinder, taxonFinder } from './find-name.ts'
import type { Familiar } from './mend-case.ts'
import { misspeltReader } from './misspelt.ts'
import { parseName } from './parse-name.ts'
import { abbreviatedAnswer, formulaAnswer, scientificAnswer } from './scientific-answer.ts'

/** What names are looked up in: the built-in knowledge, and names that a user imported. */
export type NameKnowledge = Omit<Vocabulary, 'meet'>

/** Makes a reader of names over one edition of the knowledge. What is not known is read as the names one typing error away. */
export function nameReader(knowledge: NameKnowledge): (text: string) => NameAnswer {
  const { lexicon, imported } = knowledge
  const wide = imported === undefined ? null : widenTaxa(knowledge.taxa, imported)
  const taxa = wide?.taxa ?? knowledge.taxa
  const wordsOf = commonNames(wide === null ? knowledge : { ...knowledge, ...wide })
  const other = wide === null || imported === undefined ? null : importedFinder(imported, lexicon.fold, wide.meet)
  const find = taxonFinder(taxa, other)
  const placeOf = placeFinder(taxa)
  const familiar = familiarOf({ wordsOf, find, placeOf })
  const spellOut = abbreviatedNames(taxa)
  const plain = (text: string): NameAnswer => {
    const read = parseName(text, familiar)
    const remarks: NameRemark[] = read.problems.map(({ kind, at }) => ({ kind, facts: { text: lettersAt(text, at) } }))
    const spelled = hyphened(read, find)
    if (spelled !== null) remarks.push({ kind: 'hyphen-missing', facts: { text: spelled.canonical as string } })
    return answerOf({ text, parsed: spelled ?? read, remarks, taxa, find, placeOf, wordsOf, spellOut })
  }
  const mended = misspeltReader(lexicon, imported, {
    read: plain,
    isSpelledRight: (text) => wordsOf(text).unknown.length === 0,
  })
  return (text) => mended(text, plain(text))
}

/** Most letters of a text that a sentence shows. */
const longestShown = 80

function lettersAt(text: string, at: readonly [number, number] | null): string {
  if (at === null) return ''
  const letters = text.slice(at[0], Math.min(at[1], at[0] + longestShown)).trim()
  return at[1] - at[0] > longestShown ? `${letters.toWellFormed()}…` : letters
}

function familiarOf({ wordsOf, find, placeOf }: Pick<Reading, 'wordsOf' | 'find' | 'placeOf'>): Familiar {
  return {
    isName: (name) => find(name) >= 0,
    isOrdinary: (words) => isOrdinary(words, wordsOf(words), find),
    isOfTrade: (word) => wordsOf(word).trade.length > 0,
    isOfGenus: (words, genus) => {
      const [name] = wordsOf(words).names
      const [taxon] = name?.taxa ?? []
      if (name === undefined || taxon === undefined || !name.whole || name.taxa.length > 1) return false
      return placeOf(taxon).genus?.toLowerCase() === genus
    },
  }
}

/** Whether words are known as something else than the scientific name: an ordinary word, or a common name of something else. */
function isOrdinary(words: string, { names, beside, unknown }: CommonWords, find: FindTaxon): boolean {
  if (unknown.length > 0) return false
  if (beside.length > 0) return true
  const own = find(words)
  return names.some(({ sense, taxa: others }) => own < 0 || sense === 'word' || others.some((other) => other !== own))
}

function answerOf(reading: Reading): NameAnswer {
  const { parsed, find } = reading
  if (parsed.canonical === null) return commonAnswer(reading)
  if (parsed.hybrid === 'formula') return formulaAnswer(reading)
  if (parsed.abbreviated) return abbreviatedAnswer(reading)
  const found = findName(parsed, find)
  if (found.taxon < 0 && isCommon(reading)) return commonAnswer(reading)
  return scientificAnswer(reading, found)
}
