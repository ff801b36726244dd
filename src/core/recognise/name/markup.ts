import { isLetterCode, namedSign } from '../../read/signs.ts'
/** A text without markup, and where each unit of it came from; null where nothing moved. */
export interface Unmarked {
  readonly text: string
  readonly from: readonly number[] | null
  readonly changed: boolean
}

/** Longest tag that is looked for: what is longer is no tag of a name. */
const longestTag = 200
/** Tags that stand inside a word or a line; others part what stands on both sides. */
const inline = /^<\/?(?:i|b|em|strong|u|s|sup|sub|span|a|font|small|strike|tt|code|mark|cite|q|bold|italic)\b/i

/** Takes out tags and turns entities into letters. A text that was escaped twice is done twice. */
export function withoutMarkup(text: string): Unmarked {
  if (!text.includes('<') && !text.includes('&')) return { text, from: null, changed: false }
  const once = onePass(text)
  if (!once.changed || !/[<&]/.test(once.text)) return once
  const twice = onePass(once.text)
  if (!twice.changed || twice.from === null) return once
  return {
    text: twice.text,
    from: twice.from.map((at) => (once.from as readonly number[])[at] as number),
    changed: true,
  }
}

function onePass(text: string): Unmarked {
  let written = ''
  const from: number[] = []
  let changed = false
  for (let at = 0; at < text.length; ) {
    const found = text[at] === '<' ? tagAt(text, at) : text[at] === '&' ? entityAt(text, at) : null
    const letters = found === null ? text.charAt(at) : found.letters
    for (let unit = 0; unit < letters.length; unit += 1) from.push(at)
    written += letters
    at = found === null ? at + 1 : found.end
    changed ||= found !== null
  }
  return { text: written, from: [...from, text.length], changed }
}

interface Found {
  readonly letters: string
  readonly end: number
}

function tagAt(text: string, at: number): Found | null {
  if (!/^<[a-z/!]/i.test(text.slice(at, at + 2))) return null
  const end = text.slice(at, at + longestTag).indexOf('>')
  if (end < 0) return null
  return { letters: inline.test(text.slice(at, at + end + 1)) ? '' : ' ', end: at + end + 1 }
}

function entityAt(text: string, at: number): Found | null {
  const match = /^&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/i.exec(text.slice(at, at + 12))
  if (match === null) return null
  const [whole, decimal, hexadecimal, name = ''] = match
  const letters =
    (decimal ?? hexadecimal)
      ? ofCode(Number.parseInt(decimal ?? (hexadecimal as string), decimal ? 10 : 16))
      : namedSign(name)
  return letters === null ? null : { letters, end: at + whole.length }
}

function ofCode(code: number): string | null {
  return code <= 0xffff && isLetterCode(code) ? String.fromCharCode(code) : null
}
