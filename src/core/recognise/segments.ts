import { areTwoThings } from './own-thing.ts'
import { andMark, type Marks, numeral, unknownWord } from './scan.ts'
import type { Term } from './terms.ts'

/** A mark with what its term can say. */
export interface Seen {
  readonly mark: number
  readonly term: Term
}

/** Words between two breaks: one thing, or a part of one. */
export interface Segment {
  /** `with`: named as included; `for`: a purpose, not something inside. */
  readonly role: 'main' | 'with' | 'for'
  readonly seen: Seen[]
  headFirst: boolean
  unknownWords: number
  /** Whether a dash stands before it: then it is often a variant of what stands before. */
  readonly behindDash?: boolean
  /** Whether a number stands in it. */
  numbered?: boolean
  /** The segment that "and" joins it to. */
  readonly joins?: Segment | null
  /** Whether a plain plant name stands before the product and may be the thing itself. */
  nameFirst?: boolean
  /** Languages that its plant names and forms are written in, as bits; 0 when they do not tell. */
  spoken: number
}

/** What is taken away by "without". */
export interface Segments {
  readonly list: readonly Segment[]
  readonly without: readonly Seen[]
}

/**
 * Splits marks into segments at hard breaks and at the words that join things (with, and, for). `of` keeps the segment and
 * makes its first word the main one. `isEpithet` tells which marks stand in the single quotes of a cultivar's name.
 */
export function segmentsOf(
  marks: Marks,
  termOf: (number: number) => Term,
  { scientific, isEpithet }: { readonly scientific: number; readonly isEpithet: ((mark: number) => boolean) | null },
): Segments {
  const list: Segment[] = []
  const without: Seen[] = []
  let open: Segment | null = null
  let part = -1
  let role: Segment['role'] = 'main'
  let negate = false
  // After "without leaves" the list may go on: ", flowers or fruit".
  let listing = false
  let joins: Segment | null = null
  for (let mark = 0; mark < marks.count; mark += 1) {
    const number = marks.term[mark] as number
    if (marks.part[mark] !== part) {
      part = marks.part[mark] as number
      open = null
      joins = null
      negate = listing
      if (role === 'for') role = 'main'
    }
    if (number === numeral) {
      negate = false
      listing = false
      continue
    }
    if (number === andMark) {
      negate = listing
      joins = open
      open = null
      continue
    }
    if (open === null) {
      open = { role, seen: [], headFirst: false, unknownWords: 0, behindDash: (part & 1) === 1, spoken: 0, joins }
      joins = null
      list.push(open)
    }
    if (number === unknownWord) {
      negate = false
      listing = false
      open.unknownWords += (marks.end[mark] as number) - (marks.start[mark] as number) >= 3 ? 1 : 0
      continue
    }
    const term = termOf(number)
    if (isEpithet?.(mark) === true && term.formStrength < 2 && namesPlant(open.seen)) continue
    if (term.joint !== null && !term.plantish) {
      if (term.joint === 'of') {
        if (open.seen.some(({ term: before }) => before.form !== null || before.goodsStrength > 0))
          open.headFirst = true
      } else if (term.joint === 'without') negate = true
      else {
        negate = listing
        if (term.joint === 'and') joins = open
        else role = term.joint
        open = null
      }
      continue
    }
    const absent = term.state.some((state) => state.endsWith(':no'))
    if (negate && !absent && (term.plantish || term.part !== null || term.state.length > 0)) {
      without.push({ mark, term })
      negate = false
      listing = true
      continue
    }
    if (!term.container) {
      negate = false
      listing = absent
    }
    if (term.headFirst && (term.form !== null || term.goodsStrength > 0 || isPlainName(term))) open.headFirst = true
    open.seen.push({ mark, term })
  }
  return { list: settled(joinHeadless(list), marks, scientific), without }
}

/** Tells each segment its language, and whether a number stands in it. */
function settled(list: Segment[], marks: Marks, scientific: number): Segment[] {
  for (const segment of list) {
    settleLanguage(segment, scientific)
    segment.numbered = segment.seen.some(({ mark }) => isBesideNumber(marks, mark))
  }
  return list
}

function isBesideNumber({ term, part }: Marks, mark: number): boolean {
  return [mark - 1, mark + 1].some((one) => term[one] === numeral && part[one] === part[mark])
}

function isPlainName({ name }: Term): boolean {
  return name !== null && (name.sense === 'plain' || name.sense === 'food')
}

/** Whether the last thing seen is a plant's name: what then stands in single quotes is its cultivar, not other goods. */
function namesPlant(seen: readonly Seen[]): boolean {
  return (seen.at(-1)?.term.name ?? null) !== null
}

/** "Tea Tree & Eucalyptus Shampoo" is one thing: what has no main word of its own shares the one behind "and". */
function joinHeadless(list: readonly Segment[]): Segment[] {
  const joined: Segment[] = []
  for (const [at, segment] of list.entries()) {
    const before = joined.at(-1)
    if (
      before !== undefined &&
      segment.joins === before &&
      sharesHead(before, segment) &&
      !leansOn(segment, before, list[at + 1])
    ) {
      before.seen.push(...segment.seen)
      before.unknownWords += segment.unknownWords
      before.headFirst ||= segment.headFirst
      for (const later of list) if (later.joins === segment) (later as { joins: Segment }).joins = before
    } else joined.push(segment)
  }
  return joined
}

/** Whether a segment between two main words belongs to the second: "Deep Cleansing & Brightening Turmeric & Neem Face Wash". */
function leansOn(segment: Segment, before: Segment, after: Segment | undefined): boolean {
  if (after === undefined || after.joins !== segment || segment.headFirst || after.headFirst) return false
  return hasHead(before) && !hasHead(segment) && hasHead(after) && sharesHead(segment, after)
}

function sharesHead(before: Segment, segment: Segment): boolean {
  // "Orchid plants and orchid seeds" are two things, each with its form.
  const isForm = ({ term }: Seen): boolean => term.formStrength > 1
  if (before.seen.some(isForm) && segment.seen.some(isForm)) return false
  return (!hasHead(before) || !hasHead(segment)) && !areTwoThings(before, segment)
}

/** Whether a segment has a main word of its own besides plant names. */
function hasHead({ seen }: Segment): boolean {
  return seen.some(
    ({ term }) =>
      (term.formStrength > 1 && (term.name === null || term.form !== 'plants-for-planting')) || term.goodsStrength > 1,
  )
}

/**
 * Tells which languages the names and forms of a segment speak, scientific names aside. A product's word of another language
 * does not turn the order of words: "Taza Bell Pepper" is no cup.
 */
export function settleLanguage(segment: Segment, scientific: number): void {
  let spoken = 0
  for (const { term } of segment.seen) {
    const own = term.name !== null || term.formStrength > 1 ? term.languages & ~scientific : 0
    if (own !== 0) spoken = spoken === 0 || (spoken & own) === 0 ? spoken | own : spoken & own
  }
  segment.spoken = spoken
  if (spoken === 0 || !segment.headFirst) return
  const foreign = segment.seen.some(({ term }) => term.headFirst && (term.languages & spoken) === 0)
  const own = segment.seen.some(({ term }) => term.headFirst && (term.languages & spoken) !== 0)
  if (foreign && !own) segment.headFirst = false
}

/** Whether a product's word is of none of the languages that the names and forms beside it speak. */
export function isForeign(segment: Segment, term: Term): boolean {
  return (
    !(term.international && term.goodsStrength === 3) && segment.spoken !== 0 && (term.languages & segment.spoken) === 0
  )
}
