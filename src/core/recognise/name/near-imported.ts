import { space } from '../fold.ts'
import { type ImportedNames, importedWord } from '../imported.ts'
import type { Mend } from './near-terms.ts'

/** Where the names of each first word stand, and which letters their rests have; made when the first misspelt name comes. */
interface Index {
  readonly first: Int32Array
  readonly names: Int32Array
  readonly letters: Int32Array
  /** Letters and numbers of the first words, by length. */
  readonly words: readonly { readonly numbers: Int32Array; readonly letters: Int32Array }[]
}

/** Makes a search for ways to read folded units as an imported name by putting one typing error right. */
export function nearImported(names: ImportedNames): (units: Uint16Array, length: number) => Mend[] {
  let index: Index | null = null
  return (units, length) => {
    index ??= indexOf(names)
    const blank = units.indexOf(space)
    const end = blank < 0 || blank > length ? length : blank
    const found = nearRests(names, index, units, { end, length })
    if (found.length === 0) found.push(...nearWords(names, index, units, { end, length }))
    if (found.length === 0) found.push(...parted(names, index, units, { end, length }))
    return found
  }
}

interface Extent {
  /** End of the first word. */
  readonly end: number
  readonly length: number
}

/** Names of the first word as it stands. */
function nearRests(names: ImportedNames, index: Index, units: Uint16Array, { end, length }: Extent): Mend[] {
  const word = importedWord(names, units, end)
  if (word < 0) return []
  const { rest, restFrom } = names
  const letters = lettersOf(units, end, length)
  const found: Mend[] = []
  for (let at = index.first[word] as number; at < (index.first[word + 1] as number); at += 1) {
    if (!mayBeNear((index.letters[at] as number) ^ letters)) continue
    const name = index.names[at] as number
    const mend = mendOf(units, [end, length], rest, [restFrom[name] as number, restFrom[name + 1] as number])
    if (mend !== null) found.push(mend)
  }
  return found
}

/** First words that are near, with the rest as it stands. */
function nearWords(names: ImportedNames, index: Index, units: Uint16Array, { end, length }: Extent): Mend[] {
  const { wordText, wordFrom } = names
  const letters = lettersOf(units, 0, end)
  const found: Mend[] = []
  for (let size = end - 1; size <= end + 1; size += 1) {
    const own = index.words[size]
    if (own === undefined) continue
    for (let at = 0; at < own.numbers.length; at += 1) {
      if (!mayBeNear((own.letters[at] as number) ^ letters)) continue
      const word = own.numbers[at] as number
      const mend = mendOf(units, [0, end], wordText, [wordFrom[word] as number, wordFrom[word + 1] as number])
      if (mend !== null && hasRest(names, index, word, units.subarray(end, length))) found.push(mend)
    }
  }
  return found
}

/** Blanks that are missing, stand for a letter, or stand one letter too early or too late. */
function parted(names: ImportedNames, index: Index, units: Uint16Array, { end, length }: Extent): Mend[] {
  const found: Mend[] = []
  const tell = (size: number, from: number, mend: Mend): void => {
    const word = importedWord(names, units, size)
    if (word >= 0 && hasRest(names, index, word, Uint16Array.of(space, ...units.subarray(from, length))))
      found.push(mend)
  }
  for (let at = 3; at < end - 1; at += 1) {
    tell(at, at, { from: at, to: at, letters: [space] })
    tell(at, at + 1, { from: at, to: at + 1, letters: [space] })
  }
  if (end + 2 < length) {
    const [before, after] = [units[end - 1] as number, units[end + 1] as number]
    const moved = units.slice(0, length)
    moved[end] = before
    moved[end - 1] = space
    const early = importedWord(names, moved, end - 1)
    if (early >= 0 && hasRest(names, index, early, moved.subarray(end - 1)))
      found.push({ from: end - 1, to: end + 1, letters: [space, before] })
    const later = units.slice(0, length)
    later[end] = after
    later[end + 1] = space
    const late = importedWord(names, later, end + 1)
    if (late >= 0 && hasRest(names, index, late, later.subarray(end + 1)))
      found.push({ from: end, to: end + 2, letters: [after, space] })
    const joined = Uint16Array.of(...units.subarray(0, end), ...units.subarray(end + 1, length))
    const next = joined.length - (length - end - 1) + units.subarray(end + 1, length).indexOf(space)
    const size = next < end ? joined.length : next
    const one = importedWord(names, joined, size)
    if (one >= 0 && hasRest(names, index, one, joined.subarray(size)))
      found.push({ from: end, to: end + 1, letters: [] })
  }
  return found
}

function hasRest({ rest, restFrom }: ImportedNames, index: Index, word: number, units: Uint16Array): boolean {
  const letters = lettersOf(units, 0, units.length)
  for (let at = index.first[word] as number; at < (index.first[word + 1] as number); at += 1) {
    if (index.letters[at] !== letters) continue
    const from = restFrom[index.names[at] as number] as number
    const to = restFrom[(index.names[at] as number) + 1] as number
    if (to - from === units.length && units.every((unit, place) => rest[from + place] === unit)) return true
  }
  return false
}

/** One letter changed sets or clears two bits at most. */
function mayBeNear(difference: number): boolean {
  const rest = difference & (difference - 1)
  return (rest & (rest - 1)) === 0
}

function lettersOf(units: Uint16Array, from: number, to: number): number {
  let letters = 0
  for (let at = from; at < to; at += 1) letters |= 1 << ((units[at] as number) & 31)
  return letters
}

type Span = readonly [from: number, to: number]

/** The one error that parts two words, or null where they are the same or further apart. */
function mendOf(units: Uint16Array, [from, to]: Span, others: Uint16Array, [first, last]: Span): Mend | null {
  const difference = to - from - (last - first)
  if (difference < -1 || difference > 1) return null
  let [start, end, own, ownEnd] = [from, to, first, last]
  while (start < end && own < ownEnd && units[start] === others[own]) {
    start += 1
    own += 1
  }
  while (start < end && own < ownEnd && units[end - 1] === others[ownEnd - 1]) {
    end -= 1
    ownEnd -= 1
  }
  const [one, other] = [end - start, ownEnd - own]
  const swapped = one === 2 && other === 2 && units[start] === others[own + 1] && units[start + 1] === others[own]
  if (one + other === 0 || !(swapped || (one <= 1 && other <= 1))) return null
  return { from: start, to: end, letters: [...others.subarray(own, ownEnd)] }
}

function indexOf({ nameWord, wordFrom, wordText, rest, restFrom }: ImportedNames): Index {
  const words = wordFrom.length - 1
  const first = new Int32Array(words + 1)
  for (const word of nameWord) first[word + 1] = (first[word + 1] as number) + 1
  for (let word = 0; word < words; word += 1) first[word + 1] = (first[word + 1] as number) + (first[word] as number)
  const next = first.slice()
  const [names, letters] = [new Int32Array(nameWord.length), new Int32Array(nameWord.length)]
  for (let name = 0; name < nameWord.length; name += 1) {
    const word = nameWord[name] as number
    const at = next[word] as number
    next[word] = at + 1
    names[at] = name
    letters[at] = lettersOf(rest, restFrom[name] as number, restFrom[name + 1] as number)
  }
  const bySize = Map.groupBy(Array(words).keys(), (word) => (wordFrom[word + 1] as number) - (wordFrom[word] as number))
  const lengths: { numbers: Int32Array; letters: Int32Array }[] = []
  for (const [size, own] of bySize)
    lengths[size] = {
      numbers: Int32Array.from(own),
      letters: Int32Array.from(own, (word) =>
        lettersOf(wordText, wordFrom[word] as number, wordFrom[word + 1] as number),
      ),
    }
  return { first, names, letters, words: lengths }
}
