import { findPlace, type Places } from '../parcel/places.ts'
import { numberIn } from './number.ts'
import { isRecord, textOf } from './raw.ts'
import { lettersAndDigits } from './same-party.ts'
import { countryOfZone } from './zone.ts'

/** Facts that are told by an object and count as one. */
export const wholeFacts: ReadonlySet<string> = new Set([
  'description',
  'quantity',
  'value',
  'totalValue',
  'postage',
  'nature',
  'receipt',
])

const countries: ReadonlySet<string> = new Set(['originCountry', 'dispatchCountry', 'destinationCountry', 'country'])
const numbers: ReadonlySet<string> = new Set(['quantity', 'netWeightKg', 'grossWeightKg'])
const words: ReadonlySet<string> = new Set(['description', 'category'])
const money: ReadonlySet<string> = new Set(['value', 'totalValue', 'postage'])

/**
 * The value that two partners agree on, or undefined where they disagree. Written differently is no disagreement (1.450 and 1.45, UK
 * and GB, capitals and spaces), and what says more wins over what says less of the same (XI over GB, ten digits of an HS code over six).
 */
export function agreed(field: string, [one, other]: readonly [unknown, unknown], places: Places): unknown {
  if (countries.has(field)) return agreedPlace(one, other, places)
  // A comma may change what words say: of them only spaces are not looked at.
  if (words.has(field)) return spaced(one) === spaced(other) ? one : undefined
  const [left, right] = [plainFact(field, one), plainFact(field, other)]
  if (left === right) return one
  if (field !== 'hs') return undefined
  return left.startsWith(right) ? one : right.startsWith(left) ? other : undefined
}

function spaced(value: unknown): string {
  return (textOf(isRecord(value) ? value['raw'] : value) ?? '').trim().replace(/\s+/g, ' ')
}

function agreedPlace(one: unknown, other: unknown, places: Places): unknown {
  const [left, right] = [codeOf(one, places), codeOf(other, places)]
  if (left === right) return one
  if (countryOfZone(left, places) === right) return one
  return countryOfZone(right, places) === left ? other : undefined
}

function codeOf(value: unknown, places: Places): string {
  const text = textOf(value) ?? ''
  const place = findPlace(places, text)
  return place < 0 ? text.trim().toUpperCase() : (places.codes[place] as string)
}

/** A fact in the form in which two ways of writing it are one. */
export function plainFact(field: string, value: unknown): string {
  if (numbers.has(field)) return plainNumber(isRecord(value) ? value['value'] : value)
  if (money.has(field) && isRecord(value))
    return `${plainNumber(value['amount'])} ${plainText(value['currency'])} ${value['basis'] === 'unit'}`
  if (isRecord(value)) return 'raw' in value ? plainText(value['raw']) : JSON.stringify(value)
  return plainText(value)
}

function plainNumber(value: unknown): string {
  const text = textOf(value) ?? ''
  return String(numberIn(text) ?? text.trim())
}

function plainText(value: unknown): string {
  if (typeof value === 'boolean') return String(value)
  const text = textOf(value) ?? ''
  const plain = lettersAndDigits(text)
  return plain === '' ? text.trim() : plain
}
