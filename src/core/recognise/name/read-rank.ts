import { authorCapital, fullStop, isOf, nameSmall, space } from './letters.ts'
import { type RankWord, ranksBelowSpecies, ranksOfUninomials } from './ranks.ts'
import { type MayBe, wordFilter } from './word-filter.ts'

/** A sign of rank as it was read. */
export interface ReadRank extends RankWord {
  readonly end: number
  /** Whether a full stop stands after it. */
  readonly stop: boolean
}

interface Ranks {
  readonly ranks: ReadonlyMap<string, RankWord>
  readonly mayBe: MayBe
}

const below: Ranks = { ranks: ranksBelowSpecies, mayBe: wordFilter(ranksBelowSpecies.keys()) }
const between: Ranks = { ranks: ranksOfUninomials, mayBe: wordFilter(ranksOfUninomials.keys()) }
const longest = 14

/** The sign of a rank below the species at `at`, or null. A Greek letter after it is passed over. */
export function rankAfterName(text: string, at: number): ReadRank | null {
  if (isOf(text, at, authorCapital) || at >= text.length) return null
  const special = text.charCodeAt(at) !== 102 ? null : /^f\. ?sp\.?(?= |$)/.exec(text.slice(at, at + 8))
  if (special !== null) {
    return { ...(ranksBelowSpecies.get('f.sp') as RankWord), end: at + special[0].length, stop: true }
  }
  const aberration = text.charCodeAt(at) !== 97 ? null : /^ab\. ?n\.(?= )/.exec(text.slice(at, at + 7))
  if (aberration !== null) {
    const [sign] = aberration
    return { ...(ranksBelowSpecies.get('ab') as RankWord), sign, end: at + sign.length, stop: true }
  }
  const found = rankIn(below, text, at)
  if (found === null) return null
  const greek =
    text.charCodeAt(found.end + 1) < 0x3b1 ? null : /^ ?[α-ω]\.?(?= |$)/.exec(text.slice(found.end, found.end + 4))
  return greek === null ? found : { ...found, end: found.end + greek[0].length }
}

/** The sign of a rank that stands between two names of one word, or null. */
export function rankBetweenNames(text: string, at: number): ReadRank | null {
  if (!isOf(text, at, nameSmall)) return null
  return rankIn(between, text, at)
}

function rankIn({ ranks, mayBe }: Ranks, text: string, at: number): ReadRank | null {
  let end = at
  while (
    end < text.length &&
    end - at <= longest &&
    text.charCodeAt(end) !== fullStop &&
    text.charCodeAt(end) !== space
  )
    end += 1
  const stop = text.charCodeAt(end) === fullStop
  if (!mayBe(text, at, end) && !(stop && mayBe(text, at, end + 1))) return null
  const word = text.slice(at, end)
  const rank = ranks.get(word) ?? (stop ? ranks.get(`${word}.`) : undefined)
  if (rank === undefined) return null
  // "a.smith" is an author, "a. minor" may have a rank.
  if (end - at === 1 && stop && rank.old && text.charCodeAt(end + 1) !== space) return null
  const closing = stop && text.charAt(end + 1) === ']' ? 2 : stop ? 1 : 0
  return { ...rank, sign: rank.sign === '' ? text.slice(at, end + closing) : rank.sign, end: end + closing, stop }
}
