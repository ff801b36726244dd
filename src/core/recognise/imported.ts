import type { ImportedTaxa } from '../parcel/imported-taxa.ts'
import { kindOf, space } from './fold.ts'
import { conceptValues } from './lexicon.ts'

/**
 * Names that a user imported, compiled. A name is found by its first word and the words that follow it: one look-up for the
 * first word tells for nearly every word of a description that no name begins with it. Everything is a typed array, so
 * worker threads share it.
 */
export interface ImportedNames extends ImportedTaxa {
  /** First words: number + 1 by hash, 0 for nothing. The size is a power of two. */
  readonly wordSlots: Int32Array
  readonly wordText: Uint16Array
  readonly wordFrom: Int32Array
  /** Most words of a name that begins with the word; of a letter in a script without spaces, most letters. */
  readonly wordLongest: Uint8Array
  /** Names: number + 1 by hash, 0 for nothing. */
  readonly nameSlots: Int32Array
  readonly nameWord: Int32Array
  /** What follows the first word, with its space: name n is `restFrom[n] .. restFrom[n + 1]`. */
  readonly rest: Uint16Array
  readonly restFrom: Int32Array
  /** Own number of the taxon that the name means; `-1 - at` where it means several: `several[at]` tells how many follow. */
  readonly nameTaxon: Int32Array
  readonly several: Int32Array
  /** Position in `conceptValues.name`. */
  readonly nameSense: Uint8Array
  /** Position in the list of languages of the import; 0 for scientific names. */
  readonly nameLanguage: Uint8Array
  /** Number of each of these languages in the knowledge, or -1. */
  readonly languages: Int32Array
  /** Number + 1 of the built-in taxon that a name means by the built-in knowledge, which wins; else 0. */
  readonly nameLink: Int32Array
  /** Number + 1 of the built-in genus that each first word names, else 0. */
  readonly wordGenus: Int32Array
}

/** Where the hash of a name begins. */
export const hashSeed = 0x811c9dc5 | 0

/** One step of the hash of Fowler, Noll and Vo over UTF-16 units. */
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

/** Words that part the words of a scientific name and are left out when it is looked up: the hybrid sign and ranks. */
export const silentWords = [
  'x',
  'subsp',
  'ssp',
  'var',
  'f',
  'fo',
  'forma',
  'subvar',
  'nothosubsp',
  'nothovar',
  'convar',
]
const longestSilent = Math.max(...silentWords.map((word) => word.length))
const silentHashes = new Set(
  silentWords.map((word) => [...word].reduce((hash, letter) => hashStep(hash, letter.charCodeAt(0)), hashSeed)),
)

/** Where the search for a hash begins. */
export function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask
}

/** Most units of a name that is looked up. */
export const longestName = 160
const scratch = new Uint16Array(longestName)
/** Name of the last search that found one. */
let foundName = -1

/** Number of the name that `importedEnd` found last. */
export function importedFound(): number {
  return foundName
}

/**
 * End of the longest imported name that begins at the word at `at`, or `at` when there is none. Common names, which nobody has
 * checked, are only heard where `taken` says that the built-in vocabulary knows no word here.
 */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
export function importedEnd(
  names: ImportedNames,
  units: Uint16Array,
  at: number,
  length: number,
  taken: boolean,
): number {
  const kind = kindOf(units[at] as number)
  if (kind === 3) return taken ? at : lettersEnd(names, units, at, length)
  let hash = hashSeed
  let end = at
  do {
    hash = hashStep(hash, units[end] as number)
    end += 1
  } while (end < length && kindOf(units[end] as number) === kind)
  const word = findWord(names, hash, units, at, end)
  if (word < 0) return at
  let best = at
  let words = 1
  let size = 0
  for (;;) {
    const name = findName(names, hash, word, size)
    if (name >= 0 && !(taken && isCandidate(names, name))) {
      best = end
      foundName = name
    }
    if (words >= (names.wordLongest[word] as number)) return best
    for (;;) {
      if (end + 1 >= length || units[end] !== space) return best
      const start = end + 1
      const next = wordEndAt(units, start, length)
      if (next === start || size + 1 + next - start > longestName) return best
      end = next
      if (isSilent(units, start, end)) continue
      hash = hashStep(hash, space)
      for (let unit = start; unit < end; unit += 1) hash = hashStep(hash, units[unit] as number)
      size = takeRest(units, start, end, size)
      break
    }
    words += 1
  }
}

/**
 * Keeps a word for comparing, with its space, behind `size` units kept before; -1 keeps letters of a script without spaces.
 * Returns how many units are kept.
 */
export function takeRest(units: Uint16Array, from: number, to: number, size: number): number {
  let next = size
  if (size < 0) next = 0
  else {
    scratch[next] = space
    next += 1
  }
  for (let at = from; at < to; at += 1) {
    scratch[next] = units[at] as number
    next += 1
  }
  return next
}

/** Adds what is kept for comparing to a list. */
export function keptRest(size: number): Uint16Array {
  return scratch.subarray(0, size)
}

/** Number of the first word that a folded text is, or -1. */
export function importedWord(names: ImportedNames, units: Uint16Array, length: number): number {
  let hash = hashSeed
  for (let at = 0; at < length; at += 1) hash = hashStep(hash, units[at] as number)
  return findWord(names, hash, units, 0, length)
}

/** The same for a script without spaces: names begin at any letter and end at any letter. */
function lettersEnd(names: ImportedNames, units: Uint16Array, at: number, length: number): number {
  let hash = hashStep(hashSeed, units[at] as number)
  const word = findWord(names, hash, units, at, at + 1)
  if (word < 0) return at
  const most = names.wordLongest[word] as number
  let best = at
  for (let end = at + 1; ; end += 1) {
    const name = findName(names, hash, word, end - at - 1)
    if (name >= 0) {
      best = end
      foundName = name
    }
    if (end - at >= most || end >= length || kindOf(units[end] as number) !== 3) return best
    hash = hashStep(hash, units[end] as number)
    scratch[end - at - 1] = units[end] as number
  }
}

/** End of the word at `start`, of letters of a script with spaces; `start` where there is none. */
function wordEndAt(units: Uint16Array, start: number, length: number): number {
  const kind = kindOf(units[start] as number)
  if (kind !== 1 && kind !== 4) return start
  let end = start + 1
  while (end < length && kindOf(units[end] as number) === kind) end += 1
  return end
}

/** Whether a word is one of `silentWords`. */
export function isSilent(units: Uint16Array, start: number, end: number): boolean {
  if (end - start > longestSilent) return false
  let hash = hashSeed
  for (let at = start; at < end; at += 1) hash = hashStep(hash, units[at] as number)
  return silentHashes.has(hash)
}

/** Number of the first word with a hash that stands in `[from, to)`, or -1. */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
export function findWord(
  { wordSlots, wordFrom, wordText }: Pick<ImportedNames, 'wordSlots' | 'wordFrom' | 'wordText'>,
  hash: number,
  units: Uint16Array,
  from: number,
  to: number,
): number {
  const mask = wordSlots.length - 1
  for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
    const word = (wordSlots[slot] as number) - 1
    if (word < 0) return -1
    let own = wordFrom[word] as number
    if ((wordFrom[word + 1] as number) - own !== to - from) continue
    let at = from
    while (at < to && wordText[own] === units[at]) {
      at += 1
      own += 1
    }
    if (at === to) return word
  }
}

/** Number of the name of a first word and the `size` units that `takeRest` kept, or -1. */
export function findName(
  { nameSlots, nameWord, restFrom, rest }: Pick<ImportedNames, 'nameSlots' | 'nameWord' | 'restFrom' | 'rest'>,
  hash: number,
  word: number,
  size: number,
): number {
  const mask = nameSlots.length - 1
  for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
    const name = (nameSlots[slot] as number) - 1
    if (name < 0) return -1
    if (nameWord[name] !== word) continue
    const own = restFrom[name] as number
    if ((restFrom[name + 1] as number) - own !== size) continue
    let at = 0
    while (at < size && rest[own + at] === scratch[at]) at += 1
    if (at === size) return name
  }
}

const candidate = conceptValues.name.indexOf('candidate')

/** Whether a name is a common one, which nobody has checked. */
export function isCandidate(names: ImportedNames, name: number): boolean {
  return names.nameSense[name] === candidate
}

/** Own numbers of the taxa that a name means by what was imported. */
export function importedTaxaOf({ nameTaxon, several }: ImportedNames, name: number): readonly number[] {
  const taxon = nameTaxon[name] as number
  if (taxon >= 0) return [taxon]
  const at = -1 - taxon
  return [...several.subarray(at + 1, at + 1 + (several[at] as number))]
}
