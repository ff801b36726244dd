import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Letters of a secret: 62 ^ 43 is more than 2 ^ 256. */
const secretLength = 43

/** Letters of the checksum: 62 ^ 6 is more than 2 ^ 32. */
const checkLength = 6

/** Random text of letters and digits, each as likely as the other. */
export function randomLetters(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is 4 × 62: larger bytes would make some letters likelier.
      if (byte < 248 && text.length < length) text += letters[byte % 62]
    }
  }
  return text
}

/** Two parts of a secret that is handed out: the name it is looked up by, and the whole text, shown once. */
export interface Made {
  readonly id: string
  readonly text: string
}

/**
 * Makes a secret as `gl_<id>_<secret><checksum>`. The checksum (CRC-32) lets scanners of leaked secrets tell a real one from a
 * text that looks like one, and refuses a mistyped one without asking the store.
 */
export function makeSecret(prefix: string, id: string = randomLetters(12)): Made {
  const body = `${prefix}_${id}_${randomLetters(secretLength)}`
  return { id, text: body + checksum(body) }
}

/** The id within a secret, or null where the text is none: wrong prefix, length, letters or checksum. */
export function idWithin(prefix: string, text: string): string | null {
  const shape = /^([a-z]+)_([0-9A-Za-z]{12})_([0-9A-Za-z]{49})$/.exec(text)
  if (shape === null || shape[1] !== prefix) return null
  const body = text.slice(0, -checkLength)
  return checksum(body) === text.slice(-checkLength) ? (shape[2] as string) : null
}

/**
 * What is stored of a secret: its SHA-256 in hexadecimal. A slow hash guards what people can guess; a secret of 256 random bits
 * cannot be guessed however fast the hash is, and it is hashed at every request.
 */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

function checksum(text: string): string {
  let number = crc32(text)
  let written = ''
  for (let at = 0; at < checkLength; at++) {
    written = letters[number % 62] + written
    number = Math.floor(number / 62)
  }
  return written
}
