/**
 * Words as they may have been meant: one letter dropped, added, replaced or swapped with its neighbour. Each word of the
 * vocabulary is kept under itself and under itself without any one letter (symmetric deletion, Garbe 2012), so that one look
 * at each shortened form of a misspelt word finds it.
 */
export interface Spelling {
  /** Letters of word w are `wordFrom[w] .. wordFrom[w + 1]`. */
  readonly wordFrom: Int32Array
  readonly wordLetters: Uint16Array
  /** What each word belongs to: see `wordSays`. */
  readonly wordSays: Uint16Array
  /** A table of 2^n places: number of a word, plus 1, in the low 20 bits, the rest of its hash above; 0 where empty. */
  readonly wordPlaces: Int32Array
  /** Ordinary words, as a filter of 2^n bits (Bloom 1970): they are spelled as they are meant. */
  readonly ordinary: Int32Array
}

/** Bits of `wordSays`: a word of plant names, of forms, of other terms. */
export const wordSays = { name: 1, form: 2, other: 4 } as const

export const shortestWord = 4
export const longestWord = 32
const base = 0x01000193
const wordBits = 20

const powers = new Int32Array(longestWord + 1)
powers[0] = 1
for (let at = 1; at <= longestWord; at += 1) powers[at] = Math.imul(powers[at - 1] as number, base)

/** Hashes of the beginnings and ends of one word, from which those of its shortened forms are made. */
const heads = new Int32Array(longestWord + 2)
const tails = new Int32Array(longestWord + 2)

/** Takes in a word of at most `longestWord` letters and returns its hash. */
export function takeWord(units: Uint16Array, from: number, to: number): number {
  const size = to - from
  heads[0] = 0
  for (let at = 0; at < size; at += 1)
    heads[at + 1] = (Math.imul(heads[at] as number, base) + (units[from + at] as number) + 1) | 0
  tails[size] = 0
  for (let at = size - 1; at >= 0; at -= 1)
    tails[at] =
      (Math.imul((units[from + at] as number) + 1, powers[size - 1 - at] as number) + (tails[at + 1] as number)) | 0
  return mix(heads[size] as number)
}

/** Hash of the word taken in last, of `size` letters, without the letter at `without`. */
export function hashWithout(without: number, size: number): number {
  return mix(
    (Math.imul(heads[without] as number, powers[size - 1 - without] as number) + (tails[without + 1] as number)) | 0,
  )
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** What a place holds for a word: its number, and what is left of the hash. */
export function placed(word: number, hash: number): number {
  return (word + 1) | ((hash >>> wordBits) << wordBits)
}

/** Bits of a word in the filter of ordinary words. */
export function ordinaryBit(hash: number, number: number): number {
  return mix(hash + Math.imul(number + 1, 0x9e3779b1))
}

/** How many bits each ordinary word sets. */
export const bitsOfWord = 5

/** Whether `units[from .. to)` is an ordinary word; one in a thousand others is taken for one. */
export function isOrdinary({ ordinary }: Spelling, units: Uint16Array, from: number, to: number): boolean {
  if (to - from > longestWord) return false
  return hasBits(ordinary, takeWord(units, from, to))
}

function hasBits(ordinary: Int32Array, hash: number): boolean {
  const mask = ordinary.length * 32 - 1
  for (let number = 0; number < bitsOfWord; number += 1) {
    const bit = ordinaryBit(hash, number) & mask
    if (((ordinary[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false
  }
  return true
}

/**
 * Writes the words that `units[from .. to)` may have been meant for into `meant`, and returns how many. `isWordItself` then
 * tells whether it is a word of some name as it stands.
 */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
export function findMeant(spelling: Spelling, units: Uint16Array, from: number, to: number, meant: Int32Array): number {
  const size = to - from
  if (size < shortestWord || size > longestWord) return 0
  wordItself = false
  const whole = takeWord(units, from, to)
  let count = look(spelling, whole, units, from, to, meant, 0)
  for (let at = 0; at < count; at += 1) {
    if (!isWord(spelling, meant[at] as number, units, from, to)) continue
    wordItself = true
    meant[at] = meant[count - 1] as number
    count -= 1
    break
  }
  for (let without = 0; without < size && count >= 0; without += 1) {
    if (without > 0 && units[from + without] === units[from + without - 1]) continue
    count = look(spelling, hashWithout(without, size), units, from, to, meant, count)
  }
  return count
}

let wordItself = false

/** Whether the last word that `findMeant` looked for is a word of the vocabulary as it stands. */
export function isWordItself(): boolean {
  return wordItself
}

// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function look(
  spelling: Spelling,
  hash: number,
  units: Uint16Array,
  from: number,
  to: number,
  meant: Int32Array,
  before: number,
): number {
  const { wordPlaces } = spelling
  const mask = wordPlaces.length - 1
  let count = before
  for (let place = hash & mask; ; place = (place + 1) & mask) {
    const held = wordPlaces[place] as number
    if (held === 0) return count
    if ((held ^ hash) >>> wordBits !== 0) continue
    const word = (held & ((1 << wordBits) - 1)) - 1
    if (wordItself && isWord(spelling, word, units, from, to)) continue
    if (count < meant.length && !holds(meant, count, word) && isNear(spelling, word, units, from, to)) {
      meant[count] = word
      count += 1
    }
  }
}

function holds(meant: Int32Array, count: number, word: number): boolean {
  for (let at = 0; at < count; at += 1) if (meant[at] === word) return true
  return false
}

// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function isWord(
  { wordFrom, wordLetters }: Spelling,
  word: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  const first = wordFrom[word] as number
  if ((wordFrom[word + 1] as number) - first !== to - from) return false
  for (let at = from; at < to; at += 1) if (units[at] !== wordLetters[first + at - from]) return false
  return true
}

/** Whether a word and `units[from .. to)` are at most one typing error apart: the letters between what both begin and end with. */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function isNear(
  { wordFrom, wordLetters }: Spelling,
  word: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  let first = wordFrom[word] as number
  let last = wordFrom[word + 1] as number
  let start = from
  let end = to
  while (first < last && start < end && wordLetters[first] === units[start]) {
    first += 1
    start += 1
  }
  while (first < last && start < end && wordLetters[last - 1] === units[end - 1]) {
    last -= 1
    end -= 1
  }
  const [one, other] = [last - first, end - start]
  if (one <= 1 && other <= 1) return true
  return one === 2 && other === 2 && wordLetters[first] === units[start + 1] && wordLetters[first + 1] === units[start]
}
