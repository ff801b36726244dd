/** Letters and digits of Crockford's base 32: none that are taken for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Check characters of Crockford's base 32 are of base 37; these stand for 32 to 36. */
const checkDigits = `${digits}*~$=U`

/** Characters of a receipt's number that are drawn: 60 bits. */
const drawn = 12

/** Bytes that a receipt's id is made of. */
export const receiptBytes = 8

/**
 * The id of a receipt from bytes that nobody can guess: `GL-XXXX-XXXX-XXXX-C`, 19 characters, so that it fits in a field of a CN 23.
 * C is Crockford's check character (modulo 37). Numbers whose check character is a sign are moved on to one that is a letter or digit.
 */
export function receiptId(bytes: Uint8Array): string {
  if (bytes.length < receiptBytes) throw new RangeError(`A receipt's id is made of ${receiptBytes} bytes.`)
  let number = 0n
  for (let at = 0; at < receiptBytes; at += 1) number = (number << 8n) | BigInt(bytes[at] as number)
  number &= (1n << 60n) - 1n
  if (isSign(number)) number = number >= 4n ? number - 4n : number + 4n
  if (isSign(number)) number -= 4n
  return written(number)
}

/** The id that a text means, in its one form, or null where it is none or its check character does not fit. */
export function readReceiptId(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  const letters = (plain.startsWith('GL') ? plain.slice(2) : plain).replace(/O/g, '0').replace(/[IL]/g, '1')
  if (letters.length !== drawn + 1) return null
  let number = 0n
  for (const letter of letters.slice(0, drawn)) {
    const digit = digits.indexOf(letter)
    if (digit < 0) return null
    number = number * 32n + BigInt(digit)
  }
  return checkDigits[Number(number % 37n)] === letters[drawn] ? written(number) : null
}

/** Whether the check character of a number is one of the signs, which not every form takes. */
function isSign(number: bigint): boolean {
  const check = number % 37n
  return check >= 32n && check <= 35n
}

function written(number: bigint): string {
  let text = ''
  for (let rest = number, at = 0; at < drawn; at += 1, rest /= 32n) text = (digits[Number(rest % 32n)] as string) + text
  const groups = [text.slice(0, 4), text.slice(4, 8), text.slice(8)]
  return `GL-${groups.join('-')}-${checkDigits[Number(number % 37n)]}`
}
