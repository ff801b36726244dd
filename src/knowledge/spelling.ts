import { kindOf } from '../core/recognise/fold.ts'
import {
  bitsOfWord,
  hashWithout,
  longestWord,
  ordinaryBit,
  placed,
  type Spelling,
  shortestWord,
  takeWord,
  wordSays,
} from '../core/recognise/spelling.ts'
import type { WrittenSense } from './senses.ts'

/** Most words that the numbers in a place can tell apart. */
const mostWords = (1 << 20) - 2
/** Shortest word of a name that is looked for when it is misspelt; forms (seed) are shorter. */
const shortestName = 5

/**
 * Makes the table of words by which misspelt ones are found: those of written and scientific names, forms and other terms, and
 * the ordinary words, which are left as they are.
 */
export function buildSpelling(
  terms: ReadonlyMap<string, readonly WrittenSense[]>,
  ordinary: Iterable<string>,
): Spelling {
  const said = new Map<string, number>()
  for (const [text, senses] of terms) {
    const says = senses.reduce((bits, one) => bits | saysOf(one), 0)
    if (says === 0) continue
    // Epithets may have four letters (alba, faba): the genus beside them tells them.
    const scientific = text.includes(' ') && senses.some(({ from }) => from === 'taxonomy')
    for (const word of text.split(' '))
      if (isLookedFor(word, scientific ? wordSays.form : says)) said.set(word, (said.get(word) ?? 0) | says)
  }
  const vocabulary = [...said].sort(([one], [other]) => (one < other ? -1 : 1))
  return pack(vocabulary, [...ordinary])
}

function saysOf({ concept, from }: WrittenSense): number {
  if (from === 'wordnet' || concept === 'joint') return 0
  if (concept === 'name') return wordSays.name
  return concept === 'form' ? wordSays.form : wordSays.other
}

function isLookedFor(word: string, says: number): boolean {
  const shortest = (says & wordSays.form) === 0 ? shortestName : shortestWord
  if (word.length < shortest || word.length > longestWord) return false
  for (let at = 0; at < word.length; at += 1) if (kindOf(word.charCodeAt(at)) !== 1) return false
  return true
}

/** Puts words in their places, and ordinary words into their filter. */
function pack(vocabulary: readonly (readonly [string, number])[], ordinary: readonly string[]): Spelling {
  if (vocabulary.length > mostWords) throw new Error(`${vocabulary.length} words are more than the table can hold.`)
  const entries = vocabulary.reduce((sum, [word]) => sum + word.length + 1, 0)
  const places = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, entries * 1.3))))
  vocabulary.forEach(([word], number) => {
    for (const hash of hashesOf(word)) put(places, placed(number, hash), hash)
  })
  const wordFrom = new Int32Array(vocabulary.length + 1)
  vocabulary.forEach(([word], number) => {
    wordFrom[number + 1] = (wordFrom[number] as number) + word.length
  })
  return {
    wordFrom,
    wordLetters: unitsOf(vocabulary.map(([word]) => word).join('')),
    wordSays: Uint16Array.from(vocabulary, ([, says]) => says),
    wordPlaces: places,
    ordinary: filterOf(ordinary),
  }
}

/** A filter with fifteen bits a word. */
function filterOf(words: readonly string[]): Int32Array {
  const filter = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(1, (words.length * 15) / 32))))
  const mask = filter.length * 32 - 1
  for (const word of words) {
    const units = unitsOf(word)
    if (units.length > longestWord) continue
    const hash = takeWord(units, 0, units.length)
    for (let number = 0; number < bitsOfWord; number += 1) {
      const bit = ordinaryBit(hash, number) & mask
      filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31))
    }
  }
  return filter
}

function put(places: Int32Array, value: number, hash: number): void {
  const mask = places.length - 1
  let place = hash & mask
  while (places[place] !== 0) place = (place + 1) & mask
  places[place] = value
}

/** Hash of a word, then those of its shortened forms. */
function hashesOf(word: string): number[] {
  const units = unitsOf(word)
  const hashes = [takeWord(units, 0, units.length)]
  for (let without = 0; without < units.length; without += 1) {
    if (without === 0 || units[without] !== units[without - 1]) hashes.push(hashWithout(without, units.length))
  }
  return [...new Set(hashes)]
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at)
  return units
}
