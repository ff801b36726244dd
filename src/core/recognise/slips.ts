import { type Spelling, wordSays } from './spelling.ts'

/**
 * Whether a word and `units[from .. to)`, one typing error apart, differ by a letter doubled or not doubled, or swapped with its
 * neighbour: the likeliest errors, and those that make no other word.
 */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
export function isSlip(
  { wordFrom, wordLetters }: Spelling,
  word: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  const first = wordFrom[word] as number
  const size = (wordFrom[word + 1] as number) - first
  const written = to - from
  let at = 0
  while (at < size && at < written && wordLetters[first + at] === units[from + at]) at += 1
  const meant = wordLetters[first + at] as number
  const typed = units[from + at] as number
  if (size === written) return typed === wordLetters[first + at + 1] && units[from + at + 1] === meant
  // A letter too few or too many stands right behind its like: what both begin with ends there.
  return at > 0 && (size > written ? meant : typed) === units[from + at - 1]
}

/** In how many kinds of terms a word stands: those of many are the commoner ones. */
export function kindsOfWord({ wordSays: says }: Spelling, word: number): number {
  const own = says[word] as number
  return Object.values(wordSays).filter((bit) => (own & bit) !== 0).length
}
