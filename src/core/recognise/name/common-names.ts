import type { Taxa } from '../../parcel/taxa.ts'
import { fold, foldedRoom } from '../fold.ts'
import type { ImportedNames } from '../imported.ts'
import { importedTerms } from '../imported-terms.ts'
import type { Lexicon } from '../lexicon.ts'
import { type Marks, marksRoom, scan, unknownWord } from '../scan.ts'
import { termStore } from '../term-store.ts'
import type { Term } from '../terms.ts'

/** What the words of a text are, apart from scientific names. */
export interface CommonWords {
  /** Names of plants in it, each with the taxa that it can mean. */
  readonly names: readonly CommonName[]
  /** Words beside the names that are known as something else. */
  readonly beside: readonly string[]
  /** Those of them that speak of how goods are traded: seeds, plant, fresh, pack, with. */
  readonly trade: readonly string[]
  /** Words that nobody knows. */
  readonly unknown: readonly string[]
}

export interface CommonName {
  readonly text: string
  readonly taxa: readonly number[]
  readonly sense: NonNullable<Term['name']>['sense']
  /** Whether it is the whole text. */
  readonly whole: boolean
}

export interface Vocabulary {
  readonly lexicon: Lexicon
  readonly languages: readonly { readonly head: 'first' | 'last'; readonly compounds: boolean }[]
  readonly taxa: Taxa
  readonly imported?: ImportedNames
  /** Number of an imported taxon, which it makes known. */
  readonly meet?: (own: number) => number
}

/** Most letters of a text that are looked at for common names. */
const longestText = 400

/** Makes a reader of common names: what the words of a text can mean. */
export function commonNames(vocabulary: Vocabulary): (text: string) => CommonWords {
  const { lexicon, languages, taxa, imported } = vocabulary
  const room = foldedRoom()
  const marks: Marks = marksRoom()
  const compounds = languages.map((language) => language.compounds)
  const headFirst = languages.map(({ head }) => head === 'first')
  const facts = {
    headFirst,
    international: 0,
    toned: 0,
    parts: taxa.parts,
    isScent: () => false,
    isAnnual: () => false,
  }
  const { termOf, spelled } = termStore(lexicon, facts, importedTerms({ ...vocabulary, headFirst }))
  return (text) => {
    fold(text, lexicon.fold, room, longestText)
    scan(room, lexicon, marks, compounds, imported)
    const found = { names: [] as CommonName[], beside: [] as string[], trade: [] as string[], unknown: [] as string[] }
    for (let mark = 0; mark < marks.count; mark += 1) {
      const [from, to] = [marks.start[mark] as number, marks.end[mark] as number]
      const letters = text.slice(room.from[from] as number, (room.from[to - 1] as number) + 1)
      const number = spelled(marks.term[mark] as number, letters)
      const term = number < 0 ? null : termOf(number)
      if (term === null) {
        if (number === unknownWord) found.unknown.push(letters)
        continue
      }
      if (term.name !== null) found.names.push({ text: letters, ...term.name, whole: marks.count === 1 })
      else found.beside.push(letters)
      if (term.name === null && ofTrade(term)) found.trade.push(letters)
    }
    return found
  }
}

function ofTrade({
  form,
  goodsStrength,
  goodsKind,
  imitation,
  state,
  process,
  use,
  container,
  joint,
  vague,
  packaging,
}: Term): boolean {
  const product = goodsStrength >= 2 && goodsKind !== 'thing' && goodsKind !== 'animal'
  const said = form !== null || imitation || container || vague || packaging || product
  return said || state.length > 0 || process !== null || use !== null || joint !== null
}
