import { type FileProblem, Unreadable } from '../../intake/open.ts'
import { UsageError } from '../../intake/table.ts'
import type { Member } from './archive.ts'
import { fieldColumns, plainHeader } from './fields.ts'
import { eppoRows, type Format, inventoryRows, nameRows, type RowReader, usageRows } from './row.ts'
import { type Dialect, delimiterOf } from './table-rows.ts'

/** A table to read: its rows block by block, and how each is read. */
export interface SourceTable {
  readonly file: string
  readonly dialect: Dialect
  readonly headerLines: number
  /** Cells that a row has; fewer or more are a fault. Null where the table does not tell. */
  readonly width: number | null
  /** Cells that every row has behind its own. */
  readonly defaults: readonly string[]
  readonly read: RowReader
  readonly open: () => Promise<AsyncIterable<Buffer>>
}

/** What a file is, and its tables in the order in which they must be read. */
export interface Source {
  readonly format: Format
  readonly bytes: number
  readonly tables: readonly SourceTable[]
  readonly close: () => void
}

/** Who is told how reading goes. */
export interface SourceListener {
  readonly count: (bytes: number) => void
  readonly tell: (problem: FileProblem) => void
}

/** The header line and the one behind it. */
export async function firstLines(name: string, chunks: AsyncIterable<Buffer>): Promise<string[]> {
  let text = ''
  try {
    for await (const chunk of chunks) {
      text += chunk.toString('utf8')
      if (text.split('\n').length > 2 || text.length > 1 << 20) break
    }
  } catch (error) {
    if (error instanceof Unreadable) throw new UsageError(`${name} cannot be read: ${error.message}.`)
    throw error
  }
  const lines = text.replace(/^\ufeff/, '').split('\n', 2)
  if ((lines[0] ?? '').trim() === '') throw new UsageError(`${name} is empty. Give a table with a header.`)
  return lines.map((line) => line.replace(/\r$/, ''))
}

/** How a table is opened, and the format that the user named, or null. */
export interface Opening {
  readonly asked: Format | null
  readonly open: SourceTable['open']
}

/** What a table is by its header, and how it is read. */
export function describe(
  file: string,
  lines: readonly string[],
  { asked, open }: Opening,
): { readonly format: Format; readonly table: SourceTable } {
  const [header = '', next = ''] = lines
  const delimiter = delimiterOf(header)
  const headers = header.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  const format = asked ?? formatOf(headers.map(plainHeader), next)
  const quote = delimiter === '|' || (delimiter === '\t' && !next.includes('"')) ? null : '"'
  const dialect: Dialect = { delimiter, quote, encoding: 'utf8' }
  const read = readerOf(file, headers, format)
  return { format, table: { file, dialect, headerLines: 1, width: headers.length, defaults: [], read, open } }
}

function formatOf(headers: readonly string[], next: string): Format {
  const has = (...names: readonly string[]): boolean => names.every((name) => headers.includes(name))
  if (has('plantnameid', 'taxonstatus', 'taxonname')) return 'wcvp'
  if (has('code', 'fullname', 'preferred', 'lang') || has('code', 'name', 'preferred', 'language')) return 'eppo'
  if (has('taxonid', 'scientificname', 'taxonomicstatus') && /\bwfo-/.test(next)) return 'wfo'
  if (has('countrycode', 'scientificname', 'acceptedname')) return 'griis'
  return has('id', 'parentid', 'scientificname', 'status') ? 'coldp' : 'table'
}

function readerOf(file: string, headers: readonly string[], format: Format): RowReader {
  const columns = fieldColumns(headers)
  const plain = headers.map(plainHeader)
  if (format === 'eppo') {
    const code = plain.indexOf('code') >= 0 ? plain.indexOf('code') : (columns.eppo ?? -1)
    const fullname = plain.indexOf('fullname') >= 0 ? plain.indexOf('fullname') : (columns.name ?? -1)
    if (code >= 0 && fullname >= 0) return eppoRows({ ...columns, code, fullname })
    throw new UsageError(`${file} has no columns code and fullname. ${thereAre(headers)}`)
  }
  if (columns.name === undefined && columns.genus === undefined)
    throw new UsageError(`No column of ${file} holds scientific names: call one scientificName. ${thereAre(headers)}`)
  if (format === 'griis') {
    const { country } = columns
    if (country !== undefined) return inventoryRows({ ...columns, country })
    throw new UsageError(
      `${file} has no column country_code, so it is no inventory of countries: --format table takes its names. ${thereAre(headers)}`,
    )
  }
  return format === 'coldp' ? usageRows(columns) : nameRows(columns)
}

function thereAre(headers: readonly string[]): string {
  return `The columns there are: ${headers.map((name) => `«${name}»`).join(', ')}.`
}

/** Opens a member of an archive; what is read of it is counted. */
export function counted(member: Member, { count }: SourceListener): SourceTable['open'] {
  return async () => withCount(await member.open(), count)
}

async function* withCount(chunks: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  let mark = true
  for await (const chunk of chunks) {
    count(chunk.length)
    // A byte order mark is no letter of the first cell.
    yield mark && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
    mark = false
  }
}
