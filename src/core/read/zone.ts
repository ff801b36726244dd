import type { Places } from '../parcel/places.ts'
import { isRecord, type Raw, textOf } from './raw.ts'

/** Zones of one country that law treats apart, by beginning of the postcode and by name or code of the region. */
interface Zones {
  readonly postcodes: readonly { readonly postcode: string; readonly zone: string }[]
  readonly regions: ReadonlyMap<string, string>
}

interface ZoneIndex {
  readonly zones: ReadonlyMap<string, Zones>
  /** Country of each zone. */
  readonly countryOf: ReadonlyMap<string, string>
}

const known = new WeakMap<Places, ZoneIndex>()

/** Fields of an address that name its region, in the order in which they are asked. */
const regionFields = ['region', 'state', 'province', 'county', 'zone'] as const

/**
 * The zone that law names in which an address of a country lies (Belfast: XI; Honolulu: US-HI; Perth with its state: AU-WA), else the
 * country. Postcode first, then region, state or province by code or name. `address` may be an address, or a party already reduced.
 */
export function zoneOf(country: string, address: Raw, places: Places): string {
  const zones = zonesIn(places).zones.get(country)
  if (zones === undefined) return country
  const postcode = textOf(address['postcode'])?.replace(/\s/g, '').toUpperCase()
  const found = postcode === undefined ? undefined : zones.postcodes.find((one) => postcode.startsWith(one.postcode))
  return found?.zone ?? zoneOfRegion(zones, address) ?? country
}

/** The country that a zone which law treats apart belongs to (XI: GB, US-HI: US), or undefined. */
export function countryOfZone(zone: string, places: Places): string | undefined {
  return zonesIn(places).countryOf.get(zone)
}

/** The address of a party: its `address`, or the party itself where it is written flat. */
export function addressOf(party: Raw): Raw {
  const address = party['address']
  return isRecord(address) ? address : party
}

function zoneOfRegion({ regions }: Zones, address: Raw): string | undefined {
  for (const field of regionFields) {
    const region = textOf(address[field])
    const zone = region === null ? undefined : regions.get(region.trim().toUpperCase())
    if (zone !== undefined) return zone
  }
  return undefined
}

function zonesIn(places: Places): ZoneIndex {
  const before = known.get(places)
  if (before !== undefined) return before
  const made = new Map<string, { postcodes: { postcode: string; zone: string }[]; regions: Map<string, string> }>()
  const of = (country: string) => {
    const zones = made.get(country) ?? { postcodes: [], regions: new Map<string, string>() }
    made.set(country, zones)
    return zones
  }
  const countryOf = new Map<string, string>()
  for (const { country, postcode, zone } of places.zones) {
    of(country).postcodes.push({ postcode, zone })
    countryOf.set(zone, country)
  }
  places.partOf.forEach((whole, part) => {
    if (whole >= 0) countryOf.set(places.codes[part] as string, places.codes[whole] as string)
  })
  places.codes.forEach((code, place) => {
    const country = countryOf.get(code)
    if (country !== undefined) of(country).regions.set((places.names[place] ?? '').toUpperCase(), code)
  })
  for (const [text, place] of Object.entries(places.numberOf)) addCode(text, places.codes[place] as string)
  const index = { zones: made, countryOf }
  known.set(places, index)
  return index

  /** A code or alias of the zone, whole and without its country: US-HI, HI. */
  function addCode(text: string, code: string): void {
    const country = countryOf.get(code)
    if (country === undefined) return
    of(country).regions.set(text.toUpperCase(), code)
    if (text.startsWith(`${country}-`)) of(country).regions.set(text.slice(country.length + 1).toUpperCase(), code)
  }
}
