import { accentedIn, hasSpellings, sensesKept, sensesSpelled, spellingOf, tonguesOf } from './accents.ts'
import type { Lexicon } from './lexicon.ts'
import { type TaxonFacts, type Term, unpackTerm } from './terms.ts'

/** Terms by number, each unpacked when it is first met. */
export interface TermStore {
  readonly termOf: (number: number) => Term
  /** Number of a term as it is spelled here: the same, or one that holds only the senses written with these accents. */
  readonly spelled: (number: number, letters: string) => number
  /** Whether a term has a sense of a language whose accents are typed all or none. */
  readonly mayBeToned: (number: number) => boolean
  /** Those languages, as bits, in which these letters with their accents are the term. */
  readonly accentedIn: (number: number, letters: string) => number
  /** As `spelled`, without the senses that these languages write with other accents; -1 when none is left. */
  readonly spelledStrictly: (number: number, letters: string, tongues: number) => number
}

/** Numbers from here on are terms with chosen accents; no lexicon has so many terms. */
const firstChosen = 1 << 29
const mostChosen = 50_000

/** Makes the store of a lexicon; numbers behind its own are terms of imported names. */
export function termStore(lexicon: Lexicon, facts: TaxonFacts, importedTermOf: (name: number) => Term): TermStore {
  const firstImported = lexicon.senseFrom.length - 1
  // Room for all of them from the start: a list that is filled here and there becomes a slow one.
  const terms = new Array<Term | undefined>(firstImported)
  const chosen: Term[] = []
  const numbers = new Map<string, number>()
  const split = new Uint8Array(firstImported)
  const isSplit = (number: number): boolean => {
    if (split[number] === 0) split[number] = hasSpellings(lexicon, number) ? 2 : 1
    return split[number] === 2
  }
  const termOf = (number: number): Term => {
    if (number >= firstImported)
      return number >= firstChosen ? (chosen[number - firstChosen] as Term) : importedTermOf(number - firstImported)
    const known = terms[number]
    if (known !== undefined) return known
    const term = unpackTerm(lexicon, number, facts)
    terms[number] = term
    return term
  }
  const tongues = new Uint8Array(firstImported)
  const mayBeToned = (number: number): boolean => {
    if (number >= firstImported) return false
    if (tongues[number] === 0) tongues[number] = (tonguesOf(lexicon, number) & facts.toned) === 0 ? 1 : 2
    return tongues[number] === 2
  }
  const choose = (number: number, positions: readonly number[]): number => {
    if (chosen.length >= mostChosen) return number
    chosen.push(unpackTerm(lexicon, number, facts, positions))
    return firstChosen + chosen.length - 1
  }
  const spelled = (number: number, letters: string): number => {
    if (number < 0 || number >= firstImported || !isSplit(number)) return number
    const spelling = spellingOf(letters)
    if (spelling === 0) return number
    const key = `${number} ${spelling}`
    const known = numbers.get(key) ?? choose(number, sensesSpelled(lexicon, number, letters))
    numbers.set(key, known)
    return known
  }
  const spelledStrictly = (number: number, letters: string, bits: number): number => {
    if (number >= firstImported) return number
    const key = `${number} ${spellingOf(letters)} ${bits}`
    const before = numbers.get(key)
    if (before !== undefined) return before
    const kept = sensesKept(lexicon, number, letters, bits)
    const all = (lexicon.senseFrom[number + 1] as number) - (lexicon.senseFrom[number] as number)
    const known = kept.length === 0 ? -1 : kept.length === all ? number : choose(number, kept)
    numbers.set(key, known)
    return known
  }
  return {
    termOf,
    spelled,
    mayBeToned,
    accentedIn: (number, letters) => accentedIn(lexicon, number, letters) & facts.toned,
    spelledStrictly,
  }
}
