import { findPlace, type Places } from './places.ts'
import type { Taxa } from './taxa.ts'

/** A list of species that are invasive in some countries, as a user imported it. It is no law: it labels and decides nothing. */
export interface Inventory {
  /** Name of the import. */
  readonly name: string
  /** Day of the import, as 2026-11-24. */
  readonly on: string
  /** What is listed, a number for each taxon and country (`listingNumber`), sorted; threads share it. */
  readonly listed: Float64Array
}

/** One taxon that an inventory lists for one country. */
export interface Listing {
  readonly inventory: Inventory
  readonly taxon: number
  readonly country: number
}

/** Tells what inventories list of a taxon for a destination. */
export type ListingsOf = (taxon: number, destination: number) => readonly Listing[]

/** The number that stands for a taxon in a country. */
export function listingNumber(taxon: number, country: number, places: Places): number {
  return taxon * places.codes.length + country
}

/** Makes the look-up in inventories, or null where there are none. */
export function listingsIn(
  inventories: readonly Inventory[] | undefined,
  taxa: Taxa,
  places: Places,
): ListingsOf | null {
  if (inventories === undefined || inventories.length === 0) return null
  const countryOf = countries(places)
  return (taxon, destination) => {
    let found: Listing[] | null = null
    for (const inventory of inventories) {
      const listing = firstListing(inventory, { taxon, destination, taxa, places, countryOf })
      if (listing === null) continue
      if (found === null) found = [listing]
      else found.push(listing)
    }
    return found ?? nothing
  }
}

/** Most plants are listed nowhere: no list is made for them. */
const nothing: readonly Listing[] = []

interface Asked {
  readonly taxon: number
  readonly destination: number
  readonly taxa: Taxa
  readonly places: Places
  readonly countryOf: (place: number) => number
}

/**
 * Tells which place a place is a part of, or -1. Zones that law treats apart (Northern Ireland, the Canary Islands) are parts of their
 * country here: an inventory is no law, and lists by country.
 */
function countries(places: Places): (place: number) => number {
  const zones = new Map(places.zones.map(({ zone, country }) => [findPlace(places, zone), findPlace(places, country)]))
  return (place) => {
    const whole = places.partOf[place] ?? -1
    return whole >= 0 ? whole : (zones.get(place) ?? -1)
  }
}

/** The nearest listing: of the taxon or the species it belongs to, for the place or the country it is a part of. */
function firstListing(inventory: Inventory, { taxon, destination, taxa, places, countryOf }: Asked): Listing | null {
  for (const one of withSpecies(taxon, taxa))
    for (let country = destination; country >= 0; country = countryOf(country))
      if (includes(inventory.listed, listingNumber(one, country, places))) return { inventory, taxon: one, country }
  return null
}

/** A taxon and what stands above it up to its species: a genus that is listed does not tell which of its species is meant. */
function withSpecies(taxon: number, taxa: Taxa): number[] {
  const line = [taxon]
  for (let at = taxon; isBelowSpecies(taxa.ranks[at]) && line.length < 8; ) {
    at = taxa.parents[at] ?? -1
    if (at < 0 || taxa.ranks[at] === 'genus') break
    line.push(at)
  }
  return line
}

function isBelowSpecies(rank: string | undefined): boolean {
  return rank === 'subspecies' || rank === 'variety' || rank === 'form'
}

function includes(sorted: Float64Array, wanted: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return sorted[low] === wanted
}
