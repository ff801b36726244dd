import { hasSpellings, sensesSpelled, spellingOf } from './accents.ts'
import type { Lexicon } from './lexicon.ts'
import { type TaxonFacts, type Term, unpackTerm } from './terms.ts'

/** Terms by number, each unpacked when it is first met. */
export interface TermStore {
  readonly termOf: (number: number) => Term
  /** Number of a term as it is spelled here: the same, or one that holds only the senses written with these accents. */
  readonly spelled: (number: number, letters: string) => number
}

/** Numbers from here on are terms with chosen accents; no lexicon has so many terms. */
const firstChosen = 1 << 29
const mostChosen = 50_000

/** Makes the store of a lexicon; numbers behind its own are terms of imported names. */
export function termStore(lexicon: Lexicon, facts: TaxonFacts, importedTermOf: (name: number) => Term): TermStore {
  const terms: (Term | undefined)[] = []
  const chosen: Term[] = []
  const numbers = new Map<string, number>()
  const firstImported = lexicon.senseFrom.length - 1
  const split = new Uint8Array(firstImported)
  const isSplit = (number: number): boolean => {
    if (split[number] === 0) split[number] = hasSpellings(lexicon, number) ? 2 : 1
    return split[number] === 2
  }
  const termOf = (number: number): Term => {
    if (number >= firstChosen) return chosen[number - firstChosen] as Term
    if (number >= firstImported) return importedTermOf(number - firstImported)
    terms[number] ??= unpackTerm(lexicon, number, facts)
    return terms[number] as Term
  }
  const choose = (number: number, letters: string): number => {
    if (chosen.length >= mostChosen) return number
    chosen.push(unpackTerm(lexicon, number, facts, sensesSpelled(lexicon, number, letters)))
    return firstChosen + chosen.length - 1
  }
  const spelled = (number: number, letters: string): number => {
    if (number < 0 || number >= firstImported || !isSplit(number)) return number
    const spelling = spellingOf(letters)
    if (spelling === 0) return number
    const key = `${number} ${spelling}`
    const known = numbers.get(key) ?? choose(number, letters)
    numbers.set(key, known)
    return known
  }
  return { termOf, spelled }
}
