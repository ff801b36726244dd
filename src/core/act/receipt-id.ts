/** Letters and digits of Crockford's base 32: none that are taken for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Check characters of Crockford's base 32 are of base 37; these stand for 32 to 36. */
const checkDigits = `${digits}*~$=U`

/** Characters of a receipt's number that are drawn: 60 bits. */
const drawn = 12
const half = drawn / 2

/** Bytes that a receipt's id is made of. */
export const receiptBytes = 8

/** Half of a receipt's number: 30 bits, which six digits write and plain arithmetic holds. */
const halfSize = 2 ** 30

/**
 * The id of a receipt from bytes that nobody can guess: `GL-XXXX-XXXX-XXXX-C`, 19 characters, so that it fits in a field of a CN 23.
 * C is Crockford's check character (modulo 37). Numbers whose check character is a sign are moved on to one that is a letter or digit.
 */
export function receiptId(bytes: Uint8Array): string {
  if (bytes.length < receiptBytes) throw new RangeError(`A receipt's id is made of ${receiptBytes} bytes.`)
  const high = halfOf(bytes, 0)
  const low = halfOf(bytes, 4)
  const check = checkOf(high, low)
  // Four less, or four more, is another remainder: of 32 to 35 both ways lead out of the signs.
  const isSign = check >= 32 && check <= 35
  return written(high, isSign ? (low >= 4 ? low - 4 : low + 4) : low)
}

function halfOf(bytes: Uint8Array, at: number): number {
  let half = 0
  for (let next = at; next < at + 4; next += 1) half = half * 256 + (bytes[next] as number)
  return half % halfSize
}

/** Remainder of the whole number by 37. */
function checkOf(high: number, low: number): number {
  return ((high % 37) * (halfSize % 37) + low) % 37
}

/** The id that a text means, in its one form, or null where it is none or its check character does not fit. */
export function readReceiptId(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  const letters = (plain.startsWith('GL') ? plain.slice(2) : plain).replace(/O/g, '0').replace(/[IL]/g, '1')
  if (letters.length !== drawn + 1) return null
  const halves = [numberOf(letters.slice(0, half)), numberOf(letters.slice(half, drawn))]
  const [high = -1, low = -1] = halves
  if (high < 0 || low < 0) return null
  return checkDigits[checkOf(high, low)] === letters[drawn] ? written(high, low) : null
}

/** The number that digits write, or -1 where one of them is none. */
function numberOf(text: string): number {
  let number = 0
  for (const letter of text) {
    const digit = digits.indexOf(letter)
    if (digit < 0) return -1
    number = number * 32 + digit
  }
  return number
}

function written(high: number, low: number): string {
  const text = writtenHalf(high) + writtenHalf(low)
  return `GL-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}-${checkDigits[checkOf(high, low)]}`
}

function writtenHalf(number: number): string {
  let text = ''
  for (let rest = number, at = 0; at < half; at += 1, rest = Math.floor(rest / 32))
    text = (digits[rest % 32] as string) + text
  return text
}
