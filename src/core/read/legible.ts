import type { Legible, Mended } from '../parcel/parcel.ts'
import { isLetterCode, namedSign } from './signs.ts'

/** A run of the declared text, and what stands in its place. */
interface Mend {
  readonly length: number
  readonly text: string
  readonly kind: Mended
}

const broken =
  /&#?\w{2,8};|<\/?[a-z][a-z0-9]{0,9}[ /]{0,2}>|%[\dA-F]{2}|\\u[\da-f]{4}|[Â-ß][\u0080-¿\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u2122]|[à-ô][\u0080-¿\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u2122]{2}|[РС][\u0402-\u040f\u0452-\u045f\u2010-\u2122¤-»]/iu

/** Whether any letter is one that `broken` begins with: most texts have none, and are not searched. */
function mayBeBroken(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xc2 || unit === 37 || unit === 38 || unit === 60 || unit === 92) return true
  }
  return false
}

/**
 * The text as it was meant, where it was broken on its way: HTML signs, percent signs of addresses, escapes of JSON, and UTF-8
 * that was read as Windows-1252 or Windows-1251. Null when nothing in it is broken; units beyond `limit` are left out.
 */
export function legible(declared: string, limit: number): Legible | null {
  if (!mayBeBroken(declared) || !broken.test(declared)) return null
  const pieces: string[] = []
  const from: number[] = []
  const mended = new Set<Mended>()
  const end = Math.min(declared.length, limit)
  for (let at = 0; at < end; ) {
    const mend = mendAt(declared, at)
    const text = mend === null ? declared.charAt(at) : mend.text
    for (let unit = 0; unit < text.length; unit += 1) from.push(at)
    pieces.push(text)
    if (mend !== null) mended.add(mend.kind)
    at += mend?.length ?? 1
  }
  if (mended.size === 0) return null
  from.push(end)
  const text = pieces.join('')
  const again = text.length < end ? legible(text, limit) : null
  if (again === null) return { text, from: Uint32Array.from(from), mended: [...mended] }
  return {
    text: again.text,
    from: again.from.map((unit) => from[unit] as number),
    mended: [...new Set([...mended, ...again.mended])],
  }
}

function mendAt(text: string, at: number): Mend | null {
  const unit = text.charCodeAt(at)
  if (unit === 38) return sign(text, at)
  if (unit === 60) return tag(text, at)
  if (unit === 37) return percent(text, at)
  if (unit === 92) return escaped(text, at)
  return unit < 0xc2 ? null : encoding(text, at)
}

const signPattern = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}\d?));/iy

/** `&amp;`, `&eacute;`, `&#233;`, `&#xe9;`. */
function sign(text: string, at: number): Mend | null {
  signPattern.lastIndex = at
  const match = signPattern.exec(text)
  if (match === null) return null
  const [whole, decimal, hexadecimal, name] = match
  const code =
    decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : -1
  const meant = name !== undefined ? namedSign(name) : isLetterCode(code) ? String.fromCodePoint(code) : null
  return meant === null ? null : { length: whole.length, text: meant, kind: 'html' }
}

const tagPattern = /<\/?[a-z][a-z0-9]{0,9}[ /]{0,2}>/iy

/** `<br/>`, `</b>`: a tag divides. */
function tag(text: string, at: number): Mend | null {
  tagPattern.lastIndex = at
  const match = tagPattern.exec(text)
  return match === null ? null : { length: match[0].length, text: ' ', kind: 'html' }
}

/** `%20`, `%C3%A9`: bytes of UTF-8, as addresses of pages write them. A share ("50%20 pcs") has no letter behind it. */
function percent(text: string, at: number): Mend | null {
  const bytes: number[] = []
  while (bytes.length < 4 && /^%[\dA-F]{2}$/i.test(text.slice(at + bytes.length * 3, at + bytes.length * 3 + 3)))
    bytes.push(Number.parseInt(text.slice(at + bytes.length * 3 + 1, at + bytes.length * 3 + 3), 16))
  if (bytes.length === 0) return null
  const first = bytes[0] as number
  if (first < 0x80) {
    const digitBefore = /\d/.test(text.charAt(at - 1))
    return first < 32 || digitBefore ? null : { length: 3, text: String.fromCharCode(first), kind: 'percent' }
  }
  const letter = letterOf(bytes)
  return letter === null ? null : { length: letter.bytes * 3, text: letter.text, kind: 'percent' }
}

/** `\u00e9`, as JSON writes a letter. */
function escaped(text: string, at: number): Mend | null {
  const digits = /^\\u([\da-f]{4})$/i.exec(text.slice(at, at + 6))?.[1]
  const code = digits === undefined ? -1 : Number.parseInt(digits, 16)
  return code >= 0xa0 ? { length: 6, text: String.fromCharCode(code), kind: 'escape' } : null
}

/** The letters of Windows-1252 and Windows-1251 at 0x80 to 0x9f (0xbf), where they are not those of Latin-1. */
const western = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const cyrillic = 'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї'

function westernByte(unit: number): number {
  if (unit < 0x100) return unit
  const at = western.indexOf(String.fromCharCode(unit))
  return at < 0 ? -1 : 0x80 + at
}

function cyrillicByte(unit: number): number {
  if (unit >= 0x410 && unit <= 0x44f) return unit - 0x410 + 0xc0
  const at = cyrillic.indexOf(String.fromCharCode(unit))
  return at < 0 ? -1 : 0x80 + at
}

/** UTF-8 read letter by letter as another encoding: `Ã©` for é, `РЎ` for С. */
function encoding(text: string, at: number): Mend | null {
  return encodedBy(westernByte, text, at) ?? (isCyrillicPair(text, at) ? encodedBy(cyrillicByte, text, at) : null)
}

/**
 * Р and С are letters of words as well: what follows must be a sign that no word holds, here, in the next pair, or, for a letter
 * that words hold after them in Ukrainian (Сік, Ріпа), in the pair before.
 */
function isCyrillicPair(text: string, at: number): boolean {
  return (
    /^[РС][^А-яЁёІіЇїЄєҐґA-Za-z\s\d]/u.test(text.slice(at, at + 2)) ||
    /^[РС].[РС][^А-яЁёІіЇїЄєҐґ\s]/u.test(text.slice(at, at + 4)) ||
    /^[РС][^А-яЁёІіЇїЄєҐґA-Za-z\s\d][РС][ІіЇїЄєҐґ]/u.test(text.slice(Math.max(at - 2, 0), at + 2))
  )
}

function encodedBy(byteOf: (unit: number) => number, text: string, at: number): Mend | null {
  const bytes: number[] = []
  for (let next = at; next < at + 4 && next < text.length; next += 1) {
    const byte = byteOf(text.charCodeAt(next))
    if (byte < 0x80) break
    bytes.push(byte)
  }
  const letter = letterOf(bytes)
  return letter === null ? null : { length: letter.bytes, text: letter.text, kind: 'encoding' }
}

/** The letter that the first bytes are in UTF-8, or null when they are none. */
function letterOf(bytes: readonly number[]): { text: string; bytes: number } | null {
  const [first = 0] = bytes
  const size =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  if (size === 0 || bytes.length < size) return null
  let code = first & (0xff >> (size + 1))
  for (let at = 1; at < size; at += 1) {
    const byte = bytes[at] as number
    if (byte < 0x80 || byte > 0xbf) return null
    code = (code << 6) | (byte & 0x3f)
  }
  const smallest = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000
  if (code < smallest || !isLetterCode(code)) return null
  return { text: String.fromCodePoint(code), bytes: size }
}
