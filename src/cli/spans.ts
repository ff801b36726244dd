import { displayWidth } from './display-width.ts'

/** A stretch of a line and how it looks, as an SGR code (`1;31`); no code is plain. */
export interface Span {
  readonly text: string
  readonly look?: string
}

export type Line = readonly Span[]

/** Columns that a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + displayWidth(text), 0)
}

/** The line as it is written: with colour only where it is wanted. */
export function painted(line: Line, colour: boolean): string {
  const spans = colour
    ? line.map(({ text, look }) => (look === undefined ? text : `\u001b[${look}m${text}\u001b[0m`))
    : []
  return (colour ? spans : line.map(({ text }) => text)).join('').trimEnd()
}

/** Two blocks of lines beside each other, the left one `width` columns wide. */
export function besideEachOther(left: readonly Line[], right: readonly Line[], width: number): Line[] {
  const rows = Math.max(left.length, right.length)
  return Array.from({ length: rows }, (_, at) => {
    const start = left[at] ?? []
    return [...start, { text: ' '.repeat(Math.max(0, width - lineWidth(start))) }, ...(right[at] ?? [])]
  })
}

/** A bar of at most `width` columns for a share from 0 to 1; what is not nothing is always seen. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(share * width * 8)
  if (share > 0 && eighths === 0) return '▏'
  return '█'.repeat(Math.floor(eighths / 8)) + (' ▏▎▍▌▋▊▉'[eighths % 8] ?? '').trim()
}
