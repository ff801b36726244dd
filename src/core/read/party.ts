import type { Places } from '../parcel/places.ts'
import { findPlace } from '../parcel/places.ts'
import { isRecord, type Raw, textOf } from './raw.ts'
import { samePartyText } from './same-party.ts'
import { addressOf, zoneOf } from './zone.ts'

/** Who may stand behind a parcel, each a person of its own. */
export const roles = [
  'seller',
  'marketplace',
  'dispatcher',
  'sender',
  'declarant',
  'iossHolder',
  'addressee',
  'importer',
  'operator',
] as const
export type Role = (typeof roles)[number]

/** What remains of a party: who it is only as "the same as before", and what law may ask about it. */
export interface Party {
  /** The keyed pseudonym, or null where too little is told to say who it is. */
  readonly pseudonym: string | null
  readonly country: string | null
  /** The zone of the country that law names, where the address lies in one. */
  readonly zone?: string
  /** Null where nobody told it. */
  readonly naturalPerson: boolean | null
  readonly placingOnTheMarket: boolean | null
  /** private-person, institution or trader, as told. */
  readonly kind?: string
  /** Name of an organisation, of marketplaces and operators only. */
  readonly organisation?: string
}

/** What was taken out of a party: to be encrypted, shown to whoever may see it, and deleted on schedule. */
export type Person = Readonly<Record<string, unknown>>

/** Fields of a party that speak of a person. What is neither here nor in `partyFacts` is not kept at all. */
export const personalFields: ReadonlySet<string> = new Set([
  'name',
  'organisation',
  'address',
  'lines',
  'street',
  'city',
  'postcode',
  'region',
  'state',
  'province',
  'county',
  'email',
  'telephone',
  'phone',
  'taxNumber',
  'taxNumbers',
  'vatNumber',
  'eori',
  'iossNumber',
  'identityNumber',
  'account',
])

/** Fields of a party that stay: facts that law may ask about. */
export const partyFacts: ReadonlySet<string> = new Set(['country', 'kind', 'naturalPerson', 'placingOnTheMarket'])

/** Names under which the addressee is declared: one role. */
const addresseeNames = ['addressee', 'recipient'] as const

/** A party as declared, and where it stands in the record. */
export interface DeclaredParty {
  readonly party: unknown
  readonly at: string
}

/** The party of a role as declared, under `parties` or beside the other fields; undefined where nobody is told. */
export function declaredParty(record: Raw, role: Role): DeclaredParty | undefined {
  if (role !== 'addressee') return declaredUnder(record, role)
  for (const name of addresseeNames) {
    const found = declaredUnder(record, name)
    if (found !== undefined) return found
  }
  return undefined
}

function declaredUnder(record: Raw, name: string): DeclaredParty | undefined {
  const parties = record['parties']
  const inner = isRecord(parties) ? parties[name] : undefined
  if (inner !== undefined && inner !== null) return { party: inner, at: `parties.${name}` }
  const own = record[name]
  return own === undefined || own === null ? undefined : { party: own, at: name }
}

/** Country of a party as declared: of its address, else its own. */
export function countryText(party: Raw): string | null {
  return textOf(addressOf(party)['country']) ?? textOf(party['country'])
}

/** A party in two: what is decided on, and the person. */
export interface ReducedParty {
  readonly party: Party
  readonly person: Person | null
}

/** What reducing needs to know of the world: places, and the keyed hash that makes pseudonyms. */
export interface Reducing {
  readonly places: Places
  readonly pseudonym: (text: string) => string
}

const kinds: ReadonlySet<unknown> = new Set(['private-person', 'institution', 'trader'])

type Made = { -readonly [Field in keyof Party]: Party[Field] }

/** Takes the person out of a party. A party told as a text is taken for its name. */
export function reduceParty(declared: unknown, role: Role, { places, pseudonym }: Reducing): ReducedParty | null {
  const name = isRecord(declared) ? null : textOf(declared)
  if (name === null && !isRecord(declared)) return null
  const raw: Raw = isRecord(declared) ? declared : { name }
  const place = findCountry(raw, places)
  const country = place < 0 ? null : (places.codes[place] as string)
  const text = samePartyText(raw, country)
  const zone = country === null ? null : zoneOf(country, addressOf(raw), places)
  const naturalPerson = factOf(raw['naturalPerson'])
  const kind = raw['kind']
  const organisation = naturalPerson === true ? null : organisationOf(raw, role)
  const party: Made = {
    pseudonym: text === null ? null : pseudonym(text),
    country,
    naturalPerson,
    placingOnTheMarket: factOf(raw['placingOnTheMarket']),
  }
  if (zone !== null && zone !== country) party.zone = zone
  if (kinds.has(kind)) party.kind = kind as string
  if (organisation !== null) party.organisation = organisation
  return { party, person: personOf(raw) }
}

function findCountry(raw: Raw, places: Places): number {
  const text = countryText(raw)
  return text === null ? -1 : findPlace(places, text)
}

function factOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** A marketplace is called by its name; an operator only where the name is told to be that of an organisation. */
function organisationOf(raw: Raw, role: Role): string | null {
  if (role !== 'marketplace' && role !== 'operator') return null
  const isOrganisation = role === 'marketplace' || raw['naturalPerson'] === false
  return textOf(raw['organisation']) ?? (isOrganisation ? textOf(raw['name']) : null)
}

function personOf(raw: Raw): Person | null {
  let person: Record<string, unknown> | null = null
  for (const field in raw) {
    const value = raw[field]
    if (value === null || value === '' || !personalFields.has(field)) continue
    if (person === null) person = {}
    person[field] = value
  }
  return person
}
