import type { CertificatePolicy, NumberForm } from './act-policy.ts'
import type { CertificateClaim } from './event-inspecting.ts'

/** A number as numbers are compared: capitals, without blanks and the signs `-`, `/`, `.`, `_`. */
export function normaliseNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐-―/.\\_]+/gu, '')
}

/** Whether people wrote that they have no number (n/a, 0, pending, xxxx). No number is not no certificate. */
export function isPlaceholder(number: string, { placeholders }: CertificatePolicy): boolean {
  const plain = normaliseNumber(number)
  // One sign again and again (0, 000, xxxx) names no certificate.
  if (plain === '' || /^(.)\1*$/u.test(plain) || !/[\p{L}\p{N}]/u.test(plain)) return true
  return placeholders.some((one) => normaliseNumber(one) === plain)
}

/** Why a number is none that an authority gives, or null: a key of `certificate-why.*`. */
export function numberFault(claim: CertificateClaim, policy: CertificatePolicy): string | null {
  const plain = normaliseNumber(claim.number ?? '')
  const signs = [...plain].length
  if (!/^[\p{L}\p{N}()+#:]+$/u.test(plain) || !/\p{N}/u.test(plain)) return 'number-without-digits'
  if (signs < policy.shortest) return 'number-too-short'
  if (signs > policy.longest) return 'number-too-long'
  const form = findForm(claim, policy)
  return form === undefined || fitsForm(plain, form.form, claim.issuer ?? '') ? null : 'number-not-of-issuer'
}

/** The form that a public source gives for numbers of this issuer. */
export function findForm({ paper, issuer }: CertificateClaim, { forms }: CertificatePolicy): NumberForm | undefined {
  return forms.find(({ papers, issuers }) => papers.includes(paper) && issuer !== null && issuers.includes(issuer))
}

/** Whether a normalised number has a form: `#` is a digit, `*` one letter or digit or more, `{issuer}` the issuer's code. */
export function fitsForm(number: string, form: string, issuer: string): boolean {
  const signs = normaliseNumber(form.replaceAll('{issuer}', issuer))
  const parts = signs.replaceAll(/[^#*\p{L}\p{N}]/gu, '\\$&')
  return new RegExp(`^${parts.replaceAll('#', '\\p{N}').replaceAll('*', '[\\p{L}\\p{N}]+')}$`, 'u').test(number)
}

/** How far two numbers agree. Signs that look alike (O and 0, I and 1) are other readings, never put in place of each other. */
export type NumberAgreement = 'same' | 'looks-alike' | 'same-ending' | 'different'

/** Compares two numbers: whole, then with signs that look alike, then by their last seven digits, which alone are no identity. */
export function compareNumbers(one: string, other: string): NumberAgreement {
  const [first, second] = [normaliseNumber(one), normaliseNumber(other)]
  if (first === '' || second === '') return 'different'
  if (first === second) return 'same'
  if (lookingAlike(first) === lookingAlike(second)) return 'looks-alike'
  const ending = lastSevenDigits(one)
  return ending !== null && ending === lastSevenDigits(other) ? 'same-ending' : 'different'
}

function lookingAlike(number: string): string {
  return number.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

/** The last seven digits in one run as written, behind which one letter may stand; null where a number ends with fewer. */
function lastSevenDigits(number: string): string | null {
  return /(\d{7})\p{L}?$/u.exec(number.normalize('NFKC').trim())?.[1] ?? null
}

/** Whether two claims are of one certificate: the same paper and number, for the same item. */
export function isSameCertificate(one: CertificateClaim, other: CertificateClaim): boolean {
  const number = normaliseNumber(one.number ?? '')
  return one.paper === other.paper && one.item === other.item && number === normaliseNumber(other.number ?? '')
}
