import type { Taxa } from './taxa.ts'

/** Ranks of imported taxa; a rank's number is its position. */
export const importedRanks = ['family', 'subfamily', 'genus', 'species', 'subspecies', 'variety', 'form'] as const

/** Letters of an EPPO code: shorter ones are filled up with zeros. */
export const eppoLetters = 6

/** Taxa that a user imported, as parallel tables. A taxon's own number is its position; `link` gives the one that all of Greenlane uses. */
export interface ImportedTaxa {
  /** Units of the names, one name after another; name of taxon t is `nameFrom[t] .. nameFrom[t + 1]`. */
  readonly taxonNames: Uint16Array
  readonly taxonNameFrom: Int32Array
  readonly taxonRank: Uint8Array
  /** Own number of the next taxon above, or -1. */
  readonly taxonParent: Int32Array
  /** `eppoLetters` letters for each taxon, 0 where there is none. */
  readonly eppo: Uint8Array
  /** Number of the built-in taxon that it is, else its own number behind all built-in ones. */
  readonly link: Int32Array
  /**
   * Built-in taxa that synonyms place a taxon in, where the built-in knowledge has not placed it: law on those is possible for it.
   * Position + 1 in `formerTaxa`, or 0; there, pairs of a number and the position + 1 of the next pair.
   */
  readonly former: Int32Array
  readonly formerTaxa: Int32Array
}

/**
 * Makes room for imported taxa behind the built-in ones. Nothing is made of them before they are met: `meet` fills in what is
 * known of a taxon and all above it, and returns its number.
 */
export function widenTaxa(
  taxa: Taxa,
  imported: ImportedTaxa,
): { readonly taxa: Taxa; readonly meet: (own: number) => number } {
  const builtIn = taxa.names.length
  const size = builtIn + imported.link.length
  const names = widened(taxa.names, size)
  const ranks = widened(taxa.ranks, size)
  const parents = widened(taxa.parents, size)
  const eppo = widened(taxa.eppo, size)
  const traits = widened(taxa.traits, size)
  const notTraits = widened(taxa.notTraits, size)
  const parts = widened(taxa.parts, size)
  const alsoUnder: Record<number, readonly number[]> = { ...taxa.alsoUnder }
  addCodes(eppo, imported, builtIn)
  const meet = (own: number): number => {
    const number = imported.link[own] as number
    if (number < builtIn || names[number] !== undefined) return number
    const above = imported.taxonParent[own] as number
    const parent = above < 0 ? -1 : meet(above)
    names[number] = importedName(imported, own)
    ranks[number] = importedRanks[imported.taxonRank[own] as number] ?? 'species'
    parents[number] = parent
    eppo[number] = importedEppo(imported, own)
    traits[number] = traits[parent] ?? 0
    notTraits[number] = notTraits[parent] ?? 0
    parts[number] = parts[parent] ?? -1
    const others = formerTaxaOf(imported, own)
    if (others.length > 0) alsoUnder[number] = others
    return number
  }
  return { taxa: { ...taxa, names, ranks, parents, alsoUnder, eppo, traits, notTraits, parts }, meet }
}

function formerTaxaOf({ former, formerTaxa }: ImportedTaxa, own: number): number[] {
  const taxa: number[] = []
  for (let at = former[own] as number; at > 0; at = formerTaxa[at] as number) taxa.push(formerTaxa[at - 1] as number)
  return taxa
}

/** A built-in taxon without a code takes the one that was imported for it. */
function addCodes(eppo: (string | null)[], imported: ImportedTaxa, builtIn: number): void {
  for (let own = 0; own < imported.link.length; own += 1) {
    const number = imported.link[own] as number
    if (number < builtIn && eppo[number] === null) eppo[number] = importedEppo(imported, own)
  }
}

/** A list with room at its end; `new Array` with its size keeps it fast however late the room is used. */
function widened<T>(list: readonly T[], size: number): T[] {
  const wide = new Array<T>(size)
  for (let at = 0; at < list.length; at += 1) wide[at] = list[at] as T
  return wide
}

/** The name of an imported taxon as it was written. */
export function importedName({ taxonNames, taxonNameFrom }: ImportedTaxa, own: number): string {
  return String.fromCharCode(...taxonNames.subarray(taxonNameFrom[own], taxonNameFrom[own + 1]))
}

function importedEppo({ eppo }: ImportedTaxa, own: number): string | null {
  const letters = eppo.subarray(own * eppoLetters, (own + 1) * eppoLetters).filter((letter) => letter !== 0)
  return letters.length === 0 ? null : String.fromCharCode(...letters)
}
