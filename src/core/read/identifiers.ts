import { isRecord, nameOf } from './raw.ts'
import { s10CheckDigitFits } from './s10.ts'

/** Identifiers that name one parcel, in the order in which an answer calls it by them. */
export const identifierKinds = ['s10', 'houseBill', 'customsMrn', 'lrn', 'trackingNumber'] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/**
 * One name of a parcel, in the form in which two messages about it agree. An `lrn` is given by whoever lodged the message and is
 * unique among the messages of that partner only; posts use an S10 again after a year or more.
 */
export interface Identifier {
  readonly kind: IdentifierKind
  /** Upper case, without spaces. */
  readonly value: string
}

/** All identifiers that a record's `ids` tell. A tracking number of the form and check digit of an S10 is one. */
export function identifiersOf(ids: unknown): Identifier[] {
  if (!isRecord(ids)) return []
  const found: Identifier[] = []
  for (const kind of identifierKinds) {
    const text = nameOf(ids[kind])
    if (text === null) continue
    const value = plainIdentifier(text)
    if (value === '') continue
    const own = kind === 'trackingNumber' && s10CheckDigitFits(value) === true ? 's10' : kind
    if (!found.some((one) => one.kind === own && one.value === value)) found.push({ kind: own, value })
  }
  return found
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const unseen = /[\s\u0000-\u001f\u007f-\u009f]+/g

/** An identifier without spaces and control characters and in upper case; most are so already. */
function plainIdentifier(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const isPlain = unit < 127 && unit > 32 && !(unit >= 97 && unit <= 122)
    if (!isPlain) return text.replace(unseen, '').toUpperCase().toWellFormed()
  }
  return text
}
