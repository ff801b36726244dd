import type { Answer, AnswerItem } from '../core/act/answer.ts'
import type { Letters } from '../core/recognise/finding.ts'

/** A stretch of a description, and whether it gave the item away. */
export interface Piece {
  readonly text: string
  readonly marked: boolean
}

/** How much of a long description is shown: its first letters, and what stands around each mark. */
export interface Room {
  readonly head: number
  readonly around: number
}

type Range = readonly [from: number, to: number]

/** Marks beyond this number in one description are not shown. */
const mostMarks = 40

/** The letters of one item that its reasons, names and notes point at. */
export function lettersOf(answer: Answer, item: AnswerItem): Letters[] {
  const own = answer.reasons.filter((reason) => reason.item === item.index)
  const notes = [item.packaging, item.contamination].filter((one) => one !== null)
  const names = item.taxa.map(({ written, from, to }) => ({ text: written, from, to }))
  return [...own.flatMap(({ evidence }) => evidence), ...names, ...notes]
}

/**
 * Cuts a description into marked and unmarked pieces. Together they are the description itself, unless it is longer than the
 * room: then `…` stands for each part left out. No piece begins or ends inside a character.
 */
export function piecesOf(description: string, letters: readonly Letters[], room: Room): Piece[] {
  const marks = merged(
    letters.map(({ from, to }) => widened(description, from, to)).filter(([from, to]) => from < to),
  ).slice(0, mostMarks)
  const kept = keptRanges(description, marks, room)
  const pieces: Piece[] = []
  let end = 0
  for (const [from, to] of kept) {
    if (from > end) pieces.push({ text: '…', marked: false })
    pieces.push(...cut(description, [from, to], marks))
    end = to
  }
  if (end < description.length) pieces.push({ text: '…', marked: false })
  return pieces
}

function keptRanges(description: string, marks: readonly Range[], { head, around }: Room): Range[] {
  // A few letters more cost less than saying that they were left out.
  if (description.length <= head + 20) return [[0, description.length]]
  const near = marks.map(([from, to]) => widened(description, from - around, Math.min(to, from + head) + around))
  return merged([widened(description, 0, head), ...near])
}

function cut(description: string, [from, to]: Range, marks: readonly Range[]): Piece[] {
  const pieces: Piece[] = []
  let at = from
  const push = (end: number, marked: boolean): void => {
    if (end > at) pieces.push({ text: description.slice(at, end), marked })
    at = Math.max(at, end)
  }
  for (const [start, end] of marks) {
    if (end <= at || start >= to) continue
    push(Math.min(start, to), false)
    push(Math.min(end, to), true)
  }
  push(to, false)
  return pieces
}

/** The range inside the text, widened to whole characters where it would cut a surrogate pair. */
function widened(text: string, from: number, to: number): Range {
  const start = Math.max(0, Math.min(from, text.length))
  const end = Math.max(start, Math.min(to, text.length))
  return [splitsPair(text, start) ? start - 1 : start, splitsPair(text, end) ? end + 1 : end]
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}

function merged(ranges: readonly Range[]): Range[] {
  const found: [number, number][] = []
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = found.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}
