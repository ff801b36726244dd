import { andSign, dashBreak, type Folded, hardBreak, kindOf } from './fold.ts'
import { type ImportedNames, importedEnd, importedFound } from './imported.ts'
import { childOf, concepts, type Lexicon, sense, senseSize, termAtNode, termSays } from './lexicon.ts'

/** A word or term found in a folded text. Used again for the next text. */
export interface Marks {
  count: number
  /** Folded units the mark covers. */
  start: Int32Array
  end: Int32Array
  /** Number of the term, -1 for an unknown word, -2 for a number, -3 for a sign that means "and". */
  term: Int32Array
  /** Part of the text between hard breaks that the mark stands in, counted by twos; odd where a dash opens it. */
  part: Int32Array
  /** Word of the spellings that a misspelt word was read as; -1 where there is none, -2 for an unknown but ordinary word. */
  meant: Int32Array
}

/** Terms of marks that are no term. */
export const unknownWord = -1
export const numeral = -2
export const andMark = -3

export function marksRoom(size = 512): Marks {
  const array = (): Int32Array => new Int32Array(size)
  return { count: 0, start: array(), end: array(), term: array(), part: array(), meant: array() }
}

function grow(marks: Marks): void {
  for (const key of ['start', 'end', 'term', 'part', 'meant'] as const) {
    const larger = new Int32Array(marks[key].length * 2)
    larger.set(marks[key])
    marks[key] = larger
  }
}

/**
 * Finds the longest terms at each word start, left to right, none across a hard break. A word that is no term is split once
 * where a known word and a known form of a language that writes compounds make it up (Tomatensamen); else it is kept as unknown.
 * An imported name is heard where it is longer than what the vocabulary knows; its term follows those of the vocabulary.
 */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a description
export function scan(
  room: Folded,
  lexicon: Lexicon,
  marks: Marks,
  compounds: readonly boolean[],
  imported?: ImportedNames,
): void {
  const { units, length } = room
  marks.count = 0
  let part = 0
  let at = 0
  while (at < length) {
    const unit = units[at] as number
    const kind = kindOf(unit)
    if (kind === 0) {
      if (unit === hardBreak) part = (part | 1) + 1
      else if (unit === dashBreak) part = ((part | 1) + 2) | 1
      else if (unit === andSign) push(marks, at, at + 1, andMark, part)
      at += 1
      continue
    }
    if (kind === 2) {
      const end = skipNumber(units, at, length)
      const found = longestTerm(lexicon, units, at, length)
      if (found > end) {
        push(marks, at, found, foundTerm, part)
        at = found
      } else {
        push(marks, at, end, numeral, part)
        at = end
      }
      continue
    }
    const found = longestTerm(lexicon, units, at, length)
    const further = imported === undefined ? at : importedEnd(imported, units, at, length, found > at)
    if (further > found) {
      push(marks, at, further, lexicon.senseFrom.length - 1 + importedFound(), part)
      at = further
      continue
    }
    if (found > at) {
      push(marks, at, found, foundTerm, part)
      at = found
      continue
    }
    const end = kind === 3 ? at + 1 : wordEnd(units, at, length, kind)
    const behind = kind === 1 ? behindParticle(units, at, end) : at
    const bare = behind > at ? longestTerm(lexicon, units, behind, length) : at
    if (bare > behind) {
      if (units[at] === particles[0]) push(marks, at, at + 1, andMark, part)
      push(marks, behind, bare, foundTerm, part)
      at = bare
      continue
    }
    if (kind !== 1 || end - at < 8 || !splitCompound(lexicon, units, at, end, marks, part, compounds))
      pushUnknown(marks, at, end, part)
    at = end
  }
}

/** Arabic words of one letter that are written with the next word: and, with, for, as, then. */
const particles: readonly number[] = [0x648, 0x628, 0x644, 0x643, 0x641]

/** Where a word goes on behind an Arabic particle and the article that may follow it; its start when there is none. */
function behindParticle(units: Uint16Array, start: number, end: number): number {
  if (end - start < 4 || !particles.includes(units[start] as number)) return start
  const hasArticle = units[start + 1] === 0x627 && units[start + 2] === 0x644 && end - start > 5
  return start + (hasArticle ? 3 : 1)
}

/** Keeps an unknown word; letters of a script without spaces that follow one another are one. */
function pushUnknown(marks: Marks, start: number, end: number, part: number): void {
  const before = marks.count - 1
  if (before >= 0 && marks.term[before] === unknownWord && marks.end[before] === start && end - start === 1)
    marks.end[before] = end
  else push(marks, start, end, unknownWord, part)
}

// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function push(marks: Marks, start: number, end: number, term: number, part: number): void {
  if (marks.count === marks.start.length) grow(marks)
  const { count } = marks
  marks.start[count] = start
  marks.end[count] = end
  marks.term[count] = term
  marks.part[count] = part
  marks.meant[count] = -1
  marks.count = count + 1
}

/** Term of the last `longestTerm` that found one. */
let foundTerm = -1

/** End of the longest term that begins at `at` and ends where a word ends; `at` when there is none. */
function longestTerm(lexicon: Lexicon, units: Uint16Array, at: number, length: number): number {
  const { nodes, classOf } = lexicon
  let node = 0
  let best = at
  for (let next = at; next < length; ) {
    const unit = units[next] as number
    if (unit === andSign) node = alongAnd(lexicon, node)
    else node = childOf(nodes, node, classOf[unit] as number)
    if (node < 0) break
    next += 1
    const term = termAtNode(nodes, node)
    if (term >= 0 && endsWord(units, next, length)) {
      best = next
      foundTerm = term
    }
  }
  return best
}

const spelledAnd = Array.from(' and ', (letter) => letter.charCodeAt(0))

/** Where a term goes on behind a sign for "and" that it spells as a word ("salt & pepper"); -1 where it does not. */
function alongAnd({ nodes, classOf }: Lexicon, start: number): number {
  let node = start
  for (const unit of spelledAnd) {
    node = childOf(nodes, node, classOf[unit] as number)
    if (node < 0) return -1
  }
  return node
}

/** Whether a word ends before `at`. */
export function endsWord(units: Uint16Array, at: number, length: number): boolean {
  if (at >= length) return true
  const after = kindOf(units[at] as number)
  return after === 0 || after >= 3 || after !== kindOf(units[at - 1] as number)
}

function wordEnd(units: Uint16Array, at: number, length: number, kind: number): number {
  let end = at + 1
  while (end < length && kindOf(units[end] as number) === kind) end += 1
  return end
}

function skipNumber(units: Uint16Array, at: number, length: number): number {
  return wordEnd(units, at, length, 2)
}

const formConcept = concepts.indexOf('form')
const goodsConcept = concepts.indexOf('goods')

/**
 * Splits `[start, end)` into a known term and a known form or product, with at most two linking letters between them; what
 * stands before a product need not be known (Sommerkleid).
 */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function splitCompound(
  lexicon: Lexicon,
  units: Uint16Array,
  start: number,
  end: number,
  marks: Marks,
  part: number,
  compounds: readonly boolean[],
): boolean {
  const { nodes, classOf } = lexicon
  let node = 0
  let [firstEnd, firstTerm, secondStart, secondTerm] = [0, -1, 0, -1]
  for (let at = start; at < end - 3; ) {
    node = childOf(nodes, node, classOf[units[at] as number] as number)
    if (node < 0) break
    at += 1
    const first = termAtNode(nodes, node)
    if (first < 0 || at - start < 3) continue
    const named = termSays(lexicon, first, nameConcept)
    for (let link = 0; link <= 2 && at + link < end - 3; link += 1) {
      if (longestTerm(lexicon, units, at + link, end) !== end) continue
      if (!closesCompound(lexicon, foundTerm, compounds, named)) continue
      // The longest first part is the right one: Ringelblume and Samen, no ring.
      ;[firstEnd, firstTerm, secondStart, secondTerm] = [at, first, at + link, foundTerm]
      break
    }
  }
  if (firstTerm >= 0) {
    push(marks, start, firstEnd, firstTerm, part)
    push(marks, secondStart, end, secondTerm, part)
    return true
  }
  return endsInProduct(lexicon, units, start, end, marks, part, compounds)
}

const shortestProduct = 5

/** Keeps a word that ends in a product of a language that writes compounds as that product. */
// biome-ignore lint/complexity/useMaxParams: the hot path makes no object for a word
function endsInProduct(
  lexicon: Lexicon,
  units: Uint16Array,
  start: number,
  end: number,
  marks: Marks,
  part: number,
  compounds: readonly boolean[],
): boolean {
  for (let at = start + 3; at <= end - shortestProduct; at += 1) {
    if (longestTerm(lexicon, units, at, end) !== end) continue
    const term = foundTerm
    if (!closesCompound(lexicon, term, compounds, false) || termSays(lexicon, term, formConcept)) continue
    if (!termSays(lexicon, term, goodsConcept)) continue
    push(marks, start, end, term, part)
    return true
  }
  return false
}

const nameConcept = concepts.indexOf('name')
const partConcept = concepts.indexOf('part')

/** Whether a term may stand second: a strong form or product; behind a plant's name a weak one and a part of a plant too. */
function closesCompound(lexicon: Lexicon, term: number, compounds: readonly boolean[], named: boolean): boolean {
  const from = lexicon.senseFrom[term] as number
  const to = lexicon.senseFrom[term + 1] as number
  for (let at = from; at < to; at += 1) {
    const concept = lexicon.senses[at * senseSize + sense.concept] as number
    const strength = lexicon.senses[at * senseSize + sense.strength] as number
    const language = lexicon.senses[at * senseSize + sense.language] as number
    if (compounds[language] !== true) continue
    if (named && concept === partConcept) return true
    if ((concept === formConcept || concept === goodsConcept) && strength >= (named ? 1 : 2)) return true
  }
  return false
}
