import { parse } from 'csv-parse/sync'
import { flatRecord, type TableShape } from '../core/read/flat.ts'
import type { RawRecord } from '../core/screen.ts'
import { longestLine } from './blocks.ts'

/** How the lines of a block are to be read. */
export type BlockFormat =
  | { readonly format: 'ndjson' }
  | { readonly format: 'tsv' | 'csv'; readonly shape: TableShape; readonly width: number }

/** Gives each record of a block to `take`, in order; empty lines are no records. Nothing throws: a fault is a record too. */
export function recordsIn(
  block: Uint8Array,
  firstLine: number,
  how: BlockFormat,
  take: (record: RawRecord) => void,
): void {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
  if (how.format === 'ndjson') eachLine(bytes, firstLine, (line, number) => take(jsonRecord(line, number)))
  else if (how.format === 'tsv')
    eachLine(bytes, firstLine, (line, number) => take(rowRecord(line.split('\t'), number, how)))
  else csvRecords(bytes.toString('utf8'), firstLine, how, take)
}

/** The record of a line too long to be read. */
export function tooLongRecord(line: number): RawRecord {
  return { line, fault: 'line-too-long', facts: { limit: String(longestLine) } }
}

/** Each line is decoded by itself: a line of plain letters stays a string of one byte a letter, which parses faster. */
function eachLine(bytes: Buffer, firstLine: number, take: (line: string, number: number) => void): void {
  let number = firstLine
  for (let at = 0; at < bytes.length; number += 1) {
    let end = bytes.indexOf(10, at)
    if (end < 0) end = bytes.length
    const last = bytes[end - 1] === 13 ? end - 1 : end
    if (last > at) {
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
    return { line: number, fault: 'json-broken', facts: { detail: shortDetail(error) } }
  }
}

function shortDetail(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  // The engine quotes the text it broke on; a parcel's text stays out of messages.
  const place = /position \d+(?: \(line \d+ column \d+\))?/.exec(detail)?.[0]
  return place ?? (detail.includes('end of JSON') ? 'it ends too early' : 'unexpected sign')
}

type TableFormat = Extract<BlockFormat, { shape: TableShape }>

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
function csvRecords(text: string, firstLine: number, how: TableFormat, take: (record: RawRecord) => void): void {
  let at = 0
  let line = firstLine
  while (at < text.length) {
    const end = recordEnd(text, at)
    const record = text.slice(at, end)
    if (record.trim() === '') {
      line += linesIn(record)
      at = end
      continue
    }
    const row = strictRow(record)
    if (row !== null) {
      take(rowRecord(row, line, how))
      line += linesIn(record)
      at = end
      continue
    }
    const firstEnd = lineEnd(text, at)
    take(faultyRow(text.slice(at, firstEnd), line, how))
    line += 1
    at = firstEnd
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines === 0 ? 1 : lines
}

/** End of the record that begins at `at`: the first line end with an even number of quotes before it. */
function recordEnd(text: string, at: number): number {
  let end = lineEnd(text, at)
  let quotes = quotesIn(text, at, end)
  while (quotes % 2 === 1 && end < text.length) {
    const next = lineEnd(text, end)
    quotes += quotesIn(text, end, next)
    end = next
  }
  return end
}

function quotesIn(text: string, from: number, to: number): number {
  let quotes = 0
  for (let at = text.indexOf('"', from); at >= 0 && at < to; at = text.indexOf('"', at + 1)) quotes += 1
  return quotes
}

function strictRow(record: string): string[] | null {
  if (!record.includes('"')) return record.replace(/\r?\n$/, '').split(',')
  try {
    const rows = parse(record, { relax_column_count: true }) as string[][]
    return rows.length === 1 ? (rows[0] as string[]) : null
  } catch {
    return null
  }
}

function faultyRow(line: string, number: number, how: TableFormat): RawRecord {
  if (quotesIn(line, 0, line.length) % 2 === 1 && /(^|,)\s*"/.test(line))
    return { line: number, fault: 'quote-unclosed', facts: {} }
  const row = line.replace(/\r?\n$/, '').split(',')
  return row.length === how.width ? rowRecord(row, number, how) : { line: number, fault: 'quote-unclosed', facts: {} }
}
