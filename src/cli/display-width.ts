const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const plain = /^[\u0020-\u007e]*$/
const noWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const drawnWide = /^\p{Emoji_Presentation}$/u

/** Blocks whose characters take two columns (Unicode, East Asian Width: wide and fullwidth), the emoji of the first plane apart. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3040, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2fb],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
]

/** A character as a reader counts it, with the columns it takes. */
export interface Glyph {
  readonly text: string
  readonly width: number
}

/** Code units of one character that are kept; marks piled up beyond them are dropped. */
const tallest = 24

/** The characters of a text, each whole: a base with its marks, a joined emoji. */
export function glyphsOf(text: string): Glyph[] {
  if (plain.test(text)) return [...text].map((one) => ({ text: one, width: 1 }))
  return [...graphemes.segment(text)].map(({ segment }) => {
    const kept = segment.length > tallest ? segment.slice(0, tallest).toWellFormed() : segment
    return { text: kept, width: glyphWidth(kept) }
  })
}

/** Columns that a text takes in a terminal. Where terminals differ (joined emoji), the larger number. */
export function displayWidth(text: string): number {
  return plain.test(text) ? text.length : glyphsOf(text).reduce((sum, { width }) => sum + width, 0)
}

/** The text in at most `width` columns, with `…` where it was cut. */
export function fitted(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let room = width - 1
  let kept = ''
  for (const glyph of glyphsOf(text)) {
    room -= glyph.width
    if (room < 0) break
    kept += glyph.text
  }
  return width < 1 ? '' : `${kept.trimEnd()}…`
}

/** The text in lines of at most `width` columns, broken at spaces and beside wide characters, never inside a character. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line: Glyph[] = []
  let used = 0
  for (const glyph of glyphsOf(text.trim())) {
    if (used + glyph.width > width && line.length > 0 && glyph.text !== ' ') {
      const rest = line.splice(breakOf(line, glyph))
      lines.push(joined(line).trimEnd())
      line = rest
      used = rest.reduce((sum, one) => sum + one.width, 0)
    }
    line.push(glyph)
    used += glyph.width
  }
  if (line.length > 0) lines.push(joined(line).trimEnd())
  return lines
}

/** Where a full line breaks before `next`: after the last space or wide character; at its end when there is none. */
function breakOf(line: readonly Glyph[], next: Glyph): number {
  if (next.width === 2) return line.length
  const last = line.findLastIndex(({ text, width }) => text === ' ' || width === 2)
  return last < 0 ? line.length : last + 1
}

function joined(line: readonly Glyph[]): string {
  return line.map(({ text }) => text).join('')
}

function glyphWidth(text: string): number {
  let sum = 0
  for (const character of text) {
    if (character === '\ufe0f') sum = Math.max(sum, 2)
    else if (!noWidth.test(character)) sum += characterWidth(character)
  }
  return sum
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x1100) return 1
  return drawnWide.test(character) || wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}
