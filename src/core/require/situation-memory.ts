import { articles } from '../parcel/articles.ts'
import { modes, recipients } from '../parcel/parcel.ts'
import { parts, uses } from '../parcel/state.ts'
import { type Bands, placeIn } from './number-bands.ts'
import type { Situation } from './situation.ts'

/** What was found for situations. Bounded: when it is full it begins anew. */
export interface SituationMemory<Found> {
  readonly find: (situation: Situation) => Found | undefined
  readonly keep: (situation: Situation, found: Found) => void
}

/** Numbers that tell one situation from another, besides those of its amounts. */
const plainWords = 7
/** Most situations that are kept. */
const mostKept = 1 << 16
const firstSize = 1 << 5
/** Room for the number of a place and "not told" in a key. */
const placeBits = 12

/**
 * A memory by situation, as open addressing over packed keys: what a requirement can test is a dozen small numbers, so that nothing
 * is put together as text to look an answer up.
 */
export function situationMemory<Found>(bands: Bands): SituationMemory<Found> {
  const width = plainWords + bands.length
  const key = new Int32Array(width)
  const texts = new Map<string, number>()
  let size = firstSize
  let keys = new Int32Array(size * width)
  let found: (Found | undefined)[] = new Array(size)
  let kept = 0

  /** Number of a text, the same for the same text. */
  const numberOf = (text: string): number => {
    const known = texts.get(text)
    if (known !== undefined) return known
    texts.set(text, texts.size)
    return texts.size - 1
  }
  const pack = (situation: Situation): void => {
    const { taxa, origin, dispatch, via, claimed, numbers } = situation
    key[0] = taxa.length === 0 ? -1 : taxa.length === 1 ? (taxa[0] as number) : -2 - numberOf(taxa.join())
    key[1] = wordsOf(situation)
    key[2] = (origin + 1) | ((dispatch + 1) << placeBits)
    key[3] = situation.destination + 1
    key[4] = situation.yes
    key[5] = situation.no
    key[6] = numberOf(
      via.length + claimed.length === 0 ? situation.on : `${situation.on}|${via.join()}|${claimed.join()}`,
    )
    for (let at = 0; at < bands.length; at += 1) key[plainWords + at] = placeIn(bands[at] as Bands[number], numbers)
  }
  /** Place of the key, or the free one where it would stand. */
  const placeOf = (own: Int32Array, from: number): number => {
    let hash = 0
    for (let at = 0; at < width; at += 1)
      hash = Math.imul(hash ^ (own[from + at] as number), 0x9e3779b1) ^ (hash >>> 15)
    for (let place = (hash ^ (hash >>> 16)) & (size - 1); ; place = (place + 1) & (size - 1)) {
      if (found[place] === undefined) return place
      const first = place * width
      let at = 0
      while (at < width && keys[first + at] === own[from + at]) at += 1
      if (at === width) return place
    }
  }
  const put = (own: Int32Array, from: number, one: Found): void => {
    const place = placeOf(own, from)
    if (found[place] === undefined) kept += 1
    keys.set(own.subarray(from, from + width), place * width)
    found[place] = one
  }
  const begin = (room: number): void => {
    size = room
    keys = new Int32Array(size * width)
    found = new Array(size)
    kept = 0
  }
  const grow = (): void => {
    const [oldKeys, old] = [keys, found]
    begin(size * 2)
    old.forEach((one, at) => {
      if (one !== undefined) put(oldKeys, at * width, one)
    })
  }
  return {
    find: (situation) => {
      pack(situation)
      return found[placeOf(key, 0)]
    },
    keep: (situation, one) => {
      if (kept >= mostKept || texts.size >= mostKept) {
        texts.clear()
        begin(firstSize)
      } else if (kept * 2 >= size) grow()
      pack(situation)
      put(key, 0, one)
    },
  }
}

/** The facts of a situation that are one word of a few, packed. */
function wordsOf({ article, part, use, by, recipient, noNarrower }: Situation): number {
  return (
    articles.indexOf(article) |
    ((part === null ? 15 : parts.indexOf(part)) << 5) |
    ((use === null ? 7 : uses.indexOf(use)) << 9) |
    ((by === null ? 7 : modes.indexOf(by)) << 12) |
    ((recipient === null ? 3 : recipients.indexOf(recipient)) << 15) |
    (noNarrower ? 1 << 17 : 0)
  )
}
