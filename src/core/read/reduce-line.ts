import type { Problem } from '../parcel/parcel.ts'
import { hasUnknown, tellUnknown } from './field-names.ts'
import { isRecord, type Raw } from './raw.ts'

/** Fields of an item line. `path` tells nothing that its position does not. */
export const lineFields: ReadonlySet<string> = new Set([
  'description',
  'category',
  'hs',
  'originCountry',
  'quantity',
  'netWeightKg',
  'weightBasis',
  'value',
  'receipt',
  'index',
  'path',
])

/** A part of content while it is made. Fields are set in one order always, so that its JSON text is canonical. */
export type Made = Record<string, unknown>

/** An item line with known fields only; what is no object becomes an empty value of its kind. */
export function reduceLine(value: unknown, at: number, problems: Problem[]): unknown {
  if (!isRecord(value)) return emptyOfKind(value)
  if (hasUnknown(value, lineFields)) tellUnknown(value, lineFields, `lines[${at}]`, problems)
  const line: Made = {}
  // A number that is not the position tells which line of an earlier message is meant.
  if (isTold(value['index']) && Number(value['index']) !== at + 1) line['index'] = value['index']
  addLineFields(value, line)
  return line
}

/** Puts what an item line declares into content. Codes told as `{ raw }` and amounts told as `{ value }` become plain. */
export function addLineFields(from: Raw, to: Made): void {
  const description = from['description']
  if (description !== undefined) to['description'] = describedAs(description)
  if (from['category'] !== undefined) add(to, 'category', category(from['category']))
  const hs = isRecord(from['hs']) ? from['hs']['raw'] : from['hs']
  if (isTold(hs)) to['hs'] = hs
  const origin = from['originCountry']
  if (isTold(origin)) to['originCountry'] = origin
  addQuantity(to, from['quantity'])
  const weight = amount(from['netWeightKg'])
  if (isTold(weight)) to['netWeightKg'] = weight
  addBasis(to, from['weightBasis'])
  addValue(to, 'value', from['value'])
  addReceipt(to, from['receipt'])
}

/** Whether a text or a number is told. */
export function isTold(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'number' && Number.isFinite(value)
}

/** Sets a field where a text or a number is told; fields of most records are set one by one, which is faster. */
export function add(to: Made, field: string, value: unknown): void {
  if (isTold(value)) to[field] = value
}

/** A number, a text, or an object with a `value`, as the reader of amounts takes them. */
export function amount(value: unknown): unknown {
  return isRecord(value) ? (value['value'] ?? value['amount']) : value
}

/** An amount of money with its currency. */
export function addValue(to: Made, field: string, value: unknown): void {
  if (!isRecord(value)) return
  const money: Made = {}
  const number = amount(value['amount'])
  if (isTold(number)) money['amount'] = number
  if (isTold(value['currency'])) money['currency'] = value['currency']
  if (isTold(value['basis'])) money['basis'] = value['basis']
  to[field] = money
}

/** A claim of a check made before the sale: its short id, or the id with the signed text. */
export function addReceipt(to: Made, value: unknown): void {
  if (value === undefined) return
  if (!isRecord(value)) {
    add(to, 'receipt', value)
    return
  }
  const receipt: Made = {}
  add(receipt, 'id', value['id'])
  add(receipt, 'jws', value['jws'])
  to['receipt'] = receipt
}

/** An empty value of the same kind: what was expected and what came can still be told, and nothing of it is kept. */
export function emptyOfKind(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (typeof value === 'object') return value === null ? null : {}
  if (typeof value === 'string') return ''
  return typeof value === 'number' ? 0 : typeof value === 'boolean' ? false : null
}

function describedAs(description: unknown): unknown {
  if (typeof description === 'string') return description
  if (!isRecord(description)) return null
  const raw = description['raw']
  const lang = description['lang']
  const text = typeof raw === 'string' ? raw : ''
  return typeof lang === 'string' ? { raw: text, lang } : { raw: text }
}

function category(value: unknown): unknown {
  const own = isRecord(value) ? (value['raw'] ?? value['path'] ?? value['id']) : value
  return Array.isArray(own) ? own.filter((step) => typeof step === 'string').join(' > ') : own
}

function addQuantity(to: Made, value: unknown): void {
  if (!isRecord(value)) {
    add(to, 'quantity', value)
    return
  }
  const quantity: Made = {}
  const number = amount(value)
  if (isTold(number)) quantity['value'] = number
  if (isTold(value['unit'])) quantity['unit'] = value['unit']
  to['quantity'] = quantity
}

function addBasis(to: Made, basis: unknown): void {
  if (basis === undefined || basis === null) return
  to['weightBasis'] = typeof basis === 'object' ? emptyOfKind(basis) : basis
}
