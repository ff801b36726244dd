import { type Reading, readAuthor, skipBlank } from './author.ts'
import { wordAt } from './author-word.ts'
import { space } from './letters.ts'
import type { Oddity } from './parsed.ts'
import { readYear } from './year.ts'

/** Authors as they were read: where they end, how the codes write them, and what is odd about them. */
export interface Authorship {
  readonly from: number
  readonly end: number
  readonly text: string
  readonly year: string | null
  readonly odd: readonly Oddity[]
}

/**
 * Reads authors from `at`: bracketed authors of the basionym, authors of the combination, ex, in and emend., years. Null where
 * there is no author. It never goes back, so its time is in line with the letters read.
 */
export function readAuthorship(text: string, at: number): Authorship | null {
  const reading: Reading = { text, at, written: '', year: null, odd: [] }
  const bracketed = text.charCodeAt(at) === openBracket && readBracketed(reading)
  if (bracketed) {
    const end = reading.at
    skipBlank(reading)
    if (text.charAt(reading.at) === ',') reading.at += 1
    skipBlank(reading)
    const year = readYear(text, reading.at)
    if (year !== null) takeYear(reading, year)
    else reading.at = end
  }
  const before = reading.at
  if (bracketed) skipBlank(reading)
  const written = reading.written
  if (bracketed) reading.written += ' '
  if (!readGroup(reading)) {
    if (!bracketed) return null
    reading.at = before
    reading.written = written
  }
  closeBracket(reading)
  return { from: at, end: reading.at, text: reading.written, year: reading.year, odd: reading.odd }
}

const openBracket = 40
const closingBracket = 41

/** A closing bracket that was never opened. */
function closeBracket(reading: Reading): void {
  const end = reading.at
  skipBlank(reading)
  if (reading.text.charCodeAt(reading.at) !== closingBracket) {
    reading.at = end
    return
  }
  reading.at += 1
  reading.odd.push('bracket-missing')
}

function readBracketed(reading: Reading): boolean {
  const { text } = reading
  const start = reading.at
  while (text.charCodeAt(reading.at) === openBracket || text.charCodeAt(reading.at) === space) reading.at += 1
  const within: Reading = { ...reading, written: '', year: null }
  if (!readGroup(within)) {
    reading.at = start
    return false
  }
  reading.at = within.at
  reading.written = `(${within.written})`
  reading.year = within.year
  skipBlank(reading)
  if (text.charCodeAt(reading.at) !== closingBracket) {
    reading.at = within.at
    reading.odd.push('bracket-missing')
    return true
  }
  while (text.charCodeAt(reading.at) === closingBracket) reading.at += 1
  return true
}

/** Teams joined by ex, in or emend. */
function readGroup(reading: Reading): boolean {
  if (!readTeam(reading)) return false
  for (;;) {
    const { at, written } = reading
    const joint = readJoint(reading)
    if (joint === null) {
      reading.at = at
      return true
    }
    reading.written += joint
    if (readTeam(reading)) continue
    reading.at = at
    reading.written = written
    return true
  }
}

const joints: ReadonlyMap<string, string> = new Map([
  ['ex', ' ex '],
  ['ex.', ' ex '],
  ['in', ' in '],
  ['emend', ' emend. '],
  ['emend.', ' emend. '],
  ['apud', ' apud '],
  ['ms', ' ms '],
  ['em.', ' emend. '],
  [':', ' : '],
])

function readJoint(reading: Reading): string | null {
  skipBlank(reading)
  // A sanctioning author may be glued on: "Bull.:Fr.".
  const word = /^:(?=\p{Lu})/u.test(reading.text.slice(reading.at, reading.at + 2))
    ? ':'
    : wordAt(reading.text, reading.at)
  const joint = joints.get(word)
  if (joint === undefined) return null
  reading.at += word.length
  skipBlank(reading)
  if (word === 'ms' && wordAt(reading.text, reading.at) === 'in') {
    reading.at += 2
    skipBlank(reading)
    return ' ms in '
  }
  return joint
}

/** Authors between commas and "and", then their year. */
function readTeam(reading: Reading): boolean {
  if (!readAuthor(reading)) return false
  for (;;) {
    const { at, written } = reading
    const sign = readSeparator(reading)
    reading.written += sign ?? ''
    if (sign !== null && readAuthor(reading)) continue
    reading.at = at
    reading.written = written
    break
  }
  const end = reading.at
  skipBlank(reading)
  if (reading.text.charAt(reading.at) === ',') reading.at += 1
  skipBlank(reading)
  const year = readYear(reading.text, reading.at)
  if (year === null) reading.at = end
  else takeYear(reading, year)
  return true
}

function takeYear(reading: Reading, { end, year, doubtful }: NonNullable<ReturnType<typeof readYear>>): void {
  reading.at = end
  reading.year ??= year
  reading.written += `, ${year}`
  if (doubtful) reading.odd.push('year-doubtful')
}

const ands: ReadonlySet<string> = new Set(['et', 'and', 'y', 'und', 'with'])

function readSeparator(reading: Reading): string | null {
  const { text } = reading
  skipBlank(reading)
  let sign: string | null = null
  if (text.charAt(reading.at) === ',') {
    reading.at += 1
    sign = ', '
    skipBlank(reading)
  }
  if (text.charAt(reading.at) === '&') {
    reading.at += 1
    sign = ' & '
  } else {
    const word = wordAt(text, reading.at)
    if (ands.has(word)) {
      reading.at += word.length
      sign = ' & '
    }
  }
  skipBlank(reading)
  return sign
}
