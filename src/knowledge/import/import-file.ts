import { createHash } from 'node:crypto'
import { closeSync, createWriteStream, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Unreadable } from '../../intake/open.ts'
import { type ImportRecord, newPlace, places, writeRecord } from '../imported/shelf.ts'
import { type Collector, collector, type ImportCounts } from './collect.ts'
import { type Format, formatNames } from './row.ts'
import { openSource } from './source.ts'
import type { Source, SourceTable } from './source-table.ts'
import { type TableRow, tableRows } from './table-rows.ts'

/** What to import, and where to. */
export interface ImportOrder {
  readonly file: string
  readonly name: string
  readonly folder: string
  /** The format that the user named, or null. */
  readonly format: Format | null
  /** Today, as 2026-11-24. */
  readonly on: string
}

/** Who hears how an import goes. */
export interface ImportListener {
  readonly found: (format: Format) => void
  /** Share of the file that was read, 0 to 1, and rows so far. */
  readonly read: (share: number, rows: number) => void
  /** What is wrong with a row: file, line and what to do. */
  readonly fault: (line: string) => void
}

/** What came of an import; no record where nothing could be taken, and what was there before stays. */
export interface Imported {
  readonly record: ImportRecord | null
  readonly counts: Readonly<ImportCounts>
  readonly rows: number
  readonly broken: number
}

/** Reads a file of names and puts what was taken from it in its place among the imports; the same name is replaced. */
export async function importFile(order: ImportOrder, listener: ImportListener): Promise<Imported> {
  const target = places.one(order.folder, order.name)
  const place = newPlace(target)
  const told = openSync(path.join(place.folder, 'faults.txt'), 'w')
  let broken = 0
  const tell = (file: string, line: number, sentence: string): void => {
    broken += 1
    const text = line === 0 ? `${file}: ${sentence}` : `${file}:${line}: ${sentence}`
    writeSync(told, `${text}\n`)
    listener.fault(text)
  }
  try {
    const collected = collector(({ file, line }, sentence) => tell(file, line, sentence))
    const { rows, format } = await readSource(order, { collected, tell, listener })
    const digest = await keep(path.join(place.folder, 'names.tsv.gz'), collected)
    const { taxa, synonyms, commonNames, listings } = collected.counts
    if (taxa === 0) return { record: null, counts: collected.counts, rows, broken }
    const record: ImportRecord = {
      name: order.name,
      file: path.basename(order.file),
      format: formatNames[format],
      digest,
      rows,
      taxa,
      synonyms,
      commonNames,
      ...(listings === 0 ? {} : { listings }),
      broken,
      on: order.on,
    }
    writeRecord(place.folder, record)
    place.put()
    return { record, counts: collected.counts, rows, broken }
  } finally {
    closeSync(told)
    place.drop()
  }
}

interface Reading {
  readonly collected: Collector
  readonly tell: (file: string, line: number, sentence: string) => void
  readonly listener: ImportListener
}

async function readSource(
  { file, format: asked }: ImportOrder,
  { collected, tell, listener }: Reading,
): Promise<{ rows: number; format: Format }> {
  let done = 0
  const source: Source = await openSource(file, asked, {
    count: (bytes) => {
      done += bytes
    },
    tell: ({ kind, facts }) => {
      if (kind !== 'encoding')
        tell(path.basename(file), 0, `The file is cut short: ${facts['detail'] ?? kind}. Fetch it again.`)
    },
  })
  listener.found(source.format)
  let rows = 0
  try {
    for (const table of source.tables) {
      for await (const block of rowsOf(table, tell)) {
        rows += takeBlock(block, table, { collected, tell })
        listener.read(Math.min(1, done / Math.max(source.bytes, 1)), rows)
      }
    }
  } finally {
    source.close()
  }
  return { rows, format: source.format }
}

/** Rows of a table without its header; a file that cannot be read on ends here, and that is told. */
async function* rowsOf(table: SourceTable, tell: Reading['tell']): AsyncGenerator<TableRow[]> {
  let skip = table.headerLines
  try {
    for await (const block of tableRows(await table.open(), table.dialect)) {
      yield skip === 0 ? block : block.slice(skip)
      skip = Math.max(0, skip - block.length)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!(error instanceof Unreadable) && !/^(invalid|unexpected|too|incorrect|crc|Z_)/i.test(reason)) throw error
    tell(table.file, 0, `It cannot be read on: ${reason}. Fetch it again.`)
  }
}

function takeBlock(
  block: readonly TableRow[],
  table: SourceTable,
  { collected, tell }: Omit<Reading, 'listener'>,
): number {
  const { file, width, defaults, read } = table
  for (const { line, cells } of block) {
    const fault =
      cells === null ? 'Its quotes do not pair. Double a quote that stands inside quotes.' : misfit(cells, width)
    if (fault !== null || cells === null) {
      tell(file, line, fault ?? '')
      continue
    }
    const row = read(defaults.length === 0 ? cells : [...filledUp(cells, width ?? 0), ...defaults], line)
    if (row === null) continue
    if ('fault' in row) tell(file, row.line, row.fault)
    else collected.take(row, file)
  }
  return block.length
}

/** What is wrong with the number of cells, or null; empty cells at the end may be missing or too many. */
function misfit(cells: readonly string[], width: number | null): string | null {
  if (width === null || cells.length === width) return null
  if (cells.length > width && cells.slice(width).every((cell) => cell === '')) return null
  return `${cells.length} cells where the header has ${width}. Put cells that hold the sign between cells in quotes.`
}

function filledUp(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => cells[at] ?? '')
}

/** Writes what was settled, packed, and returns its digest. */
async function keep(file: string, collected: Collector): Promise<string> {
  const digest = createHash('sha256')
  const blocks = function* (): Generator<string> {
    let block = ''
    for (const line of collected.settle()) {
      block += line
      if (block.length < 1 << 18) continue
      digest.update(block)
      yield block
      block = ''
    }
    digest.update(block)
    yield block
  }
  await pipeline(Readable.from(blocks()), createGzip({ level: 1 }), createWriteStream(file))
  return digest.digest('hex').slice(0, 16)
}
