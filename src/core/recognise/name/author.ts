import { readAuthorWord, readPrefix, wordAt } from './author-word.ts'
import { authorSmall, isOf, space } from './letters.ts'
import type { Oddity } from './parsed.ts'
import { rankAfterName } from './read-rank.ts'

/** Authors while they are read. */
export interface Reading {
  readonly text: string
  at: number
  written: string
  year: string | null
  readonly odd: Oddity[]
}

/** Goes on to what is no blank. */
export function skipBlank(reading: Reading): void {
  while (reading.text.charCodeAt(reading.at) === space) reading.at += 1
}

const unknownAuthors: ReadonlySet<string> = new Set([
  'anon',
  'anon.',
  'auct',
  'auct.',
  '?',
  'mihi',
  'mihi.',
  'nobis',
  'hort',
  'hort.',
  'Hort.',
])

/** Reads one author, with what belongs to the name: prefixes, initials, the son, et al. */
export function readAuthor(reading: Reading): boolean {
  const { text } = reading
  if (readUnknown(reading)) return true
  let any = false
  let named = false
  for (;;) {
    const start = reading.at
    if (any) skipBlank(reading)
    const glued = start === reading.at
    const prefix = readPrefix(text, reading.at)
    const end = prefix > 0 ? prefix : readAuthorWord(text, reading.at)
    if (end < 0) {
      reading.at = start
      break
    }
    reading.written += (any && !glued ? ' ' : '') + text.slice(reading.at, end)
    reading.at = end
    any = true
    named ||= prefix < 0
  }
  if (!named) return false
  readFilius(reading)
  readOthers(reading)
  return true
}

/** "anon.", "mihi", a question mark: authors who are not told. */
function readUnknown(reading: Reading): boolean {
  if (!'anmh?H'.includes(reading.text.charAt(reading.at))) return false
  const word = wordAt(reading.text, reading.at).replace(/[),]+$/, '')
  const others = word === 'al.' || word === 'al'
  if (!others && !unknownAuthors.has(word)) return false
  reading.at += word.length
  reading.written += word
  if (!others) reading.odd.push('author-unknown')
  return true
}

/** The son: f., fil., filius; bis and ter. "f." before a word in small letters is the rank. */
function readFilius(reading: Reading): void {
  const { text } = reading
  const start = reading.at
  skipBlank(reading)
  const blank = reading.at > start
  if (!'fbtjsFBTJS'.includes(text.charAt(reading.at))) {
    reading.at = start
    return
  }
  const match = /^(?:f\.|filius|fil\.?|bis|ter|ter\.|jr\.?|sr\.?)(?=$|[\s,;)&])/i.exec(
    text.slice(reading.at, reading.at + 7),
  )
  const word = match?.[0] ?? ''
  const next = reading.at + word.length
  const rank = word === 'f.' && blank && isOf(text, next + 1, authorSmall) && !isAndAfter(text, next + 1)
  if (word === '' || rank) {
    reading.at = start
    return
  }
  reading.at = next
  reading.written += `${blank ? ' ' : ''}${word}`
}

function isAndAfter(text: string, at: number): boolean {
  return /^(?:et|and|ex|in|y|emend\.?)$/.test(wordAt(text, at)) || rankAfterName(text, at) !== null
}

/** "et al." and "& al.". */
function readOthers(reading: Reading): void {
  if (!' ,e&'.includes(reading.text.charAt(reading.at))) return
  const match = /^,? ?(?:et|&) ?(?:al\.?|alii)(?=$|[\s,;)])/.exec(reading.text.slice(reading.at, reading.at + 10))
  if (match === null) return
  reading.at += match[0].length
  reading.written += ' et al.'
}
