import { lineage, type Taxa } from '../parcel/taxa.ts'
import { type ImportedNames, importedTaxaOf, isCandidate } from './imported.ts'
import { conceptValues } from './lexicon.ts'
import { emptyTerm, type Term } from './terms.ts'

const word = conceptValues.name.indexOf('word')

/** What reading an imported name needs. */
export interface ImportedContext {
  readonly imported?: ImportedNames
  /** Gives the number of an imported taxon and makes it known. */
  readonly meet?: (own: number) => number
  readonly taxa: Taxa
  readonly languages: readonly unknown[]
  readonly headFirst: readonly boolean[]
}

/** Makes the function that tells what an imported name can say; each name is read when it is first met. */
export function importedTerms(context: ImportedContext): (name: number) => Term {
  const known = new Map<number, Term>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const term = termOf(name, context)
    // A description names few of all names; a long run over all of them must not fill the memory.
    if (known.size < 50_000) known.set(name, term)
    return term
  }
}

/**
 * The taxa of a name, and the built-in genus that it is written with where they stand elsewhere: an import never takes away
 * what the built-in knowledge says of a genus.
 */
function withGenus(names: ImportedNames, name: number, meant: readonly number[], taxa: Taxa): number[] {
  const distinct = [...new Set(meant)]
  const genus = (names.wordGenus[names.nameWord[name] as number] as number) - 1
  const isUnder = (taxon: number): boolean =>
    lineage(taxa, taxon).includes(genus) || taxa.alsoUnder[taxon]?.includes(genus) === true
  return genus < 0 || isCandidate(names, name) || distinct.every(isUnder) ? distinct : [...distinct, genus]
}

/**
 * Whether a name speaks of plants by itself: a loud one, and a common name of several words. Other single words may be brands or
 * words of a language that nobody has looked through, and need something of plants beside them.
 */
function speaksAlone(names: ImportedNames, name: number): boolean {
  const size = (names.restFrom[name + 1] as number) - (names.restFrom[name] as number)
  if (!isCandidate(names, name)) return names.nameSense[name] !== word
  return size > 1
}

/** Where the built-in knowledge knows the name, what that says holds. Scientific names are the last language of all. */
function termOf(name: number, { imported, meet, taxa, languages, headFirst }: ImportedContext): Term {
  if (imported === undefined || meet === undefined) return emptyTerm()
  const linked = imported.nameLink[name] as number
  const meant = linked > 0 ? [linked - 1] : withGenus(imported, name, importedTaxaOf(imported, name).map(meet), taxa)
  const sense = conceptValues.name[imported.nameSense[name] as number] ?? 'candidate'
  const language =
    sense === 'candidate' ? (imported.languages[imported.nameLanguage[name] as number] ?? -1) : languages.length - 1
  return {
    ...emptyTerm(),
    name: {
      sense,
      taxa: meant,
      article: null,
      fresh: meant.some((taxon) => (taxa.parts[taxon] ?? -1) >= 0),
      regrows: false,
      annual: false,
      sown: false,
      scent: false,
    },
    languages: language < 0 ? 0 : 1 << language,
    headFirst: headFirst[language] === true,
    plantish: speaksAlone(imported, name),
  }
}
