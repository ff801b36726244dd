import { StringDecoder } from 'node:string_decoder'

/** One row of a table with the line it begins at; no cells where its quotes do not pair. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[] | null
}

/** How the cells of a table are written. */
export interface Dialect {
  readonly delimiter: string
  /** Sign that a cell with delimiters stands in, or null where cells are written as they are. */
  readonly quote: string | null
  /** `latin1` or `utf8`. */
  readonly encoding: 'utf8' | 'latin1'
}

/** Lines that a quoted cell may hold; beyond them its quote counts as never closed. */
const mostLines = 64

/**
 * Rows of a table, block by block, so that a file of any length takes little room. A row whose quotes do not pair is its first
 * line: the lines after it stand for themselves.
 */
export async function* tableRows(chunks: AsyncIterable<Buffer>, dialect: Dialect): AsyncGenerator<TableRow[]> {
  const decoder = new StringDecoder(dialect.encoding)
  let rest = ''
  let line = 1
  for await (const chunk of chunks) {
    const text = rest + decoder.write(chunk)
    const taken = rowsIn(text, { line, whole: false }, dialect)
    rest = text.slice(taken.end)
    line = taken.line
    if (taken.rows.length > 0) yield taken.rows
  }
  const last = rest + decoder.end()
  if (last !== '') yield rowsIn(last, { line, whole: true }, dialect).rows
}

interface Taken {
  readonly rows: TableRow[]
  readonly end: number
  readonly line: number
}

function rowsIn(text: string, from: { readonly line: number; readonly whole: boolean }, dialect: Dialect): Taken {
  const { delimiter, quote } = dialect
  const rows: TableRow[] = []
  let { line } = from
  let at = 0
  while (at < text.length) {
    const end = lineEnd(text, at, from.whole)
    if (end < 0) break
    const plain = withoutLineEnd(text, at, end)
    if (quote === null || !plain.includes(quote)) {
      if (plain !== '') rows.push({ line, cells: plain.split(delimiter) })
      at = end
      line += 1
      continue
    }
    const quoted = quotedRow(text, at, { delimiter, quote, whole: from.whole })
    if (quoted === 'beyond') break
    if (quoted === null) {
      rows.push({ line, cells: null })
      at = end
      line += 1
      continue
    }
    rows.push({ line, cells: quoted.cells })
    line += quoted.lines
    at = quoted.end
  }
  return { rows, end: at, line }
}

function lineEnd(text: string, at: number, whole: boolean): number {
  const end = text.indexOf('\n', at)
  if (end >= 0) return end + 1
  return whole ? text.length : -1
}

function withoutLineEnd(text: string, at: number, end: number): string {
  let last = text[end - 1] === '\n' ? end - 1 : end
  if (last > at && text[last - 1] === '\r') last -= 1
  return text.slice(at, last)
}

interface Quoted {
  readonly delimiter: string
  readonly quote: string
  readonly whole: boolean
}

/** A row with quoted cells (RFC 4180), `beyond` where more text is needed to tell, or null where its quotes do not pair. */
function quotedRow(
  text: string,
  from: number,
  { delimiter, quote, whole }: Quoted,
): { cells: string[]; end: number; lines: number } | 'beyond' | null {
  const cells: string[] = []
  let lines = 1
  for (let at = from; ; ) {
    let end = at
    if (text[at] === quote) {
      end = closedAt(text, at + 1, quote)
      if (end < 0) return whole || linesIn(text, at) > mostLines ? null : 'beyond'
      const cell = text.slice(at + 1, end).replaceAll(quote + quote, quote)
      lines += linesIn(cell, 0)
      if (lines > mostLines) return null
      cells.push(cell)
      end += 1
    } else {
      end = unquotedEnd(text, at, delimiter)
      if (end >= text.length && !whole) return 'beyond'
      cells.push(text.slice(at, text[end - 1] === '\r' && text[end] === '\n' ? end - 1 : end))
    }
    if (end >= text.length) return whole ? { cells, end, lines } : 'beyond'
    if (text[end] === delimiter) {
      at = end + 1
      continue
    }
    if (text[end] === '\r' && end + 1 >= text.length && !whole) return 'beyond'
    if (text[end] === '\r' && text[end + 1] === '\n') end += 1
    return text[end] === '\n' ? { cells, end: end + 1, lines } : null
  }
}

/** Position of the quote that closes a cell, or -1. */
function closedAt(text: string, from: number, quote: string): number {
  for (let at = from; ; ) {
    const found = text.indexOf(quote, at)
    if (found < 0) return -1
    if (text[found + 1] !== quote) return found
    at = found + 2
  }
}

function unquotedEnd(text: string, at: number, delimiter: string): number {
  let end = at
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1
  return end
}

function linesIn(text: string, from: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && count <= mostLines; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** The sign that parts the cells of a header line: the one that stands there most often. */
export function delimiterOf(header: string): string {
  const counted = ['\t', '|', ';', ','].map((sign) => [sign, header.split(sign).length] as const)
  return counted.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
