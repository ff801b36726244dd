import { type Authorship, readAuthorship } from './authors.ts'
import { authorCapital, hybridSign, isOf, looksLatin, nameCapital, nameSmall, space } from './letters.ts'
import { blankEnd, type Single } from './pieces.ts'
import { type ReadRank, rankAfterName, rankBetweenNames } from './read-rank.ts'
import { readSubgenus } from './subgenus.ts'
import { type NameWord, readEpithet, readGenus } from './word.ts'
import { readYear } from './year.ts'

/** Whether a word that no Latin word looks like is an ordinary one after these words of a name, and no epithet. */
export type IsOrdinary = (words: readonly string[], word: string) => boolean

/** Reads one name at `at`; null where no genus stands there. */
export function readSingle(text: string, at: number, isOrdinary: IsOrdinary): Single | null {
  const single: Single = {
    end: at,
    pieces: [],
    authors: null,
    rank: null,
    hybrid: null,
    open: null,
    abbreviated: false,
    combined: false,
    odd: [],
  }
  const sign = text.charCodeAt(at) === hybridSign
  const start = sign ? blankEnd(text, at + 1) : at
  const genus = readGenus(text, start)
  if (genus === null) return null
  if (sign) single.hybrid = 'hybrid'
  addPiece(single, genus, { sign: sign ? '× ' : '', at: start })
  single.abbreviated = genus.abbreviated
  if (readCombination(text, single)) return single
  readSubgenus(text, single)
  const compared = readComparison(text, single)
  if (readSpecies(text, single, isOrdinary)) readInfraspecies(text, single, isOrdinary)
  else if (!compared) readUninomial(text, single)
  readApproximation(text, single)
  return genus.abbreviated && single.pieces.length === 1 ? null : single
}

function addPiece(single: Single, word: NameWord, { sign, at }: { sign: string; at: number }): void {
  single.pieces.push({ name: word.name, sign })
  single.end = word.end
  single.authors = null
  for (const kind of word.odd) single.odd.push({ kind, at: [at, word.end] })
}

/** Authors after a piece, when they end where authors may end; what does not fit is left for the rest. */
function readAuthors(text: string, single: Single): void {
  const blank = blankEnd(text, single.end)
  const at = text.charAt(blank) === ',' ? blankEnd(text, blank + 1) : blank
  const authors = readAuthorship(text, at) ?? yearAlone(text, at)
  if (authors === null) return
  const after = text.charAt(authors.end)
  // "L.var.nigra": a rank may be glued on.
  if (after !== '' && !' ;,:.)]"'.includes(after) && rankAfterName(text, authors.end) === null) return
  single.authors = authors
  single.end = authors.end
  for (const kind of authors.odd) single.odd.push({ kind, at: [at, authors.end] })
}

/** A year whose author is missing. */
function yearAlone(text: string, at: number): Authorship | null {
  const year = readYear(text, at)
  return year === null ? null : { from: at, end: year.end, text: '', year: year.year, odd: ['year-without-author'] }
}

/** A second name of one word with a rank before it: Rosa sect. Synstylae. */
function readCombination(text: string, single: Single): boolean {
  const { end } = single
  const odd = single.odd.length
  if (isOf(text, blankEnd(text, end), authorCapital) || text.charAt(blankEnd(text, end)) === '(')
    readAuthors(text, single)
  const rank = rankBetweenNames(text, blankEnd(text, single.end))
  const at = rank === null ? -1 : blankEnd(text, rank.end)
  const lower =
    rank === null || !isOf(text, at, nameCapital) || text.charCodeAt(rank.end) !== space ? null : readGenus(text, at)
  // "ser" and the like: with an author who has a year it is an epithet that reads like a rank.
  if (rank === null || lower === null || lower.abbreviated || (!rank.stop && isYearAfter(text, lower.end))) {
    single.end = end
    single.authors = null
    single.odd.length = odd
    return false
  }
  addPiece(single, lower, { sign: `${rank.sign} `, at })
  single.combined = true
  single.rank = rank.rank
  if (rank.notho) single.hybrid = 'notho'
  readAuthors(text, single)
  return true
}

function isYearAfter(text: string, at: number): boolean {
  return /^,? \(?\d{4}/.test(text.slice(at, at + 7))
}

/** "cf." before an epithet. */
function readComparison(text: string, single: Single): boolean {
  const at = blankEnd(text, single.end)
  const match = /^cf\.?(?= |$)/i.exec(text.slice(at, at + 4))
  if (match === null || at === single.end) return false
  single.end = at + match[0].length
  single.open = 'cf.'
  single.odd.push({ kind: 'open-nomenclature', at: [at, single.end] })
  return true
}

function readSpecies(text: string, single: Single, isOrdinary: IsOrdinary): boolean {
  let at = blankEnd(text, single.end)
  if (at === single.end && text.charAt(at - 1) !== ')' && !single.abbreviated) return false
  let sign = ''
  const rank = rankAfterName(text, at)
  if (rank !== null && /^(?:agamo|notho)species$/.test(rank.rank)) {
    at = blankEnd(text, rank.end)
    sign = `${rank.sign} `
  }
  if (text.charCodeAt(at) === hybridSign) {
    at = blankEnd(text, at + 1)
    sign = '× '
  }
  const epithet = readEpithet(text, at)
  if (epithet === null || (sign === '' && isOrdinaryWord(single, epithet, isOrdinary))) return false
  if (sign === '× ') single.hybrid = 'hybrid'
  addPiece(single, epithet, { sign, at })
  single.combined = false
  single.rank = sign === '' || sign === '× ' ? 'species' : (rank?.rank ?? 'species')
  readAuthors(text, single)
  return true
}

/** Up to three epithets below the species, each with its rank or without. */
function readInfraspecies(text: string, single: Single, isOrdinary: IsOrdinary): void {
  for (let step = 0; step < 3; step += 1) {
    const start = single.end
    const odd = single.odd.length
    if (step === 0) {
      readComparison(text, single)
      readDoubt(text, single)
    }
    const rank = rankAfterName(text, blankEnd(text, single.end))
    const from = blankEnd(text, rank?.end ?? single.end)
    const sign = text.charCodeAt(from) === hybridSign && rank !== null ? '× ' : ''
    const at = sign === '' ? from : blankEnd(text, from + 1)
    const epithet = readEpithet(text, at)
    if (epithet === null || (rank === null && isOrdinaryWord(single, epithet, isOrdinary))) {
      endUnfinished(single, { start, odd, rank })
      return
    }
    addPiece(single, epithet, { sign: (rank === null ? '' : `${rank.sign} `) + sign, at })
    takeRank(single, rank, at)
    readAuthors(text, single)
  }
}

function isOrdinaryWord({ pieces }: Single, { name }: NameWord, isOrdinary: IsOrdinary): boolean {
  if (looksLatin(name)) return false
  return isOrdinary(
    pieces.map((piece) => piece.name),
    name,
  )
}

function takeRank(single: Single, rank: ReadRank | null, at: number): void {
  single.rank = rank?.rank ?? 'infraspecific'
  if (rank?.notho) single.hybrid = 'notho'
  if (rank?.old) single.odd.push({ kind: 'old-rank', at: [at - rank.sign.length - 1, at - 1] })
}

/** A rank or a cf. after which no epithet comes. */
function endUnfinished(
  single: Single,
  { start, odd, rank }: { start: number; odd: number; rank: ReadRank | null },
): void {
  if (rank === null) {
    if (single.odd.length === odd) single.end = start
    return
  }
  single.odd.push({ kind: 'rank-without-name', at: [start, rank.end] })
  single.end = rank.end
}

/** A question mark between species and what is below it. */
function readDoubt(text: string, single: Single): void {
  const at = blankEnd(text, single.end)
  if (text.charAt(at) !== '?' || text.charCodeAt(at + 1) !== space || !isOf(text, at + 2, nameSmall)) return
  single.end = at + 1
  single.odd.push({ kind: 'question-mark', at: [at, at + 1] })
}

function readUninomial(text: string, single: Single): void {
  readAuthors(text, single)
}

const approximation =
  /^(sp\. ?nr\.|sp\. ?aff\.|monst\.|\?(?= |$|\p{Ll}+$)|(?:spp|sps|nr|sp|aff|species|mixe?d?|hybrids?|assorted)(?:\.|(?=[ ,;]|$)))/iu

function openSign(written: string): string {
  if (written.startsWith('spp') || written.startsWith('sps')) return 'spp.'
  if (/^(?:mix|hybrid|assorted)/.test(written)) return 'mix'
  return written.replace(/^(sp|aff|nr)$/, '$1.')
}

/** "sp.", "aff." and the like: what stands after them is no part of the name. */
function readApproximation(text: string, single: Single): void {
  const at = blankEnd(text, single.end)
  if (at === single.end) return
  const match = approximation.exec(text.slice(at, at + 10))
  if (match === null) return
  if (/^(?:SP|AFF|NR)[^.]/.test(match[0])) return
  single.open = openSign(match[0].toLowerCase())
  single.odd.push({ kind: 'open-nomenclature', at: [at, at + match[0].length] })
  single.end = text.length
}
