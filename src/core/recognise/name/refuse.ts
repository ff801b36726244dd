import type { Oddity } from './parsed.ts'
import type { Word } from './remark.ts'

/** What viruses and what they are made of are called; a word that ends so is no name of a plant or animal. */
const virusEnding = /(?:virus(?:es)?|virophages?|phages?|viroids?|satellites?|npv|(?:^|\W)prions?)(?![a-z])/i
const virusWord = /^\W?(?:vectors?|particles?|ictv|virions?)(?![a-z])/i
/** What has no name under a code: bacteria that are only told by their group, and what lives inside others. */
const microbeWord = /(?:phytoplasmas?|(?:^|\W)plasmids?|symbionts?)(?![A-Za-z])/
const bacteriumWord = /^(?:[a-z]*bacterium|[a-z]*archaeon|bacteria)(?![a-z])/
const acid = /(?:^|[^A-Z])[DR]NA(?![A-Za-z])/
const notNamed =
  /^(?:not|none|unidentified|unknown|unspecified|undescribed|undetermined|uncultured|unassigned|unclassified|unnamed|indeterminate|indet|various|mixed)(?![a-z-])/i
const uncertainPlace = /(?:^|[^a-z])inc(?:ertae|\.)\s*sed(?:is|\.)/i
/** Names under the code of viruses (ICVCN): one word with an ending for its rank, or such a genus and one word more. */
const underVirusCode =
  /^[A-Z][a-z]+(?:viria|vira|virae|virites|viricota|viricotina|viricetes|viricetidae|virales|virineae|viridae|virinae|virus|viroidae|viroid|satellitidae|satellite|viriformidae|viriform)$/

/** The words of a name under the code of viruses; null for other texts. */
export function virusName(text: string, words: readonly Word[]): readonly string[] | null {
  const [first, second] = words
  if (first === undefined || words.length > 2 || !underVirusCode.test(text.slice(first.from, first.to))) return null
  const genus = text.slice(first.from, first.to)
  if (second === undefined) return [genus]
  const epithet = text.slice(second.from, second.to)
  return /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(epithet) ? [genus, epithet] : null
}

/** Why a text can be no scientific name, or null. */
export function refusalOf(text: string, words: readonly Word[]): Oddity | null {
  if (notNamed.test(text)) return 'no-name'
  if (!mayRefuse.test(text)) return null
  if (uncertainPlace.test(text)) return 'place-uncertain'
  const written = words.map(({ from, to }) => text.slice(from, to))
  for (let at = 0; at < written.length; at += 1) {
    const refused = refusedBy(text, written, at)
    if (refused !== null) return refused
  }
  return null
}

function refusedBy(text: string, words: readonly string[], at: number): Oddity | null {
  const word = words[at] as string
  // An epithet may be the word vector, bacterium or virus; then its author stands after it.
  const authored = at === epithetAt(words) && isAuthor(words[at + 1])
  const dated = authored && /\d{4}/.test(text)
  if ((!dated && virusEnding.test(word)) || (at > 0 && !authored && virusWord.test(word))) return 'virus'
  if (acid.test(word) || microbeWord.test(word)) return 'no-formal-name'
  return at > 0 && !authored && bacteriumWord.test(word) ? 'no-formal-name' : null
}

/** One look at the text spares the look at each word: most names have none of these letters. */
const mayRefuse =
  /vir|phag|satellit|npv|prion|vector|particle|ictv|plasm|symbiont|bacteri|archaeon|[DR]NA|inc(?:ertae|\.)/i

/** Place of the species' epithet: the second word, or the third after a subgenus. */
function epithetAt(words: readonly string[]): number {
  return words[1]?.startsWith('(') === true ? 2 : 1
}

function isAuthor(word: string | undefined): boolean {
  return word !== undefined && /^\(?\p{Lu}\p{Ll}/u.test(word)
}
