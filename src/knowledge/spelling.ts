import { kindOf } from '../core/recognise/fold.ts'
import {
  hashWithout,
  longestWord,
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
 * the ordinary English words that lie one typing error beside them, which are left as they are.
 */
export function buildSpelling(
  terms: ReadonlyMap<string, readonly WrittenSense[]>,
  ordinary: Iterable<string>,
): Spelling {
  const said = new Map<string, number>()
  for (const [text, senses] of terms) {
    const says = senses.reduce((bits, one) => bits | saysOf(one), 0)
    if (says === 0) continue
    for (const word of text.split(' ')) if (isLookedFor(word, says)) said.set(word, (said.get(word) ?? 0) | says)
  }
  const vocabulary = [...said].sort(([one], [other]) => (one < other ? -1 : 1))
  return pack(
    vocabulary,
    [...ordinary].filter((word) => !said.has(word) && isLookedFor(word, wordSays.form)),
  )
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

/** Puts words in their places; of ordinary words those that share a place with a word of the vocabulary. */
function pack(vocabulary: readonly (readonly [string, number])[], ordinary: readonly string[]): Spelling {
  const variants = new Set<number>()
  for (const [word] of vocabulary) for (const hash of hashesOf(word)) variants.add(hash)
  const beside = [...new Set(ordinary)].filter((word) => hashesOf(word).some((hash) => variants.has(hash))).sort()
  const all = [...vocabulary, ...beside.map((word): [string, number] => [word, 0])]
  if (all.length > mostWords) throw new Error(`${all.length} words are more than the table of spellings can hold.`)
  const entries = all.reduce((sum, [word, says]) => sum + (says === 0 ? 1 : word.length + 1), 0)
  const places = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, entries * 1.3))))
  all.forEach(([word, says], number) => {
    const hashes = hashesOf(word)
    for (const hash of says === 0 ? hashes.slice(0, 1) : hashes) put(places, placed(number, hash), hash)
  })
  const wordFrom = new Int32Array(all.length + 1)
  all.forEach(([word], number) => {
    wordFrom[number + 1] = (wordFrom[number] as number) + word.length
  })
  return {
    wordFrom,
    wordLetters: unitsOf(all.map(([word]) => word).join('')),
    wordSays: Uint16Array.from(all, ([, says]) => says),
    wordPlaces: places,
  }
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
