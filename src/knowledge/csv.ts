import { type CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { type Fault, type Spot, suggestion, tell } from './fault.ts'
import type { SourceFile } from './sources.ts'

/** One row of a table, with its cells by the names of the columns. A cell that is empty is ''. */
export interface Row extends Spot {
  readonly cells: Readonly<Record<string, string>>
}

/** The columns a table may have; the required ones must be there. */
export interface Columns {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** Reads a CSV file with a header. Rows whose first cell starts with `#` are comments. */
export function readTable(file: SourceFile, columns: Columns, faults: Fault[]): Row[] {
  const records = recordsOf(file, faults)
  if (records === null) return []
  const header = records.shift()
  if (header === undefined) {
    tell(faults, { file: file.shown, line: 1 }, `The file is empty. Begin it with ${columns.required.join(',')}.`)
    return []
  }
  if (!headerFits(header, columns, faults)) return []
  const names = header.cells
  return records.flatMap((record) => {
    if (record.cells.length === names.length) return [rowOf(record, names)]
    const spot = { file: file.shown, line: record.line }
    tell(
      faults,
      spot,
      `${record.cells.length} cells where the header has ${names.length}. Put cells with commas in quotes.`,
    )
    return []
  })
}

interface RawRow extends Spot {
  readonly cells: readonly string[]
}

function recordsOf(file: SourceFile, faults: Fault[]): RawRow[] | null {
  try {
    const parsed = parse(file.text, { info: true, relax_column_count: true, skip_empty_lines: true, trim: true })
    const records = parsed as unknown as { info: InfoRecord; record: string[] }[]
    return records
      .map(({ info, record }) => ({ file: file.shown, line: firstLine(info.lines, record), cells: record }))
      .filter(({ cells }) => !(cells[0] ?? '').startsWith('#'))
  } catch (error) {
    const { message, lines } = error as CsvError & { lines?: number }
    tell(
      faults,
      { file: file.shown, line: lines ?? 1 },
      `The table is broken from here on: ${message}. Double a quote that stands inside quotes.`,
    )
    return null
  }
}

/** The parser counts to the last line of a record. */
function firstLine(last: number, cells: readonly string[]): number {
  return last - cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function headerFits({ cells, file, line }: RawRow, { required, optional }: Columns, faults: Fault[]): boolean {
  const known = [...required, ...optional]
  const before = faults.length
  for (const cell of cells) {
    if (!known.includes(cell)) {
      tell(
        faults,
        { file, line },
        `Unknown column "${cell}".${suggestion(cell, known)} Columns are ${known.join(', ')}.`,
      )
    }
  }
  for (const name of required)
    if (!cells.includes(name)) tell(faults, { file, line }, `The column "${name}" is missing.`)
  return faults.length === before
}

function rowOf({ file, line, cells }: RawRow, names: readonly string[]): Row {
  return { file, line, cells: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) }
}

/** The text of a cell; '' when it is empty or the column is not there. */
export function cell(row: Row, column: string): string {
  return row.cells[column] ?? ''
}

/** The parts of a cell that holds a list. */
export function listCell(row: Row, column: string): string[] {
  return cell(row, column)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A cell that must hold one of some words, or null after a fault. */
export function oneOfCell<T extends string>(row: Row, column: string, known: readonly T[], faults: Fault[]): T | null {
  const word = cell(row, column)
  if (known.includes(word as T)) return word as T
  tell(faults, row, unknownWord(column, word, known))
  return null
}

/** The sentence for a word that is none of those known. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const choice = known.length <= 24 ? ` Use one of ${known.join(', ')}.` : ''
  if (word === '') return `The ${what} is missing.${choice}`
  return `Unknown ${what} "${word}".${suggestion(word, known)}${choice}`
}
