import { wordFilter } from './word-filter.ts'

/** Words with which a remark begins that is no part of the name: in whose sense, doubts of its use, what the writer looked for. */
const anywhere: ReadonlySet<string> = new Set(
  (
    'sensu Sensu SENSU auct auctt Auct sec serovar serotype fide vide nec non near species group complex clade author authors ' +
    'environmental enrichment samples sample of nomen Nomen nomina spec hort Hort ht cultivar ined unpublished aggregate agg not'
  ).split(' '),
)
/** Only with the full stop they are remarks. */
const withStop: ReadonlySet<string> = new Set(['nom', 'Nom', 'NOM', 'comb', 'stat', 'str'])
/** At the end of a text they begin something that never came. */
const atTheEnd: ReadonlySet<string> = new Set('ined new von van ms Ms MS CF'.split(' '))
/** Remarks of two words or more. */
const several: readonly (readonly [first: string, all: RegExp])[] = [
  ['pro', /^pro (?:parte|sp|hyb|syn)/],
  ['Pro', /^Pro parte/],
  ['sp', /^sp\. ?nov/],
  ['gen', /^gen\. ?(?:et sp\. ?)?nov/],
  ['n', /^n\. ?sp/],
  ['nov', /^nov\.? (?:sp|gen|subsp|var)/],
  ['s', /^s\.? ?(?:l\.|lat\.|s\.|str\.|ampl\.)/],
  ['p', /^p\. ?p\./],
  ['P', /^P\. ?P\.$/],
]
const kinds = new Map<string, 'stop' | 'end' | RegExp | 'anywhere'>([
  ...several,
  ...Array.from(atTheEnd, (word) => [word, 'end'] as const),
  ...Array.from(withStop, (word) => [word, 'stop'] as const),
  ...Array.from(anywhere, (word) => [word, 'anywhere'] as const),
])
const mayBeRemark = wordFilter(kinds.keys())

/** A word of a text: where it begins and ends. */
export interface Word {
  readonly from: number
  readonly to: number
}

/** The words of a text between blanks. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (let at = 0; at < text.length; ) {
    const blank = text.indexOf(' ', at)
    const to = blank < 0 ? text.length : blank
    if (to > at) words.push({ from: at, to })
    at = to + 1
  }
  return words
}

/** Where a remark begins, from the second word on; the length of the text when there is none. */
export function remarkAt(text: string, words: readonly Word[]): number {
  for (let at = 1; at < words.length; at += 1) {
    if (beginsRemark(text, words, at)) return (words[at] as Word).from
  }
  return text.length
}

function beginsRemark(text: string, words: readonly Word[], at: number): boolean {
  const { from, to } = words[at] as Word
  let start = from
  while (start < to && isOpening(text.charCodeAt(start))) start += 1
  let end = start
  while (end < to && isLetter(text.charCodeAt(end))) end += 1
  if (!mayBeRemark(text, start, end)) return false
  const word = text.slice(start, end)
  const kind = kinds.get(word)
  if (kind === undefined) return false
  const after = text.charAt(end)
  if (kind === 'anywhere') return (after === '' || !/[-\w]/.test(after)) && !isNoRemark(text, words, { at, word, end })
  if (kind === 'stop') return after === '.'
  if (kind === 'end') return to === text.length && (end === to || (end + 1 === to && '.?'.includes(after)))
  return (at > 1 || word !== 'sp') && kind.test(text.slice(start, start + 16))
}

function isOpening(unit: number): boolean {
  return unit === 40 || unit === 91 || unit === 34
}

function isLetter(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)
}

/** Gardens can be an author (hort. ex Prain), and an epithet can be such a word (before an author with a year). */
function isNoRemark(
  text: string,
  words: readonly Word[],
  { at, word, end }: { at: number; word: string; end: number },
): boolean {
  if (/^[Hh]ort$/.test(word))
    return /^\.? ex /.test(text.slice(end, end + 5)) || text.slice(0, words[at]?.from).endsWith(' ex ')
  const next = words[at + 1]
  if (at !== 1 || next === undefined || !/^(?:not|nec|clade|author|complex)$/.test(word)) return false
  return /^\(?\p{Lu}[\p{Ll}'.-]+,? (?:\d{4}|& |et )/u.test(text.slice(next.from, next.from + 40))
}
