import { flatRecord, hasBareWeight, type TableShape } from '../core/read/flat.ts'
import type { RawRecord } from '../core/screen.ts'
import { countLines, longestLine } from './blocks.ts'
import { csvCells, csvEnd } from './csv-record.ts'

/** How the lines of a block are to be read. */
export type BlockFormat =
  | { readonly format: 'ndjson' }
  | { readonly format: 'tsv' | 'csv'; readonly shape: TableShape; readonly width: number }

type TableFormat = Extract<BlockFormat, { shape: TableShape }>
type Take = (record: RawRecord) => void

/**
 * Gives each record of a block to `take`, in order; empty lines are no records. Nothing throws: a fault is a record too.
 * Returns how many weights stood in a table that tells no unit for them.
 */
export function recordsIn(block: Uint8Array, firstLine: number, how: BlockFormat, take: Take): number {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  if (how.format === 'ndjson') {
    eachLine(bytes, firstLine, (line, number) => take(line === null ? tooLongRecord(number) : jsonRecord(line, number)))
    return 0
  }
  let bareWeights = 0
  const takeRow = (row: readonly string[] | null, line: number): void => {
    if (row !== null && how.shape.weightUnit === null && hasBareWeight(row, how.shape)) bareWeights += 1
    take(row === null ? tooLongRecord(line) : rowRecord(row, line, how))
  }
  if (how.format === 'tsv') eachLine(bytes, firstLine, (line, number) => takeRow(line?.split('\t') ?? null, number))
  else eachCsvRecord(bytes, firstLine, how, { takeRow, take })
  return bareWeights
}

/** The record of a line too long to be read. */
export function tooLongRecord(line: number): RawRecord {
  return { line, fault: 'line-too-long', facts: { limit: String(longestLine) } }
}

/** Each line, or null for one too long to be read. It is decoded by itself: a line of plain letters stays a string of one byte a letter, which parses faster. */
function eachLine(bytes: Buffer, firstLine: number, take: (line: string | null, number: number) => void): void {
  let number = firstLine
  for (let at = 0; at < bytes.length; number += 1) {
    let end = bytes.indexOf(10, at)
    if (end < 0) end = bytes.length
    const last = end > at && bytes[end - 1] === 13 ? end - 1 : end
    if (last - at > longestLine) take(null, number)
    else if (last > at) {
      const line = bytes.toString('utf8', at, last)
      if (line.trim() !== '') take(line, number)
    }
    at = end + 1
  }
}

function jsonRecord(line: string, number: number): RawRecord {
  try {
    return { line: number, value: JSON.parse(line) }
  } catch (error) {
    return { line: number, fault: 'json-broken', facts: { detail: jsonDetail(error) } }
  }
}

/** Where JSON breaks. The engine quotes the text it broke on; a parcel's text stays out of messages. */
export function jsonDetail(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  const place = /position (\d+)(?: \((line \d+ column \d+)\))?/.exec(detail)
  if (place === null) return detail.includes('end of JSON') ? 'it ends too early' : 'unexpected sign'
  const [, position, spot] = place
  return spot === undefined || spot.startsWith('line 1 ') ? `position ${position}` : spot
}

function rowRecord(row: readonly string[], line: number, { shape, width }: TableFormat): RawRecord {
  if (row.length < width || (row.length > width && row.slice(width).some((cell) => cell !== ''))) {
    return { line, fault: 'columns-differ', facts: { found: String(row.length), expected: String(width) } }
  }
  return { line, value: flatRecord(row, shape) }
}

/**
 * CSV by RFC 4180. Quotes that do not pair are mended line by line: the line with the fault is answered as such, and reading
 * goes on with the next one.
 */
function eachCsvRecord(
  bytes: Buffer,
  firstLine: number,
  how: TableFormat,
  { takeRow, take }: { takeRow: (row: readonly string[] | null, line: number) => void; take: Take },
): void {
  let line = firstLine
  for (let at = 0; at < bytes.length; ) {
    const record = bytes.subarray(at, csvEnd(bytes, at, true))
    if (record.length > longestLine) takeRow(null, line)
    else if (!isBlank(record)) {
      const row = csvCells(record) ?? plainCells(record, how)
      if (row === null) take({ line, fault: 'quote-unclosed', facts: {} })
      else takeRow(row, line)
    }
    at += record.length
    line += countLines(record)
  }
}

function isBlank(record: Uint8Array): boolean {
  return record.every((byte) => byte === 32 || (byte >= 9 && byte <= 13))
}

/** A line whose quotes do not pair, cut at its commas: where the columns then fit, its quotes are letters. */
function plainCells(record: Buffer, { width }: TableFormat): string[] | null {
  const line = record.toString('utf8').replace(/\r?\n$/, '')
  const row = line.split(',')
  const open = (line.split('"').length - 1) % 2 === 1 && /(^|,)\s*"/.test(line)
  return row.length === width && !open ? row : null
}
