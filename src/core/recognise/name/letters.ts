/** Kinds of characters in scientific names and in the names of authors, looked up in a table: one step a character. */

/** A capital that a genus begins with. */
export const nameCapital = 1
/** A small letter of a genus or an epithet. */
export const nameSmall = 2
/** A capital in an author's name. */
export const authorCapital = 4
/** A small letter in an author's name. */
export const authorSmall = 8
export const digit = 16

/** What a decoder puts where it could not read a letter. */
export const damaged = 0xfffd
export const space = 32
export const apostrophe = 39
export const dash = 45
export const fullStop = 46
export const hybridSign = 0xd7

/** Letters that the code writes with two (article 60.7) or that are ligatures. */
const twoLetters: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  å: 'ao',
  ø: 'oe',
  æ: 'ae',
  œ: 'oe',
  ſ: 's',
  ß: 'ss',
  ð: 'd',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

const tableEnd = 0x1f00
const kinds = kindTable()

function kindTable(): Uint8Array {
  const table = new Uint8Array(tableEnd)
  for (let unit = 0; unit < tableEnd; unit += 1) table[unit] = kindOfUnit(unit)
  return table
}

function kindOfUnit(unit: number): number {
  if (unit >= 48 && unit <= 57) return digit
  const letter = String.fromCharCode(unit)
  if (unit >= 128 && !/\p{Script=Latin}/u.test(letter)) return 0
  const ascii = unit < 128
  if (/\p{Lu}/u.test(letter)) return authorCapital | (ascii || 'ÆŒÖÄÅÜØÉËÏ'.includes(letter) ? nameCapital : 0)
  if (/\p{Ll}/u.test(letter)) return authorSmall | (ascii || plainLetters(letter) !== null ? nameSmall : 0)
  return 0
}

/** Kinds of a UTF-16 unit as bits; 0 for what is no letter or digit, and for letters of other scripts than Latin. */
export function kindOf(unit: number): number {
  if (unit < tableEnd) return kinds[unit] as number
  return unit === damaged ? nameSmall | authorSmall : 0
}

export function isOf(text: string, at: number, kind: number): boolean {
  return at < text.length && (kindOf(text.charCodeAt(at)) & kind) !== 0
}

/** A letter as the International Code of Nomenclature for algae, fungi, and plants writes it in a name; null when it has no such form. */
function plainLetters(letter: string): string | null {
  const two = twoLetters[letter]
  if (two !== undefined) return two
  const base = letter.normalize('NFD').charAt(0)
  return base >= 'a' && base <= 'z' ? base : null
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of plain letters is what is meant
const beyondAscii = /[^\u0000-\u007f\ufffd]/

/** A genus or epithet in plain letters: accents fall away, ligatures and umlauts become two letters. */
export function plainName(name: string): string {
  if (!beyondAscii.test(name)) return name
  let plain = ''
  for (const letter of name) {
    const small = letter.toLowerCase()
    const written = letter < '\u0080' ? null : plainLetters(small)
    if (written === null) plain += letter
    else plain += small === letter ? written : written.charAt(0).toUpperCase() + written.slice(1)
  }
  return plain
}

/** Endings that Latin and latinised genera and epithets have. */
const latinEndings =
  /(?:us|um|is|ii|ae|ea|ia|ra|la|na|ta|ca|da|sa|ga|va|ma|oa|ba|ua|pa|xa|za|fa|ya|ense|ensis|oides|odes|ides|opsis|yx|ix|ax|ex|ops|ys|ene|ne|on|ron|eri|ni|ri|ti|li|ei|si|di|ci|orum|arum|ens|ans|or|ile|are|ale|ago|igo|ndo|os|as|es|er|ctos|phyton)$/

/** Whether a word in small letters ends as Latin words do. Most words of other languages do not; some do. */
export function looksLatin(word: string): boolean {
  return word.length >= 4 && latinEndings.test(word)
}
