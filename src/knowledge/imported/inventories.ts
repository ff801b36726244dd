import { readFileSync } from 'node:fs'
import type { Knowledge } from '../../core/knowledge.ts'
import { type Inventory, listingNumber } from '../../core/parcel/inventories.ts'
import { findPlace, type Places } from '../../core/parcel/places.ts'
import { findTaxon } from '../../core/parcel/taxa.ts'
import { type ImportedNames, importedTaxaOf } from '../../core/recognise/imported.ts'
import { findImported } from './find-imported.ts'
import { places as shelf } from './shelf.ts'

/** An accepted name, the name that the inventory gives, and the codes of the countries it lists it for. */
export type StoredListing = readonly [accepted: string, name: string, countries: readonly string[]]

/** An inventory as it is compiled, before it is linked with the taxa of this edition. */
export interface StoredInventory {
  readonly name: string
  readonly on: string
  readonly listed: readonly StoredListing[]
}

/** Reads the compiled inventories of a folder. */
export function readInventories(folder: string): StoredInventory[] {
  return JSON.parse(readFileSync(shelf.inventories(folder), 'utf8')) as StoredInventory[]
}

/** Links inventories with the taxa and places of this edition, as numbers that threads share. */
export function linkInventories(
  stored: readonly StoredInventory[],
  knowledge: Knowledge,
  imported: ImportedNames,
): Inventory[] {
  const { places } = knowledge
  return stored.map(({ name, on, listed }) => {
    const numbers = new Set<number>()
    for (const [accepted, written, countries] of listed) {
      const taxa = taxaOf(accepted, written, { knowledge, imported })
      const numbered = countries.map((code) => placeOf(code, places)).filter((place) => place >= 0)
      for (const taxon of taxa) for (const place of numbered) numbers.add(listingNumber(taxon, place, places))
    }
    const sorted = new Float64Array(new SharedArrayBuffer(numbers.size * Float64Array.BYTES_PER_ELEMENT))
    sorted.set([...numbers])
    return { name, on, listed: sorted.sort() }
  })
}

interface Known {
  readonly knowledge: Knowledge
  readonly imported: ImportedNames
}

/** Taxa that a listing means: those of its accepted name, and that of the name as given, where that one is of one taxon. */
function taxaOf(accepted: string, written: string, known: Known): Set<number> {
  const taxa = meanings(accepted, known)
  if (written === accepted) return new Set(taxa)
  // As a synonym of several plants the given name alone does not tell which of them is listed; its accepted name does.
  const given = meanings(written, known)
  return new Set(given.length === 1 ? [...taxa, ...given] : taxa)
}

/** Numbers of the taxa that a scientific name means; the built-in knowledge is heard alone where it knows the name. */
function meanings(name: string, { knowledge, imported }: Known): number[] {
  const { taxa, lexicon } = knowledge
  const builtIn = findTaxon(taxa, name)
  if (builtIn >= 0) return [builtIn]
  const found = findImported(imported, name, lexicon.fold)
  if (found < 0) return []
  const linked = imported.nameLink[found] as number
  return linked > 0 ? [linked - 1] : importedTaxaOf(imported, found).map((own) => imported.link[own] as number)
}

/** Parts of France with a country code of their own, which ISO 3166-2 names in both ways (FR-RE and RE). */
const doubleCoded = /^FR-(BL|GF|GP|MF|MQ|NC|PF|PM|RE|TF|WF|YT)$/

function placeOf(code: string, places: Places): number {
  return findPlace(places, code.replace(doubleCoded, '$1'))
}

/** Codes of inventories that are no place of the built-in knowledge. */
export function unknownPlaces(stored: readonly StoredInventory[], places: Places): string[] {
  const codes = new Set(stored.flatMap(({ listed }) => listed.flatMap(([, , countries]) => countries)))
  return [...codes].filter((code) => placeOf(code, places) < 0).sort()
}
