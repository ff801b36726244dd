import { type Raw, textOf } from './raw.ts'
import { addressOf } from './zone.ts'

/** Fields that tell two people of one name apart, the first that is told; with how each is made alike. */
const marks = [
  ['postcode', lettersAndDigits],
  ['email', (text: string) => text.trim().toLowerCase()],
  ['telephone', telephone],
  ['phone', telephone],
  ['eori', lettersAndDigits],
  ['vatNumber', lettersAndDigits],
  ['iossNumber', lettersAndDigits],
  ['taxNumber', lettersAndDigits],
  ['account', lettersAndDigits],
] as const

/**
 * The text whose keyed hash says "the same party": name, country and the first of postcode, e-mail, telephone, EORI, VAT number, IOSS
 * number, tax number and account that is told. Upper and lower case, spaces, punctuation, full-width and other compatible
 * letters (NFKC) make no difference; null where neither a name nor a mark is told.
 *
 * Its limits: it is the same in every role, but another spelling, another script, another order of the names, a move to another postcode,
 * or a message that tells the e-mail and not the postcode is another party; two people of one name in one postcode are one,
 * and a name and a country alone make all who share them one. So "the same" suggests, and proves nothing.
 */
export function samePartyText(party: Raw, country: string | null): string | null {
  const name = textOf(party['name']) ?? textOf(party['organisation'])
  const plain = name === null ? '' : lettersAndDigits(name)
  const mark = markOf(party)
  if (plain === '' && (mark === '' || mark.startsWith('postcode'))) return null
  return `${plain}|${country ?? ''}|${mark}`
}

function markOf(party: Raw): string {
  const address = addressOf(party)
  for (const [field, alike] of marks) {
    const text = textOf(field === 'postcode' ? (address[field] ?? party[field]) : party[field])
    const mark = text === null ? '' : alike(text)
    if (mark !== '') return `${field === 'phone' ? 'telephone' : field}:${mark}`
  }
  return ''
}

/** Digits alone, without the signs of an international number. */
function telephone(text: string): string {
  const digits = lettersAndDigits(text)
  return digits.startsWith('00') ? digits.slice(2) : digits
}

/** Letters and digits alone, without case and compatible forms. */
export function lettersAndDigits(text: string): string {
  let plain = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if ((unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57)) continue
    if (unit > 126) return otherLetters(text)
    if (at > from) plain += text.slice(from, at)
    from = at + 1
    if (unit >= 65 && unit <= 90) plain += String.fromCharCode(unit + 32)
  }
  return from === 0 ? text : plain + text.slice(from)
}

/** Upper case first: ß and ss, ς and σ are then the same. */
function otherLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
}
