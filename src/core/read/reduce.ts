import type { Problem } from '../parcel/parcel.ts'
import { findPlace, type Places } from '../parcel/places.ts'
import { tellUnknown } from './field-names.ts'
import { type Identifier, identifiersOf } from './identifiers.ts'
import { countryText, type DeclaredParty, declaredParty, roles } from './party.ts'
import { isRecord, type Raw, recordOf, shown, textOf } from './raw.ts'
import { documentKinds, mostLines } from './read.ts'
import {
  add,
  addLineFields,
  addReceipt,
  addValue,
  amount,
  emptyOfKind,
  isTold,
  lineFields,
  type Made,
  reduceLine,
} from './reduce-line.ts'
import { addParties, type People } from './reduce-parties.ts'
import { addressOf, zoneOf } from './zone.ts'

/** A message without its people. */
export interface Reduced {
  /** What is stored, digested and decided on; its JSON text is canonical, and `read` makes the same Parcel of it as of the message. */
  readonly content: unknown
  /** Personal fields by role, to be encrypted; null where there are none. */
  readonly people: People | null
  /** All names of the parcel; the first is what answers call it. */
  readonly identifiers: readonly Identifier[]
  /** What reducing found amiss. It stands in the content too, where `read` finds it. */
  readonly problems: readonly Problem[]
}

const known = {
  record: new Set(
    `ids stage mailClass transportMode transportDate postingDate route nature parties recipient grossWeightKg totalValue postage
    documents declaredRestriction codes receipt lines source dataQuality parcel ${roles.join(' ')} ${[...lineFields].join(' ')}`.split(
      /\s+/,
    ),
  ),
  ids: new Set('s10 houseBill customsMrn lrn trackingNumber orderNumber masterBill receptacle s10CheckOk'.split(' ')),
  route: new Set('dispatchCountry destinationCountry transitCountries'.split(' ')),
} as const

/**
 * Takes a raw record apart: known fields, people, identifiers. Parties keep a keyed pseudonym (`samePartyText` says of what), their
 * country and the zone that law names; addresses are dropped. Nothing throws.
 */
export function reduce(raw: unknown, places: Places, pseudonym: (text: string) => string): Reduced {
  const record = recordOf(raw)
  if (record === null) return { content: emptyOfKind(raw), people: null, identifiers: [], problems: [] }
  const problems: Problem[] = []
  const content: Made = {}
  tellUnknown(record, known.record, '', problems)
  addIds(record['ids'], content, problems)
  addWay(record, content)
  addRoute(record, content, { places, problems })
  addNature(record['nature'], content)
  const people = addParties(record, content, { places, pseudonym, problems })
  const gross = amount(record['grossWeightKg'])
  if (isTold(gross)) content['grossWeightKg'] = gross
  addValue(content, 'totalValue', record['totalValue'])
  addValue(content, 'postage', record['postage'])
  addDocuments(record['documents'], content)
  if (isTold(record['declaredRestriction'])) content['declaredRestriction'] = record['declaredRestriction']
  addCodes(record['codes'], content)
  addGoods(record, content, problems)
  if (problems.length > 0) content['problems'] = problems
  return { content, people, identifiers: identifiersOf(record['ids']), problems }
}

/** How and when the parcel goes. */
function addWay(record: Raw, content: Made): void {
  if (isTold(record['stage'])) content['stage'] = record['stage']
  // An empty mail class still says that the parcel goes by post.
  if (isTold(record['mailClass']) || record['mailClass'] === '') content['mailClass'] = record['mailClass']
  if (isTold(record['transportMode'])) content['transportMode'] = record['transportMode']
  if (isTold(record['transportDate'])) content['transportDate'] = record['transportDate']
  if (isTold(record['postingDate'])) content['postingDate'] = record['postingDate']
}

const idFields = [
  's10',
  'houseBill',
  'masterBill',
  'customsMrn',
  'lrn',
  'trackingNumber',
  'orderNumber',
  'receptacle',
] as const

function addIds(ids: unknown, content: Made, problems: Problem[]): void {
  if (!isRecord(ids)) return
  tellUnknown(ids, known.ids, 'ids', problems)
  const made: Made = {}
  for (const field of idFields) if (isTold(ids[field])) made[field] = ids[field]
  content['ids'] = made
}

interface Reading {
  readonly places: Places
  readonly problems: Problem[]
}

function addRoute(record: Raw, content: Made, reading: Reading): void {
  const own = record['route']
  const route = isRecord(own) ? own : {}
  if (isRecord(own)) tellUnknown(own, known.route, 'route', reading.problems)
  const made: Made = {}
  const to = destination(route['destinationCountry'], declaredParty(record, 'addressee'), reading)
  if (isTold(route['dispatchCountry'])) made['dispatchCountry'] = route['dispatchCountry']
  if (isTold(to)) made['destinationCountry'] = to
  const transit = route['transitCountries']
  if (Array.isArray(transit)) made['transitCountries'] = transit.map((one) => textOf(one))
  content['route'] = made
}

/** The destination as declared, or the zone of it in which the addressee's address lies. */
function destination(value: unknown, addressee: DeclaredParty | undefined, { places, problems }: Reading): unknown {
  const text = textOf(value)
  const place = text === null ? -1 : findPlace(places, text)
  if (addressee === undefined || !isRecord(addressee.party)) return value
  const { party, at } = addressee
  if (place >= 0) {
    const country = places.codes[place] as string
    const zone = zoneOf(country, addressOf(party), places)
    return zone === country ? value : zone
  }
  const written = countryText(party)
  if (written === null) return value
  const own = findPlace(places, written)
  if (own < 0)
    problems.push({ kind: 'country-unknown', at: `${at}.address.country`, facts: { value: codeOrNothing(written) } })
  // A destination that is told and unknown stays, so that it is told as a problem.
  if (text !== null || own < 0) return value
  return zoneOf(places.codes[own] as string, addressOf(party), places)
}

/** A text that may be a code of a country; any other may be part of an address, and is not shown. */
function codeOrNothing(text: string): string {
  return text.length <= 3 ? shown(text) : '…'
}

function addNature(nature: unknown, content: Made): void {
  if (!isRecord(nature)) {
    add(content, 'nature', nature)
    return
  }
  const made: Made = {}
  if (isTold(nature['code'])) made['code'] = nature['code']
  if (isTold(nature['upu136'])) made['upu136'] = nature['upu136']
  content['nature'] = made
}

function addDocuments(documents: unknown, content: Made): void {
  if (documents === undefined || documents === null) return
  if (!Array.isArray(documents)) {
    content['documents'] = emptyOfKind(documents)
    return
  }
  if (documents.length > 0) content['documents'] = documents.filter(isRecord).map(reduceDocument)
}

/** A paper as claimed: who issued it and on which day go with its number. */
function reduceDocument(document: Raw): Made {
  const made: Made = {}
  const kind = documentKinds.find((one) => one === document['kind'])
  if (kind !== undefined) made['kind'] = kind
  for (const field of ['rawKind', 'number', 'issuer', 'issuedOn', 'level']) add(made, field, document[field])
  return made
}

/** Codes of partners, raw: a text, or the system it belongs to, the code and its time. */
function addCodes(codes: unknown, content: Made): void {
  if (!Array.isArray(codes) || codes.length === 0) return
  content['codes'] = codes.flatMap((one) => {
    const made: Made = {}
    if (!isRecord(one)) add(made, 'code', one)
    else for (const field of ['system', 'code', 'at']) add(made, field, one[field])
    return made['code'] === undefined ? [] : [made]
  })
}

/** The item lines; a record without them is one line itself. */
function addGoods(record: Raw, content: Made, problems: Problem[]): void {
  const lines = record['lines']
  if (lines === undefined && record['description'] !== undefined) addLineFields(record, content)
  else addReceipt(content, record['receipt'])
  if (!Array.isArray(lines)) return
  // Of a record that is not read, only the number of its lines is kept.
  content['lines'] =
    lines.length > mostLines ? new Array(lines.length).fill(0) : lines.map((line, at) => reduceLine(line, at, problems))
}
