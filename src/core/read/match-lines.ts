import { isRecord, type Raw, textOf } from './raw.ts'
import { plainFact } from './same-fact.ts'

/** An earlier message of the same partner, which a later one amends, or the message of another partner about the same goods. */
export type Between = 'same-partner' | 'partners'

/**
 * For each line of `later` the position of the line of `earlier` that speaks of the same item, or -1: by the number it bears, else by
 * description, else by HS code, else by position. Of the same partner a line with another description is the same line by its position only
 * where both messages have as many lines and it bears no number; else it is one more piece. Of two partners whatever is left over is matched in order.
 */
export function matchLines(earlier: readonly Raw[], later: readonly Raw[], between: Between): number[] {
  const matches = new Array<number>(later.length).fill(-1)
  const free = new Set(earlier.keys())
  const match = (line: number, at: number | undefined): void => {
    if (at === undefined || matches[line] !== -1 || !free.delete(at)) return
    matches[line] = at
  }
  const places = placesByNumber(earlier, later)
  later.forEach((line, at) => {
    match(at, places.get(numbered(line) ?? -1))
  })
  for (const field of ['description', 'hs']) {
    const waiting = positionsBy(field, earlier, free)
    later.forEach((line, at) => {
      const alike = matches[at] === -1 ? waiting.get(plainFact(field, line[field])) : undefined
      match(at, alike?.shift())
    })
  }
  const sameCount = earlier.length === later.length
  later.forEach((line, at) => {
    const isPlaced = numbered(line) === undefined && (sameCount || isSilent(line) || isSilent(earlier[at] ?? {}))
    if (between === 'partners' || isPlaced) match(at, at)
  })
  if (between === 'same-partner') return matches
  const left = free.values()
  later.forEach((_, at) => {
    if (matches[at] === -1) match(at, left.next().value)
  })
  return matches
}

function positionsBy(field: string, lines: readonly Raw[], free: ReadonlySet<number>): Map<string, number[]> {
  const positions = new Map<string, number[]>()
  for (const at of free) {
    const plain = plainFact(field, lines[at]?.[field])
    if (plain === '') continue
    const known = positions.get(plain)
    if (known === undefined) positions.set(plain, [at])
    else known.push(at)
  }
  return positions
}

/** Positions of lines by their numbers: by those they bear, else by where they stand. Looked up only where a later line bears one. */
function placesByNumber(earlier: readonly Raw[], later: readonly Raw[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  if (later.every((line) => numbered(line) === undefined)) return places
  earlier.forEach((line, at) => {
    const number = numbered(line) ?? at
    if (!places.has(number)) places.set(number, at)
  })
  return places
}

/** The position that a line's own number names. */
function numbered(line: Raw): number | undefined {
  const number = Number(textOf(line['index']) ?? Number.NaN)
  return Number.isInteger(number) && number >= 1 ? number - 1 : undefined
}

function isSilent(line: Raw): boolean {
  return plainFact('description', line['description']) === ''
}

/** The lines of a content as objects; a content without lines that describes its goods itself is one line. */
export function linesIn(content: Raw): Raw[] {
  const lines = content['lines']
  if (Array.isArray(lines)) return lines.map((line) => (isRecord(line) ? line : {}))
  return content['description'] === undefined ? [] : [content]
}
