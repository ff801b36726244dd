/**
 * Folding of text before names are looked up: case, accents, width, punctuation and look-alike letters fall away, and
 * every folded unit remembers the UTF-16 unit it came from. Terms are folded in the same way when they are compiled.
 */

/** A soft break: words end here, terms of several words go on. */
export const space = 32
/** A hard break: no term goes across (comma, bracket, slash). */
export const hardBreak = 44
/** A hard break by a dash between spaces or a bar: what follows is often a variant of what stands before. */
export const dashBreak = 45
/** A slash inside words: what stands on both sides is one thing, and no term goes across. */
export const slash = 47
/** A sign for "and": no term goes across, and it joins what stands on both sides. */
export const andSign = 38

const hyphen = 45
const fullStop = 46
const dropped = 0
const expanded = 1
const paired = 2

/** First unit that stands for a picture sign: one unit of the private area for each sign from U+1F000 to U+1FBFF. */
const firstPicture = 0xe000
const pictures = 0xc00

/** What folding knows of letters besides Unicode. */
export interface LetterKnowledge {
  /** Simplified Chinese letters by the traditional ones. */
  readonly simplified: ReadonlyMap<string, string>
  /** Picture signs (🌱) that say something; the others part words like a space. */
  readonly pictures: ReadonlySet<string>
}

export const plainLetters: LetterKnowledge = { simplified: new Map(), pictures: new Set() }

/** Letters that fold to two. */
const expansions: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ĳ: 'ij',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬀ: 'ff',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
}
/** Letters that have no decomposition and still are variants of a plain one. */
const variants: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ё: 'е',
  й: 'й',
  ї: 'ї',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
  '×': ' ',
  '\u0901': '\u0902',
}
/** Cyrillic and Greek letters that look like Latin ones, used only in words that mix the scripts. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  ο: 'o',
  α: 'a',
  ε: 'e',
  ι: 'i',
  ρ: 'p',
  ν: 'v',
  κ: 'k',
  τ: 't',
  υ: 'u',
}
const hardMarks = new Set([...',;:|/\\()[]{}<>•·–—\n\r\t"“”„«»，、。；：（）【】《》「」『』！？!?،؛؟।\u2028\u2029'])

/** The table behind `fold`: for each UTF-16 unit its folded unit, `dropped`, `expanded` or `paired`. */
export function foldTable({ simplified, pictures: signs }: LetterKnowledge = plainLetters): Uint16Array {
  const table = new Uint16Array(65536)
  for (let unit = 0; unit < 65536; unit += 1) table[unit] = foldUnit(unit)
  for (const [traditional, letter] of simplified) {
    if (traditional.length === 1 && letter.length === 1) table[traditional.charCodeAt(0)] = letter.charCodeAt(0)
  }
  for (let high = 0xd83c; high <= 0xd83e; high += 1) table[high] = paired
  for (let unit = firstPicture; unit < firstPicture + pictures; unit += 1) table[unit] = space
  for (const sign of signs) {
    const unit = pictureUnit(sign.charCodeAt(0), sign.charCodeAt(1))
    table[unit] = unit
  }
  return table
}

function pictureUnit(high: number, low: number): number {
  return firstPicture + ((high - 0xd83c) << 10) + (low & 0x3ff)
}

function isCapital(unit: number): boolean {
  return unit > 64 && unit < 91
}

function foldUnit(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return space
  const letter = String.fromCharCode(unit)
  if (hardMarks.has(letter)) return hardBreak
  if ('–—|｜'.includes(letter)) return dashBreak
  if (letter === '/' || letter === '／') return slash
  if ('&+＆＋'.includes(letter)) return andSign
  const lower = letter.toLowerCase()
  if (expansions[lower] !== undefined) return expanded
  const variant = variants[lower]
  if (variant !== undefined) return variant.charCodeAt(0)
  // Zero-width letters and soft hyphens are dropped wherever they stand; marks of Latin, Greek, Hebrew and Arabic too.
  if (
    // biome-ignore lint/suspicious/noMisleadingCharacterClass: each mark is looked at by itself
    /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u093c\ufe00-\ufe0f]/u.test(
      letter,
    )
  )
    return dropped
  if (/\p{L}|\p{M}|\p{N}/u.test(letter)) return plainLetter(lower)
  return space
}

function plainLetter(lower: string): number {
  const composed = lower.normalize('NFKC').toLowerCase()
  // Scripts whose marks carry the letter (kana, Indic, Thai) keep it composed; Latin, Greek and Cyrillic drop accents.
  const base = /^[\p{Script=Latin}\p{Script=Greek}]/u.test(composed)
    ? composed.normalize('NFD').replace(/\p{M}/gu, '')
    : composed
  return (base.length > 0 ? base : composed).charCodeAt(0)
}

/** Room for one folded text; used again for the next one. */
export interface Folded {
  units: Uint16Array
  /** For each folded unit, the UTF-16 unit of the text it came from. */
  from: Uint32Array
  length: number
}

export function foldedRoom(size = 1024): Folded {
  return { units: new Uint16Array(size), from: new Uint32Array(size + 1), length: 0 }
}

/**
 * Kind of a folded unit: 0 break, 1 letter of a script with spaces, 2 digit, 3 letter of a script without spaces or a picture
 * sign, 4 Hangul.
 */
export function kindOf(unit: number): number {
  if (unit === space || (unit >= andSign && unit <= slash)) return 0
  if (unit >= 48 && unit <= 57) return 2
  if (unit < 0x0e00) return 1
  if (unit >= 0xac00 && unit <= 0xd7a3) return 4
  if (unit >= firstPicture && unit < firstPicture + pictures) return 3
  if (unit <= 0x0eff || (unit >= 0x3040 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff)) return 3
  return 1
}

/**
 * Folds `text` into `room`, at most `limit` UTF-16 units of it. Runs of breaks become one; a hard break wins over soft ones.
 * `from[i]` is the unit of `text` that folded unit `i` came from; `from[length]` is the end.
 */
export function fold(text: string, table: Uint16Array, room: Folded, limit = text.length): void {
  const end = Math.min(text.length, limit)
  if (room.units.length < end * 3 + 2) {
    room.units = new Uint16Array(end * 3 + 64)
    room.from = new Uint32Array(end * 3 + 65)
  }
  const { units, from } = room
  let length = 0
  let mixed = 0
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    let folded = table[unit] as number
    let wide = 0
    if (folded === paired) {
      const low = text.charCodeAt(at + 1)
      wide = low >= 0xdc00 && low < 0xe000 ? 1 : 0
      folded = wide === 1 ? (table[pictureUnit(unit, low)] as number) : space
    }
    if (folded > 96 && folded < 123) {
      mixed |= 1
    } else if (folded === space || (folded >= andSign && folded <= slash)) {
      const after = text.charCodeAt(at + 1)
      // A dash between spaces parts two things, also one only with a space and a capital behind it ("Floor cleaner- Citrus"; in
      // "Obst- und Gemüse" a small letter follows); inside a word it only joins. A slash with a space beside it parts as well.
      if (
        unit === hyphen &&
        after === space &&
        (text.charCodeAt(at - 1) === space || isCapital(text.charCodeAt(at + 2)))
      )
        folded = dashBreak
      // A full stop behind a word and before a capital; behind an abbreviation (subsp. minor) it parts nothing.
      else if (unit === fullStop && after === space && startsSentence(text, at + 2) && endsLongWord(units, length))
        folded = hardBreak
      else if (folded === slash && (after === space || text.charCodeAt(at - 1) === space)) folded = hardBreak
      const start = at
      at += wide
      if (length === 0) continue
      const before = units[length - 1] as number
      if (before === space || (before >= andSign && before <= slash)) {
        if (outranks(folded, before)) units[length - 1] = folded
        continue
      }
      units[length] = folded
      from[length] = start
      length += 1
      continue
    } else if (folded === dropped) {
      continue
    } else if (folded === expanded) {
      const parts = expansions[text.charAt(at).toLowerCase()] as string
      for (let part = 0; part < parts.length - 1; part += 1) {
        units[length] = parts.charCodeAt(part)
        from[length] = at
        length += 1
      }
      folded = parts.charCodeAt(parts.length - 1)
    } else if (folded >= 0x370 && folded < 0x530) mixed |= 2
    else if (folded === arabicArticle[1]) mixed |= 4
    units[length] = folded
    from[length] = at
    length += 1
    at += wide
  }
  from[length] = end
  room.length = length
  if ((mixed & 3) === 3) unmask(room)
  if ((mixed & 4) !== 0) dropArticles(room)
}

function startsSentence(text: string, at: number): boolean {
  const letter = text.charAt(at)
  return letter !== '' && letter === letter.toUpperCase()
}

/** Whether the last four units are letters. */
function endsLongWord(units: Uint16Array, length: number): boolean {
  if (length < 4) return false
  for (let at = length - 4; at < length; at += 1) if (kindOf(units[at] as number) !== 1) return false
  return true
}

/** Of two breaks side by side one is kept: the harder. */
function outranks(one: number, other: number): boolean {
  return one !== space && (other === space || (one === hardBreak && other !== hardBreak) || other === slash)
}

/** The letters of the Arabic article ال; لل is the article behind ل. */
const arabicArticle = [0x627, 0x644] as const

/** Drops the Arabic article from words that keep three letters or more: بذور الطماطم is بذور طماطم. */
function dropArticles(room: Folded): void {
  const { units, from } = room
  let length = 0
  for (let at = 0; at < room.length; at += 1) {
    if (hasArticle(room, at)) at += 2
    units[length] = units[at] as number
    from[length] = from[at] as number
    length += 1
  }
  from[length] = from[room.length] as number
  room.length = length
}

function hasArticle({ units, length }: Folded, at: number): boolean {
  const first = units[at] as number
  if (units[at + 1] !== arabicArticle[1] || (first !== arabicArticle[0] && first !== arabicArticle[1])) return false
  if (at > 0 && kindOf(units[at - 1] as number) !== 0) return false
  for (let letter = at + 2; letter < at + 5; letter += 1)
    if (letter >= length || kindOf(units[letter] as number) === 0) return false
  return true
}

/** Turns look-alike letters into Latin ones in words that mix Latin with Cyrillic or Greek. */
function unmask(room: Folded): void {
  const { units } = room
  for (let start = 0; start < room.length; ) {
    let end = start
    let seen = 0
    while (end < room.length && kindOf(units[end] as number) === 1) {
      const unit = units[end] as number
      seen |= unit < 128 ? 1 : unit >= 0x370 && unit < 0x530 ? 2 : 0
      end += 1
    }
    if (seen === 3) {
      for (let at = start; at < end; at += 1) {
        const plain = lookAlikes[String.fromCharCode(units[at] as number)]
        if (plain !== undefined) units[at] = plain.charCodeAt(0)
      }
    }
    start = end + 1
  }
}

/** Terms are folded by the hundred thousand, one after another: they share their room. */
const termRoom = foldedRoom()

/** A term folded to a string: what the compiled vocabulary holds. Hard breaks inside a term become spaces. */
export function foldTerm(term: string, table: Uint16Array): string {
  const room = termRoom
  fold(term, table, room)
  let folded = ''
  for (let at = 0; at < room.length; at += 1) {
    const unit = room.units[at] as number
    folded += String.fromCharCode(kindOf(unit) === 0 ? space : unit)
  }
  return folded.trim()
}
