import { articles } from '../parcel/articles.ts'
import { childOf, concepts, type Lexicon, sense, senseSize, termAtNode, termSays } from './lexicon.ts'
import { endsWord, type Marks, numeral, unknownWord } from './scan.ts'
import { isSlip, kindsOfWord } from './slips.ts'
import { findMeant, isOrdinary, isWordItself, longestWord, shortestWord, wordSays } from './spelling.ts'

/** A word of this many letters is mended wherever it stands; a shorter one needs a word of plants beside it. */
const surelyMeant = 7
const shortestOther = 7
const shortestNamed = 5
const shortestBesideName = 7
/** From so many letters on a letter swapped or doubled is taken for one wherever it stands: such errors make no brand. */
const shortestSlip = 6
/** How many marks before a misspelt word may begin the name it belongs to. */
const marksBefore = 3

/** Stands in `marks.meant` for a word that is ordinary and spelled as it is meant. */
export const ordinaryWord = -2

const meant = new Int32Array(64)

/** A term that stands in the text when one word of it is read as another. */
interface Reading {
  mark: number
  /** The mark of the misspelt word itself. */
  at: number
  start: number
  end: number
  term: number
  word: number
}

/**
 * Reads unknown words as the words they may have been meant for, one typing error away, and puts the terms that then stand
 * there in their place. What is mended is told by `marks.meant`.
 */
export function respell(units: Uint16Array, length: number, lexicon: Lexicon, marks: Marks): void {
  let context: Context | null = null
  for (let mark = 0; mark < marks.count; mark += 1) {
    if (marks.term[mark] !== unknownWord) continue
    const [start, end] = [marks.start[mark] as number, marks.end[mark] as number]
    if (end - start >= 3 && isOrdinary(lexicon.spelling, units, start, end)) {
      marks.meant[mark] = ordinaryWord
      continue
    }
    if (end - start < shortestWord || end - start > longestWord) continue
    // The epithet of an abbreviated genus (M. adansonii) is a word of its own.
    if (isAbbreviated({ units, marks }, mark)) continue
    const count = findMeant(lexicon.spelling, units, start, end, meant)
    if (count === 0) continue
    context ??= contextOf(lexicon, marks)
    const reading = bestReading({ units, length, lexicon, marks, context }, mark, count)
    if (reading !== null) mark = replace(marks, mark, reading)
  }
}

const times = 'x'.charCodeAt(0)

/** Whether one letter alone stands right before a mark: no number ("4 rosemart") and no sign of times ("15x strawherry"). */
function isAbbreviated({ units, marks }: Pick<Desk, 'units' | 'marks'>, mark: number): boolean {
  const { start, end, part, term } = marks
  if (mark === 0 || part[mark - 1] !== part[mark]) return false
  const before = mark - 1
  const from = start[before] as number
  if ((end[before] as number) - from !== 1 || (start[mark] as number) - from !== 2) return false
  return term[before] !== numeral && !(units[from] === times && before > 0 && term[before - 1] === numeral)
}

/** What stands beside a misspelt word. */
interface Context {
  readonly form: boolean
  readonly name: boolean
}

function contextOf(lexicon: Lexicon, marks: Marks): Context {
  let form = false
  let name = false
  for (let mark = 0; mark < marks.count; mark += 1) {
    const term = marks.term[mark] as number
    if (term < 0) continue
    if (termSays(lexicon, term, formConcept, 2)) form = true
    if (termSays(lexicon, term, nameConcept, 0)) name = true
    if (
      termSays(lexicon, term, formConcept, 1) ||
      termSays(lexicon, term, partConcept, 0) ||
      termSays(lexicon, term, stateConcept, 0)
    )
      form = true
  }
  return { form, name }
}

const formConcept = concepts.indexOf('form')
const nameConcept = concepts.indexOf('name')
const partConcept = concepts.indexOf('part')
const stateConcept = concepts.indexOf('state')

interface Desk {
  readonly units: Uint16Array
  readonly length: number
  readonly lexicon: Lexicon
  readonly marks: Marks
  readonly context: Context
}

/** The longest term that a misspelt word gives; null when two readings of one word alone say different kinds of things. */
function bestReading(desk: Desk, mark: number, count: number): Reading | null {
  const { lexicon, marks } = desk
  const [from, to] = [marks.start[mark] as number, marks.end[mark] as number]
  let best: Reading | null = null
  let kinds = 0
  for (let at = 0; at < count; at += 1) {
    const word = meant[at] as number
    const reading = readingOf(desk, mark, word)
    if (reading === null || !isTrusted(desk, reading, to - from)) continue
    kinds |= kindOfTerm(lexicon, reading.term)
    if (
      best === null ||
      width(desk, reading) > width(desk, best) ||
      (width(desk, reading) === width(desk, best) && prefers(desk, reading, best))
    )
      best = reading
  }
  if (best === null) return null
  // A word that may be a plant's or a form's is never read as something harmless.
  if (kindOfTerm(lexicon, best.term) === 2 && mayBePlant(lexicon, count)) return null
  const alone = best.start === from && best.end === to
  return alone && kinds === 3 && !desk.context.form ? null : best
}

function mayBePlant({ spelling }: Lexicon, count: number): boolean {
  for (let at = 0; at < count; at += 1)
    if (((spelling.wordSays[meant[at] as number] as number) & (wordSays.name | wordSays.form)) !== 0) return true
  return false
}

/** How many words beside the misspelt one a reading takes in; forms behind it stand by themselves ("carot seeds" is no carom). */
function width({ lexicon, marks }: Desk, { start, end, at }: Reading): number {
  let words = 0
  for (let mark = 0; mark < marks.count && (marks.start[mark] as number) < end; mark += 1) {
    if (mark === at || (marks.start[mark] as number) < start) continue
    const term = marks.term[mark] as number
    if (mark < at || term < 0 || !termSays(lexicon, term, formConcept, 1)) words += 1
  }
  return words
}

/** 1 for plants and other regulated articles, 2 for anything else. */
function kindOfTerm(lexicon: Lexicon, term: number): number {
  return termSays(lexicon, term, nameConcept, 0) || namesPlantForm(lexicon, term) ? 1 : 2
}

const harmless: readonly number[] = [
  articles.indexOf('processed-plant-product'),
  articles.indexOf('dried-plant-product'),
]

/** Whether a term names a form that is not dried or processed. */
function namesPlantForm({ senseFrom, senses }: Lexicon, term: number): boolean {
  for (let at = senseFrom[term] as number; at < (senseFrom[term + 1] as number); at += 1) {
    const first = at * senseSize
    if (senses[first + sense.concept] === formConcept && !harmless.includes(senses[first + sense.value] as number))
      return true
  }
  return false
}

/** Whether one reading goes before another: plants first, names before forms, then the likelier typing error, then the commoner word. */
function prefers(desk: Desk, one: Reading, other: Reading): boolean {
  const { lexicon } = desk
  const kinds = kindOfTerm(lexicon, one.term) - kindOfTerm(lexicon, other.term)
  if (kinds !== 0) return kinds < 0
  const [named, otherNamed] = [one, other].map(({ term }) => termSays(lexicon, term, nameConcept, 0))
  if (named !== otherNamed) return named === true
  const likely = isLikely(desk, one)
  if (likely !== isLikely(desk, other)) return likely
  return kindsOfWord(lexicon.spelling, one.word) > kindsOfWord(lexicon.spelling, other.word)
}

function isLikely({ units, lexicon, marks }: Desk, { at, word }: Reading): boolean {
  return isSlip(lexicon.spelling, word, units, marks.start[at] as number, marks.end[at] as number)
}

/** Whether a reading may stand: several words, a long word, or a short one with a word of forms (a name) beside it. */
function isTrusted(desk: Desk, reading: Reading, letters: number): boolean {
  const { lexicon, context } = desk
  const { start, end, term, word } = reading
  // A word of some other name (an epithet) is only read as another one inside a longer name.
  if (isWordItself() && end - start <= letters) return false
  const said = lexicon.spelling.wordSays[word] as number
  if (end - start >= surelyMeant && end - start > letters) return true
  if (letters >= surelyMeant) return true
  if (kindOfTerm(lexicon, term) === 1 && (said & ~wordSays.other) !== 0) {
    if ((said & wordSays.name) !== 0 && letters >= shortestSlip && isPlainSlip(desk, reading)) return true
    if (isBeforeForm(desk, reading.at)) return true
  }
  if ((said & wordSays.form) !== 0 && context.name && letters >= shortestNamed) return kindOfTerm(lexicon, term) === 1
  if ((said & wordSays.name) !== 0) return isNearby(context, letters) && kindOfTerm(lexicon, term) === 1
  return letters >= shortestOther && !context.form
}

/** Whether a common word begins as it is meant and differs by the likeliest errors only: "Lamond" is no almond. */
function isPlainSlip(desk: Desk, reading: Reading): boolean {
  const { spelling } = desk.lexicon
  const first = desk.units[desk.marks.start[reading.at] as number]
  if (first !== spelling.wordLetters[spelling.wordFrom[reading.word] as number]) return false
  return isLikely(desk, reading) && kindsOfWord(spelling, reading.word) > 1
}

/** Whether what a mark names is grown: an unmistakable form stands right behind it (okar seeds, peoy bare root). */
function isBeforeForm({ lexicon, marks }: Desk, mark: number): boolean {
  const next = mark + 1
  if (next >= marks.count || marks.part[next] !== marks.part[mark]) return false
  const term = marks.term[next] as number
  return term >= 0 && termSays(lexicon, term, formConcept, 2) && namesPlantForm(lexicon, term)
}

/** Whether a word of forms, or for a longer word a name, stands beside. */
function isNearby({ form, name }: Context, letters: number): boolean {
  return letters >= (form ? shortestNamed : shortestBesideName) && (form || name)
}

/** The longest term through a misspelt word, from its own start or from that of a mark before it. */
function readingOf({ units, length, lexicon, marks }: Desk, mark: number, word: number): Reading | null {
  const [from, to] = [marks.start[mark] as number, marks.end[mark] as number]
  for (let first = Math.max(0, mark - marksBefore); first <= mark; first += 1) {
    if (marks.part[first] !== marks.part[mark]) continue
    const start = marks.start[first] as number
    const end = longestThrough({ units, length, lexicon, word }, start, { from, to })
    if (end > 0) return { mark: first, at: mark, start, end, term: termThrough, word }
  }
  return null
}

let termThrough = -1

/** End of the longest term that begins at `start` and goes through the word that stands for `from .. to`; 0 when there is none. */
function longestThrough(
  { units, length, lexicon, word }: Pick<Desk, 'units' | 'length' | 'lexicon'> & { readonly word: number },
  start: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const { nodes, classOf, spelling } = lexicon
  let node = 0
  let best = 0
  const step = (unit: number): boolean => {
    node = childOf(nodes, node, classOf[unit] as number)
    return node >= 0
  }
  for (let at = start; at < from; at += 1) if (!step(units[at] as number)) return 0
  const last = spelling.wordFrom[word + 1] as number
  for (let at = spelling.wordFrom[word] as number; at < last; at += 1)
    if (!step(spelling.wordLetters[at] as number)) return 0
  for (let at = to; ; at += 1) {
    const term = termAtNode(nodes, node)
    if (term >= 0 && endsWord(units, at, length)) {
      best = at
      termThrough = term
    }
    if (at >= length || !step(units[at] as number)) return best
  }
}

/** Puts a reading in place of the marks it covers; returns where it stands. */
function replace(marks: Marks, mark: number, { mark: first, start, end, term, word }: Reading): number {
  let after = mark + 1
  while (after < marks.count && (marks.start[after] as number) < end) after += 1
  marks.start[first] = start
  marks.end[first] = end
  marks.term[first] = term
  marks.meant[first] = word
  const gone = after - first - 1
  for (let at = after; at < marks.count && gone > 0; at += 1) {
    for (const key of ['start', 'end', 'term', 'part', 'meant'] as const)
      marks[key][at - gone] = marks[key][at] as number
  }
  marks.count -= gone
  return first
}
