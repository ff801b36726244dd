import { isPrefix, prefixes } from './author-word.ts'
import {
  apostrophe,
  authorCapital,
  damaged,
  dash,
  digit,
  fullStop,
  isOf,
  kindOf,
  looksLatin,
  nameCapital,
  nameSmall,
  plainName,
  space,
} from './letters.ts'
import type { Oddity } from './parsed.ts'
import { ranksOfUninomials } from './ranks.ts'
import { wordFilter } from './word-filter.ts'

/** A genus or an epithet as it was read. */
export interface NameWord {
  readonly end: number
  /** As the codes write it. */
  readonly name: string
  readonly abbreviated: boolean
  readonly odd: readonly Oddity[]
}

const none: readonly Oddity[] = []
const openBracket = 40
const questionMark = 63

/** Genera of two letters that were published before the code forbade them; other words of two letters are no genus. */
const twoLetterGenera: ReadonlySet<string> = new Set(
  'Aa As Ba Ca Do Ea Ge Ia Io Ix Ja La Lo Nu Oa Oo Qu Ra Ty Ua Yi Zu'.split(' '),
)

/** Reads a genus, or another name of one word, at `at`: Rosa, Austro-cedrus, Q., Ix. Null where there is none. */
export function readGenus(text: string, at: number): NameWord | null {
  if (!isOf(text, at, nameCapital)) return null
  let end = smallEnd(text, at + 1)
  const letters = end - at
  if (letters <= 2 && text.charCodeAt(end) === fullStop) return abbreviated(text, at, end + 1)
  const short = letters === 2 && (twoLetterGenera.has(text.slice(at, end)) || text.charCodeAt(end) === dash)
  if (letters < 3 && !short) return null
  let name = plainName(text.slice(at, end))
  const odd: Oddity[] = oddOf(text, at, end, name)
  if (letters === 2 && text.charCodeAt(end) !== dash) odd.push('genus-of-two-letters')
  if (text.charCodeAt(end) === dash) {
    const second = smallEnd(text, isOf(text, end + 1, nameCapital | authorCapital) ? end + 2 : end + 1)
    if (second - end < 3) return null
    // What follows the dash may be an author that was glued on: it stays as it is written.
    name += text.slice(end, second).toLowerCase()
    end = second
  }
  if (text.charCodeAt(end) === questionMark) {
    end += 1
    odd.push('question-mark')
  }
  return endsGenus(text, end) ? { end, name, abbreviated: false, odd } : null
}

function abbreviated(text: string, at: number, end: number): NameWord | null {
  // "R.canina" lacks the blank; "Mo.alpium" may be anything.
  const glued = end - at === 2 && smallEnd(text, end) - end >= 4
  if (text.charCodeAt(end) !== space && !glued) return null
  return { end, name: text.slice(at, end), abbreviated: true, odd: ['genus-abbreviated'] }
}

function oddOf(text: string, at: number, end: number, name: string): Oddity[] {
  const odd: Oddity[] = []
  if (name !== text.slice(at, end)) odd.push('letters-changed')
  for (let next = at; next < end; next += 1) if (text.charCodeAt(next) === damaged) return [...odd, 'letters-damaged']
  return odd
}

function smallEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && (kindOf(text.charCodeAt(end)) & nameSmall) !== 0) end += 1
  return end
}

/** After a genus comes a blank, the end, a bracket or a mark between things; anything else is no genus. */
function endsGenus(text: string, end: number): boolean {
  return end >= text.length || ' ,;('.includes(text.charAt(end))
}

/** Words in small letters that stand in names and are no epithets. */
const noEpithets: ReadonlySet<string> = new Set(
  'ex et and apud pro in cf sp spp aff nr species spec y emend ms with from or mix mixed hybrid hybrids assorted'.split(
    ' ',
  ),
)

const mayBeNoEpithet = wordFilter([...noEpithets, ...prefixes, ...ranksOfUninomials.keys()])

/** Epithets that read like what stands before an author: a few are, and are known by the author who follows. */
function isNoEpithet(text: string, at: number, end: number): boolean {
  if (!mayBeNoEpithet(text, at, end)) return false
  const word = text.slice(at, end)
  if (noEpithets.has(word)) return true
  // "ser" and the like: before an author with a year it is an epithet, whatever else it may mean.
  if (ranksOfUninomials.has(word)) return !/^ \p{Lu}[\p{L}.'-]+,? \d{4}/u.test(text.slice(end, end + 40))
  return isPrefix(word) && (text.charCodeAt(end) === space || /^v[ao]n$/.test(word))
}

/** Reads an epithet at `at`: canina, uva-ursi, d'urvillei, 7-punctata, st.-helenae. Null where there is none. */
export function readEpithet(text: string, at: number): NameWord | null {
  if (isOf(text, at, digit)) return readNumbered(text, at)
  if (!isOf(text, at, nameSmall)) return null
  const odd: Oddity[] = []
  let end = smallEnd(text, at)
  for (;;) {
    const sign = text.charCodeAt(end)
    const joins = sign === dash || (sign === apostrophe && isOf(text, end + 2, nameSmall))
    const afterStop = sign === fullStop && text.charCodeAt(end + 1) === dash
    const next = afterStop ? end + 2 : end + 1
    if (!(joins || afterStop) || !isOf(text, next, nameSmall)) break
    if (sign !== dash) odd.push('sign-in-epithet')
    end = smallEnd(text, next)
  }
  if (end - at < 2 || isNoEpithet(text, at, end)) return null
  const written = text.slice(at, end)
  const name = plainName(written.replace(/['.]/g, ''))
  odd.push(...oddOf(text, at, end, odd.length > 0 ? plainName(written) : name))
  const closed = isLastStop(text, end, name) ? end : epithetClose(text, end)
  if (closed < 0) return null
  if (closed > end && text.charCodeAt(end) === questionMark) odd.push('question-mark')
  return { end: closed, name, abbreviated: false, odd: odd.length === 0 ? none : odd }
}

/**
 * Where an epithet that ends at `end` is closed; -1 where it is none. It ends before a blank, a bracket or the end; a comma
 * closes it before an author or at the end only (in "canina, the dog rose" a sentence goes on).
 */
function epithetClose(text: string, end: number): number {
  const unit = text.charCodeAt(end)
  if (end >= text.length || unit === space || unit === openBracket) return end
  if (unit === apostrophe && (end + 1 >= text.length || text.charCodeAt(end + 1) === space)) return end + 1
  if (unit === questionMark) return end + 1 >= text.length || text.charCodeAt(end + 1) === space ? end + 1 : -1
  const after = text.charCodeAt(end + 1) === space ? end + 2 : end + 1
  if (text.charAt(end) === ',' || text.charAt(end) === ';')
    return after >= text.length || isOf(text, after, authorCapital) || text.charCodeAt(after) === openBracket ? end : -1
  return -1
}

/** A full stop at the end of the text closes a Latin word; elsewhere it abbreviates. */
function isLastStop(text: string, end: number, name: string): boolean {
  return end + 1 === text.length && text.charCodeAt(end) === fullStop && name.length > 4 && looksLatin(name)
}

/** Latin for the numbers that epithets were written with (ICN article 60, ICZN article 32.5.2.6). */
const units = ['', 'uni', 'bi', 'tri', 'quadri', 'quinque', 'sex', 'septem', 'octo', 'novem']
const belowTwenty =
  'decem undecim duodecim tredecim quatuordecim quindecim sedecim septendecim octodecim novendecim'.split(' ')
const tens = [
  '',
  '',
  'viginti',
  'triginta',
  'quadraginta',
  'quinquaginta',
  'sexaginta',
  'septuaginta',
  'octoginta',
  'nonaginta',
]

function numberWord(number: number): string {
  if (number < 10) return units[number] as string
  if (number < 20) return belowTwenty[number - 10] as string
  const unit = number % 10
  const after = ['', 'uno', 'duo', 'tre', 'quatuor', 'quinque', 'sex', 'septem', 'octo', 'novem'][unit] as string
  return (tens[Math.floor(number / 10)] as string) + after
}

function readNumbered(text: string, at: number): NameWord | null {
  const match = /^([1-9]\d?)[-.]?(?=\p{Ll}{4})/u.exec(text.slice(at, at + 8))
  if (match === null) return null
  const word = readEpithet(text, at + match[0].length)
  if (word === null) return null
  return { ...word, name: numberWord(Number(match[1])) + word.name, odd: [...word.odd, 'digits-in-epithet'] }
}
