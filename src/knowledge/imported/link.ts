import { importedName, importedRanks } from '../../core/parcel/imported-taxa.ts'
import type { Taxa } from '../../core/parcel/taxa.ts'
import { fold, foldedRoom } from '../../core/recognise/fold.ts'
import { type ImportedNames, importedTaxaOf, importedWord } from '../../core/recognise/imported.ts'
import { findImported } from './find-imported.ts'
import type { CompiledNames } from './stored.ts'

/** What linking needs of the built-in knowledge. */
export interface BuiltIn {
  readonly taxa: Taxa
  readonly fold: Uint16Array
  readonly languages: readonly { readonly code: string }[]
}

/**
 * Links compiled imports with the built-in knowledge: an imported taxon that Greenlane knows, by whatever name, is that taxon,
 * and what Greenlane says of a name wins. Done at loading, so that imports outlive any edition.
 */
export function linkNames(names: CompiledNames, languages: readonly string[], builtIn: BuiltIn): ImportedNames {
  const { taxa } = builtIn
  const count = names.taxonRank.length
  const link = shared(count)
  for (let own = 0; own < count; own += 1) link[own] = taxa.names.length + own
  const linked: ImportedNames = {
    ...names,
    link,
    nameLink: shared(names.nameTaxon.length),
    wordGenus: shared(names.wordFrom.length - 1),
    former: shared(count),
    formerTaxa: new Int32Array(0),
    languages: Int32Array.from(languages, (code) => builtIn.languages.findIndex((one) => one.code === code)),
  }
  eachBuiltIn(linked, builtIn, (name, number) => {
    linked.nameLink[name] = number + 1
    for (const own of importedTaxaOf(linked, name)) if (names.ownName[own] === name) link[own] = number
  })
  linkGenera(linked, builtIn)
  return { ...linked, formerTaxa: formerTaxa(linked, taxa) }
}

/** Tells of each first word which built-in genus it names. */
function linkGenera(names: ImportedNames, { taxa, fold: table }: BuiltIn): void {
  const room = foldedRoom()
  taxa.names.forEach((name, number) => {
    if (taxa.ranks[number] !== 'genus') return
    fold(name, table, room)
    const word = importedWord(names, room.units, room.length)
    if (word >= 0) names.wordGenus[word] = number + 1
  })
}

/**
 * Finds taxa that the built-in knowledge does not know, and the built-in taxa that their synonyms name: a synonym that is built
 * in, and the genus of any synonym where the taxon's own genus is not known. Law on those may mean them.
 */
function formerTaxa(names: ImportedNames, taxa: Taxa): Int32Array {
  const { nameTaxon, nameWord, nameLink, wordGenus, former, link } = names
  const pairs: number[] = []
  const note = (own: number, other: number): void => {
    for (let at = former[own] as number; at > 0; at = pairs[at] as number) if (pairs[at - 1] === other) return
    pairs.push(other, former[own] as number)
    former[own] = pairs.length - 1
  }
  for (let name = 0; name < nameTaxon.length; name += 1) {
    const genus = (wordGenus[nameWord[name] as number] as number) - 1
    const known = (nameLink[name] as number) - 1
    if (genus < 0 && known < 0) continue
    for (const own of importedTaxaOf(names, name)) {
      if ((link[own] as number) < taxa.names.length) continue
      if (known >= 0) note(own, known)
      if (genus >= 0 && !isPlaced(names, own, taxa)) note(own, genus)
    }
  }
  const kept = shared(pairs.length)
  kept.set(pairs)
  return kept
}

/** Whether the genus of a taxon is built in: then experts have placed it. */
function isPlaced({ link, taxonParent, taxonRank }: ImportedNames, own: number, taxa: Taxa): boolean {
  for (let at = own; at >= 0 && taxonRank[at] !== family; at = taxonParent[at] as number)
    if ((link[at] as number) < taxa.names.length) return true
  return false
}

const family = importedRanks.indexOf('family')

function shared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}

/** Calls `use` for each imported name that is a built-in scientific name too. */
function eachBuiltIn(
  names: ImportedNames,
  { taxa, fold: table }: BuiltIn,
  use: (name: number, taxon: number, text: string) => void,
): void {
  for (const [text, taxon] of Object.entries(taxa.numberOf)) {
    const name = findImported(names, text, table)
    if (name >= 0) use(name, taxon, text)
  }
}

/** What imports say otherwise than the built-in knowledge, one sentence each; the built-in knowledge wins. */
export function differencesOf(names: ImportedNames, builtIn: BuiltIn): string[] {
  const told = new Map<number, string>()
  eachBuiltIn(names, builtIn, (name, taxon, text) => {
    const own = importedTaxaOf(names, name)
    if (told.has(name) || own.some((one) => names.link[one] === taxon)) return
    const others = own.map((one) => importedName(names, one)).join(' or ')
    const written = text.charAt(0).toUpperCase() + text.slice(1)
    told.set(
      name,
      `«${written}» is ${builtIn.taxa.names[taxon]} in Greenlane's own knowledge, which holds; imported: ${others}.`,
    )
  })
  return [...told.values()]
}
