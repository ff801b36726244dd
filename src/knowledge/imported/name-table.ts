import { type Folded, fold, foldedRoom, hardBreak, kindOf, space } from '../../core/recognise/fold.ts'
import {
  findName,
  findWord,
  hashSeed,
  hashStep,
  isSilent,
  keptRest,
  longestName,
  slotOf,
  takeRest,
} from '../../core/recognise/imported.ts'
import { add, filled, type Growing, growingBytes, growingInts, growingUnits } from './growing.ts'

/** Names by their folded text: each has a number, in the order in which they are first met. */
export interface NameTable {
  /** Number of a name, made where it is new; null where a text is no name that could be found. */
  readonly numberOf: (text: string) => number | null
  readonly count: () => number
  readonly pack: () => PackedNames
}

export interface PackedNames {
  readonly wordSlots: Int32Array
  readonly wordText: Uint16Array
  readonly wordFrom: Int32Array
  readonly wordLongest: Uint8Array
  readonly nameSlots: Int32Array
  readonly nameWord: Int32Array
  readonly rest: Uint16Array
  readonly restFrom: Int32Array
}

interface Draft {
  wordSlots: Int32Array
  nameSlots: Int32Array
  readonly wordText: Growing<Uint16Array>
  readonly wordFrom: Growing<Int32Array>
  readonly wordLongest: Growing<Uint8Array>
  readonly wordHash: Growing<Int32Array>
  readonly nameWord: Growing<Int32Array>
  readonly rest: Growing<Uint16Array>
  readonly restFrom: Growing<Int32Array>
  readonly nameHash: Growing<Int32Array>
}

/** Makes an empty table. `table` is the folding of letters. */
export function nameTable(table: Uint16Array): NameTable {
  const draft: Draft = {
    wordSlots: new Int32Array(1 << 14),
    nameSlots: new Int32Array(1 << 16),
    wordText: growingUnits(),
    wordFrom: growingInts(),
    wordLongest: growingBytes(),
    wordHash: growingInts(),
    nameWord: growingInts(),
    rest: growingUnits(),
    restFrom: growingInts(),
    nameHash: growingInts(),
  }
  add(draft.wordFrom, 0)
  add(draft.restFrom, 0)
  const room = foldedRoom()
  return {
    numberOf: (text) => {
      fold(text, table, room)
      return split(draft, room)
    },
    count: () => draft.nameWord.length,
    pack: () => ({
      wordSlots: draft.wordSlots,
      nameSlots: draft.nameSlots,
      wordText: filled(draft.wordText),
      wordFrom: filled(draft.wordFrom),
      wordLongest: filled(draft.wordLongest),
      nameWord: filled(draft.nameWord),
      rest: filled(draft.rest),
      restFrom: filled(draft.restFrom),
    }),
  }
}

/** Splits a folded text into its first word and the rest as a search does, and enters both. */
function split(draft: Draft, room: Folded): number | null {
  const { units } = room
  let { length } = room
  while (length > 0 && units[length - 1] === space) length -= 1
  const kind = length === 0 ? 0 : kindOf(units[0] as number)
  if (length > longestName || (kind !== 1 && kind !== 3 && kind !== 4)) return null
  for (let at = 0; at < length; at += 1) if (isBreak(units[at] as number)) return null
  return kind === 3 ? enterLetters(draft, units, length) : enterWords(draft, units, length)
}

function isBreak(unit: number): boolean {
  return unit === hardBreak || (unit !== space && (kindOf(unit) === 0 || kindOf(unit) === 2))
}

function enterWords(draft: Draft, units: Uint16Array, length: number): number | null {
  const kind = kindOf(units[0] as number)
  let hash = hashSeed
  let end = 0
  while (end < length && kindOf(units[end] as number) === kind) hash = hashStep(hash, units[end++] as number)
  const word = enterWord(draft, hash, units, end)
  let size = 0
  let words = 1
  while (end < length) {
    const start = end + 1
    if (units[end] !== space) return null
    end = start
    const own = kindOf(units[start] as number)
    if (own !== 1 && own !== 4) return null
    while (end < length && kindOf(units[end] as number) === own) end += 1
    const silent = isSilent(units, start, end)
    if (silent && end >= length) return null
    if (silent) continue
    hash = hashStep(hash, space)
    for (let at = start; at < end; at += 1) hash = hashStep(hash, units[at] as number)
    size = takeRest(units, start, end, size)
    words += 1
  }
  if (words > 12) return null
  return enterName(draft, hash, { word, size, longest: words })
}

function enterLetters(draft: Draft, units: Uint16Array, length: number): number | null {
  let hash = hashSeed
  for (let at = 0; at < length; at += 1) if (kindOf(units[at] as number) !== 3) return null
  hash = hashStep(hash, units[0] as number)
  const word = enterWord(draft, hash, units, 1)
  for (let at = 1; at < length; at += 1) hash = hashStep(hash, units[at] as number)
  const size = takeRest(units, 1, length, -1)
  return enterName(draft, hash, { word, size, longest: length })
}

function enterWord(draft: Draft, hash: number, units: Uint16Array, end: number): number {
  const { wordText, wordFrom, wordHash } = draft
  const view = { wordSlots: draft.wordSlots, wordFrom: wordFrom.array, wordText: wordText.array }
  const known = findWord(view, hash, units, 0, end)
  if (known >= 0) return known
  const word = wordHash.length
  add(wordHash, hash)
  for (let at = 0; at < end; at += 1) add(wordText, units[at] as number)
  add(wordFrom, wordText.length)
  add(draft.wordLongest, 0)
  draft.wordSlots = entered(draft.wordSlots, wordHash, 4)
  return word
}

function enterName(
  draft: Draft,
  hash: number,
  { word, size, longest }: { readonly word: number; readonly size: number; readonly longest: number },
): number {
  const { nameWord, rest, restFrom, nameHash, wordLongest } = draft
  const view = { nameSlots: draft.nameSlots, nameWord: nameWord.array, restFrom: restFrom.array, rest: rest.array }
  const known = findName(view, hash, word, size)
  if (known >= 0) return known
  const name = nameHash.length
  add(nameHash, hash)
  add(nameWord, word)
  for (const unit of keptRest(size)) add(rest, unit)
  add(restFrom, rest.length)
  if ((wordLongest.array[word] as number) < longest) wordLongest.array[word] = longest
  draft.nameSlots = entered(draft.nameSlots, nameHash, 2)
  return name
}

/** Enters the last of some hashes; a table with less than `spare` cells for each is made anew, twice as large. */
function entered(slots: Int32Array, hashes: Growing<Int32Array>, spare: number): Int32Array {
  if (hashes.length * spare <= slots.length) {
    place(slots, hashes.array[hashes.length - 1] as number, hashes.length)
    return slots
  }
  const larger = new Int32Array(slots.length * 2)
  for (let at = 0; at < hashes.length; at += 1) place(larger, hashes.array[at] as number, at + 1)
  return larger
}

function place(slots: Int32Array, hash: number, value: number): void {
  const mask = slots.length - 1
  let slot = slotOf(hash, mask)
  while (slots[slot] !== 0) slot = (slot + 1) & mask
  slots[slot] = value
}
