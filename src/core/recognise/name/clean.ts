import { withoutMarkup } from './markup.ts'
import type { Oddity } from './parsed.ts'

/** A text with the accidents of copying put right, and where each unit of it came from. */
export interface Clean {
  readonly text: string
  /** For each unit of `text` the unit of the text before, one more for the end; null where nothing moved. */
  readonly from: readonly number[] | null
  /** What was put right, without a place. */
  readonly mended: readonly Oddity[]
}

/** Letters, digits, single blanks and the marks of plain names: nothing to put right. */
const plain = /^(?:[A-Za-zÀ-ÖØ-öø-ÿ0-9.,&()'"+×-]+ )*[A-Za-zÀ-ÖØ-öø-ÿ0-9.,&()'"+×-]+$/
/** A mark before the first word, or a number in a list. */
const mayBeMarked = /^(?:[*'"-]|\d+[.)])/
/** An x that may stand for the hybrid sign. */
const mayBeSign = /(?:^| )[xX](?: |$|[A-Z])/

/**
 * Puts right what copying does to names: markup, underscores, blanks of all kinds, dashes and apostrophes of all kinds, and the
 * letter x where the hybrid sign is meant (ICN article H.3A.2).
 */
export function clean(given: string): Clean {
  if (plain.test(given) && !mayBeSign.test(given) && !mayBeMarked.test(given))
    return { text: given, from: null, mended: [] }
  const mended = new Set<Oddity>()
  const composed = given.normalize('NFC')
  const moved = composed.length !== given.length
  const marked = withoutMarkup(composed)
  if (marked.changed) mended.add('markup-removed')
  const room: Room = { units: [], from: [] }
  writeUnits(marked.text, room, mended)
  if (stripEnds(room)) mended.add('mark-removed')
  const signed = withSigns(room.units.join(''))
  if (signed !== room.units.join('')) mended.add('letter-for-hybrid-sign')
  const origin = (at: number): number => (marked.from === null ? at : (marked.from[at] as number))
  const end = room.from.length === 0 ? 0 : (room.from.at(-1) as number) + 1
  return {
    text: signed,
    from: moved ? null : [...room.from, end].map(origin),
    mended: [...mended],
  }
}

interface Room {
  readonly units: string[]
  readonly from: number[]
}

function writeUnits(text: string, room: Room, mended: Set<Oddity>): void {
  const underscores = text.includes('_') && !/\s/.test(text.trim())
  if (underscores) mended.add('underscores-for-spaces')
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const written = underscores && unit === 95 ? ' ' : unit > 32 && unit < 96 ? text.charAt(at) : replaced(text, at)
    if (written === ' ') {
      if (room.units.at(-1) === ' ') mended.add('spaces-mended')
      if (room.units.length === 0 || room.units.at(-1) === ' ') continue
      if (unit !== 32 && unit !== 95) mended.add('spaces-mended')
    }
    for (const one of written) {
      room.units.push(one)
      room.from.push(at)
    }
  }
}

/** Marks of lists and quotes around the whole are no part of the name. Tells whether there were any. */
function stripEnds(room: Room): boolean {
  const { units, from } = room
  while (units.at(-1) === ' ') drop(room, units.length - 1, 1)
  const text = units.slice(0, 12).join('')
  const lead = /^(?:[*•·–-] ?|'(?!t )|"|\d{1,4}[.)] )/.exec(text)?.[0].length ?? 0
  if (lead === 0 || lead >= units.length) return false
  const quote = units[0]
  const closed = quote === units.at(-1) && (quote === '"' || quote === "'")
  const inside = quote === '"' || quote === "'" ? units.indexOf(quote, 1) : -1
  // A quote that closes before the end is a cultivar's, or a remark's: the text is left as it is.
  if (inside > 0 && inside < units.length - 1) return false
  if (closed) drop(room, units.length - 1, 1)
  units.splice(0, lead)
  from.splice(0, lead)
  return true
}

function drop({ units, from }: Room, at: number, count: number): void {
  units.splice(at, count)
  from.splice(at, count)
}

const apostrophes = '`´‘’‛ʹʻʼʽˈ′＇'
const quotes = '“”„‟«»＂″'
const dashes = '‐‑‒–—―−﹣－'
const signs = '✕✖⨉⨯╳ⅹ'
/** Drawn as nothing, or a dagger for what died out. */
const nothing = '†‡\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'

function replaced(text: string, at: number): string {
  const unit = text.charCodeAt(at)
  const letter = text.charAt(at)
  if (unit < 128 && unit > 96) return letter
  if (unit <= 32 || (unit >= 127 && unit < 161) || /\s/.test(letter)) return ' '
  if (nothing.includes(letter)) return ''
  if (apostrophes.includes(letter)) return "'"
  if (unit === 0xb0 || unit === 0xb4) return letter
  if (quotes.includes(letter)) return '"'
  if (dashes.includes(letter)) return '-'
  if (signs.includes(letter)) return '×'
  if (letter === 'ﬁ') return 'fi'
  if (letter === 'ﬂ') return 'fl'
  return unit >= 0xff01 && unit <= 0xff5e ? String.fromCharCode(unit - 0xfee0) : letter
}

/** An x by itself, or glued before the capital of the first word, is the hybrid sign. */
function withSigns(text: string): string {
  if (!mayBeSign.test(text)) return text
  const first = /^[xX](?=[A-ZÆŒÖ][a-z]{2})/.test(text) ? `×${text.slice(1)}` : text
  return first.replace(/(^| )[xX](?= |$)/g, '$1×')
}
