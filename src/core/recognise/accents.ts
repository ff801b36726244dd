import { type Lexicon, sense, senseSize } from './lexicon.ts'

/**
 * Words that fold to the same letters and are written with different accents (Vietnamese dừa and dưa, Turkish gül and Swedish
 * gul) are told apart where the accents were typed.
 */

/**
 * Digest of a spelling with its accents: lower case, the tone of a syllable wherever it is typed (hòa, hoà). 0 for letters
 * without accents.
 */
export function spellingOf(text: string): number {
  const lower = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/i\u0307/g, 'i')
    .replace(tonedSyllable, '$1$3$2')
  let digest = 0
  let accented = false
  for (let at = 0; at < lower.length; at += 1) {
    const unit = lower.charCodeAt(at)
    if (unit >= 0xc0 && unit !== 0xd7 && unit !== 0xf7) accented = true
    digest = (Math.imul(digest, 31) + (isJoint(unit) ? 32 : unit)) | 0
  }
  return accented ? digest || 1 : 0
}

/** A Vietnamese tone on the first vowel of oa, oe or uy where nothing follows: hòa is typed hoà as well. */
const tonedSyllable = /([ou])(\u0300|\u0301|\u0303|\u0309|\u0323)([aey])(?![a-z])/g

/** Hyphens and apostrophes join words like a space. */
function isJoint(unit: number): boolean {
  return unit === 45 || unit === 39 || unit === 0x2019
}

/** Whether the senses of a term are written with different accents, so that a typed accent chooses among them. */
export function hasSpellings({ senseFrom, senses }: Lexicon, term: number): boolean {
  const [from, to] = [senseFrom[term] as number, senseFrom[term + 1] as number]
  const first = senses[from * senseSize + sense.spelling]
  for (let at = from + 1; at < to; at += 1) if (senses[at * senseSize + sense.spelling] !== first) return true
  return false
}

/** Positions of the senses of a term that are written as `text` is; all of them where it has no accents or fits none. */
export function sensesSpelled({ senseFrom, senses }: Lexicon, term: number, text: string): readonly number[] {
  const [from, to] = [senseFrom[term] as number, senseFrom[term + 1] as number]
  const all = Array.from({ length: to - from }, (_, at) => from + at)
  const spelling = spellingOf(text)
  const fitting = spelling === 0 ? [] : all.filter((at) => senses[at * senseSize + sense.spelling] === spelling)
  return fitting.length > 0 ? fitting : all
}

/** Languages of the senses of a term, as bits. */
export function tonguesOf({ senseFrom, senses }: Lexicon, term: number): number {
  let bits = 0
  const to = senseFrom[term + 1] as number
  for (let at = senseFrom[term] as number; at < to; at += 1)
    bits |= 1 << (senses[at * senseSize + sense.language] as number)
  return bits
}

/** Languages in which `text`, with the accents it is typed with, is a term, as bits; 0 where it has no accents. */
export function accentedIn({ senseFrom, senses }: Lexicon, term: number, text: string): number {
  const spelling = spellingOf(text)
  if (spelling === 0) return 0
  let bits = 0
  const to = senseFrom[term + 1] as number
  for (let at = senseFrom[term] as number; at < to; at += 1)
    if (senses[at * senseSize + sense.spelling] === spelling)
      bits |= 1 << (senses[at * senseSize + sense.language] as number)
  return bits
}

/**
 * Positions of the senses of a term that `text` can mean where `tongues` are known to be written with their accents: of those
 * only what is spelled so. Several words, one of which fits, are left as they are.
 */
export function sensesKept(lexicon: Lexicon, term: number, text: string, tongues: number): readonly number[] {
  const spelled = sensesSpelled(lexicon, term, text)
  if (/[\s-]/.test(text)) return spelled
  const spelling = spellingOf(text)
  return spelled.filter((at) => {
    // A word with tones is of that language; one without may be of any.
    if (spelling !== 0) return lexicon.senses[at * senseSize + sense.spelling] === spelling
    const own = 1 << (lexicon.senses[at * senseSize + sense.language] as number)
    return (own & tongues) === 0 || lexicon.senses[at * senseSize + sense.spelling] === spelling
  })
}
