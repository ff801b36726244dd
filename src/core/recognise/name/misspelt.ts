import { fold, foldedRoom, kindOf } from '../fold.ts'
import type { ImportedNames } from '../imported.ts'
import type { Lexicon } from '../lexicon.ts'
import { type NameAnswer, onlyOne } from './answer.ts'
import { nearImported } from './near-imported.ts'
import { longestMended, type Mend, nearTerms } from './near-terms.ts'

/** Problems that tell that a text is not known as it stands. */
const unknown: ReadonlySet<string> = new Set([
  'name-unknown',
  'species-unknown',
  'infraspecific-unknown',
  'rest-not-read',
  'no-name',
  'other-script',
  'other-words',
  'abbreviated-unknown',
])
/** Problems that tell of more words beside a name; they may all be known. */
const partly: ReadonlySet<string> = new Set(['rest-not-read', 'other-words'])
/** Most readings of one text that are looked up. */
const mostReadings = 24
/** Shortest text that is read as misspelt; shorter words are only mended beside a word that is right. */
const shortestAlone = 5

/** One way to read a misspelt text. */
interface Meant {
  readonly answer: NameAnswer
  readonly written: string
  readonly word: string
  readonly near: number
}

/** How a text is read again, and whether all its words are known, apart or together. */
interface Again {
  readonly read: (text: string) => NameAnswer
  readonly isSpelledRight: (text: string) => boolean
}

/** Makes what reads a text again that is not known: as the names that it is one typing error away from. */
export function misspeltReader(
  lexicon: Lexicon,
  imported: ImportedNames | undefined,
  { read, isSpelledRight }: Again,
): (text: string, answer: NameAnswer) => NameAnswer {
  const room = foldedRoom()
  const others = imported === undefined ? null : nearImported(imported)
  const mendsOf = (text: string): readonly Meant[] => {
    fold(text, lexicon.fold, room)
    const { units } = room
    let { length } = room
    while (length > 0 && kindOf(units[length - 1] as number) === 0) length -= 1
    if (length < shortestAlone || length > longestMended) return []
    const mends = [...nearTerms(lexicon, units, length), ...(others?.(units, length) ?? [])]
    const distinct = new Map(mends.map((mend) => [`${mend.from} ${mend.to} ${mend.letters}`, mend]))
    const changes = [...distinct.values()].slice(0, mostReadings).map((mend) => ({
      ...changed(text, mend, { from: room.from, units, length }),
      near: nearness(units, mend),
    }))
    return changes.flatMap(({ whole, ...change }) => {
      const answer = read(whole)
      return isKnown(answer) ? [{ ...change, answer }] : []
    })
  }
  return (text, answer) => {
    if (!answer.problems.some(({ kind }) => unknown.has(kind))) return answer
    if (answer.problems.some(({ kind }) => partly.has(kind)) && isSpelledRight(text)) return answer
    const { simple } = answer
    const own = simple === null ? [] : mendsOf(simple)
    const scientific = simple === text ? own : own.filter((one) => one.answer.canonical !== null)
    if (scientific.length > 0)
      return settle(
        answer,
        scientific.map((one) => inText(text, simple ?? '', one, read)),
      )
    return isReadWhole(text, answer) ? answer : settle(answer, mendsOf(text))
  }
}

/** Whether a species and its authors are all there is in a text: then it is no common name with an error in it. */
function isReadWhole(text: string, { simple, authorship, problems }: NameAnswer): boolean {
  if (simple === null || simple === text) return simple === text
  return authorship !== null && simple.includes(' ') && !problems.some(({ kind }) => kind === 'rest-not-read')
}

function isKnown({ accepted, means, problems }: NameAnswer): boolean {
  return (accepted !== null || means.length > 0) && !problems.some(({ kind }) => unknown.has(kind))
}

/** The same reading of the whole text, with what the writer told beside the name. */
function inText(text: string, simple: string, one: Meant, read: (text: string) => NameAnswer): Meant {
  if (text === simple) return one
  const at = text.toLowerCase().indexOf(one.written.toLowerCase())
  if (at < 0) return one
  const answer = read(text.slice(0, at) + one.word + text.slice(at + one.written.length))
  return isKnown(answer) && keyOf(answer) === keyOf(one.answer) ? { ...one, answer } : one
}

interface Place {
  readonly from: Uint32Array
  readonly units: Uint16Array
  readonly length: number
}

/** The text with an error put right, and the words that differ. */
function changed(text: string, { from, to, letters }: Mend, { from: place, units, length }: Place) {
  let start = from
  let end = to
  while (start > 0 && kindOf(units[start - 1] as number) !== 0) start -= 1
  while (end < length && kindOf(units[end] as number) !== 0) end += 1
  const at = (unit: number): number => (unit >= length ? (place[length - 1] as number) + 1 : (place[unit] as number))
  const written = text.slice(at(start), at(end))
  const plain = text.slice(at(start), at(from)) + String.fromCharCode(...letters) + text.slice(at(to), at(end))
  const word = cased(written, plain)
  return { written, word, whole: text.slice(0, at(start)) + word + text.slice(at(end)) }
}

/** Capitals as the misspelt word has them. */
function cased(written: string, word: string): string {
  const small = word.toLowerCase()
  if (written === written.toLowerCase()) return small
  if (written === written.toUpperCase()) return word.toUpperCase()
  return small.charAt(0).toUpperCase() + small.slice(1)
}

/** 0 for swapped neighbours and doubled letters, 1 for other errors, 2 more where the first letter is another. */
function nearness(units: Uint16Array, { from, to, letters }: Mend): number {
  const [letter] = letters
  const doubled =
    (to > from && letters.length === 0 && (units[from] === units[from - 1] || units[from] === units[to])) ||
    (to === from && (letter === units[from - 1] || letter === units[from]))
  const swapped = to - from === 2
  return (doubled || swapped ? 0 : 1) + (from === 0 ? 2 : 0)
}

function keyOf({ accepted, means }: NameAnswer): string {
  return accepted ?? means.join(', ')
}

/** The likeliest reading where it is clearly nearer than all that lead elsewhere; else all are told and none is accepted. */
function settle(answer: NameAnswer, readings: readonly Meant[]): NameAnswer {
  const nearest = Math.min(...readings.map(({ near }) => near))
  const best = readings.filter(({ near }) => near === nearest)
  const [first] = best
  if (first === undefined) return answer
  const named = (list: readonly Meant[]): string[] => [...new Set(list.map(({ answer: one }) => keyOf(one)))]
  const { written, word } = first
  if (named(best).length > 1) return unsettled(answer, best, first)
  const others = named(readings).filter((name) => name !== keyOf(first.answer))
  const told = { kind: 'misspelt', facts: { text: written, word } }
  const more = others.length === 0 ? [] : [{ kind: 'misspelt-others', facts: { others: others.join(', ') } }]
  const { quality, problems } = first.answer
  return {
    ...first.answer,
    quality: quality === 0 ? 0 : quality < 3 ? 3 : quality,
    problems: [told, ...more, ...problems],
  }
}

function unsettled(answer: NameAnswer, best: readonly Meant[], { written }: Meant): NameAnswer {
  const means = [
    ...new Set(best.flatMap(({ answer: { accepted, means } }) => (accepted === null ? means : [accepted]))),
  ]
  const told = { kind: 'misspelt-several', facts: { text: written, others: means.join(', ') } }
  const quality = answer.quality === 0 ? 0 : answer.quality < 3 ? 3 : answer.quality
  return {
    ...answer,
    accepted: null,
    genus: onlyOne(best.map(({ answer: { genus } }) => genus)),
    family: onlyOne(best.map(({ answer: { family } }) => family)),
    eppo: null,
    means,
    quality,
    problems: [...answer.problems, told],
  }
}
