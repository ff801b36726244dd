import { statSync } from 'node:fs'
import path from 'node:path'
import { type FileProblem, Unreadable, utf8Chunks } from '../../intake/open.ts'
import { UsageError } from '../../intake/table.ts'
import { type Archive, firstBytes, type Member, memberNamed, openArchive, textOf } from './archive.ts'
import { eppoColumns, eppoNames } from './eppo-database.ts'
import { fieldColumns, plainHeader } from './fields.ts'
import { type MetaTable, readMeta } from './meta.ts'
import {
  commonRows,
  eppoRows,
  type Format,
  nameRows,
  type PackageName,
  packageRows,
  type RowReader,
  usageRows,
} from './row.ts'
import { type Dialect, delimiterOf, tableRows } from './table-rows.ts'

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

/** Looks into a file and tells what it is. `asked` is the format that the user named, or null. Throws UsageError. */
export async function openSource(file: string, asked: Format | null, listener: SourceListener): Promise<Source> {
  const head = headOf(file)
  if (head.toString('latin1') === 'SQLite format 3\0') return databaseSource(file)
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4
    ? archiveSource(await openArchive(file), asked, listener)
    : plainSource(file, asked, listener)
}

function headOf(file: string): Buffer {
  try {
    return firstBytes(file, 16)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UsageError(`There is no file ${file}.`)
    throw new UsageError(`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}.`)
  }
}

/** Names of EPPO's database. */
function databaseSource(file: string): Source {
  const table: SourceTable = {
    file: path.basename(file),
    dialect: { delimiter: '\t', quote: null, encoding: 'utf8' },
    headerLines: 0,
    width: null,
    defaults: [],
    read: eppoRows(eppoColumns),
    open: async () => eppoNames(file),
  }
  return { format: 'eppo', bytes: statSync(file).size, tables: [table], close: () => {} }
}

async function plainSource(file: string, asked: Format | null, listener: SourceListener): Promise<Source> {
  const opened = async (): Promise<AsyncIterable<Buffer>> => utf8Chunks(file, listener)
  const lines = await firstLines(file, utf8Chunks(file, { count: () => {}, tell: () => {} }))
  const { format, table } = describe(path.basename(file), lines, { asked, open: opened })
  return { format, bytes: statSync(file).size, tables: [table], close: () => {} }
}

/** The header line and the one behind it. */
async function firstLines(name: string, chunks: AsyncIterable<Buffer>): Promise<string[]> {
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

interface Opening {
  readonly asked: Format | null
  readonly open: SourceTable['open']
}

/** What a table is by its header, and how it is read. */
function describe(
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
  return format === 'coldp' ? usageRows(columns) : nameRows(columns)
}

function thereAre(headers: readonly string[]): string {
  return `The columns there are: ${headers.map((name) => `«${name}»`).join(', ')}.`
}

async function archiveSource(archive: Archive, asked: Format | null, listener: SourceListener): Promise<Source> {
  const meta = memberNamed(archive, /^meta\.xml$/i)
  const usage = packageMember(archive, 'nameusage') ?? packageMember(archive, 'taxon')
  if (meta !== undefined && (asked === null || asked === 'dwca')) return coreSource(archive, meta, listener)
  const named = packageMember(archive, 'name') !== undefined || packageMember(archive, 'nameusage') !== undefined
  if (usage !== undefined && named && (asked === null || asked === 'coldp')) return packageSource(archive, listener)
  if (asked === 'dwca') throw new UsageError('There is no meta.xml in the archive: it is no Darwin Core archive.')
  const member = onlyTable(archive)
  const lines = await firstLines(member.name, await member.open())
  const { format, table } = describe(member.name, lines, { asked, open: counted(member, listener) })
  return { format, bytes: member.bytes, tables: [table], close: archive.close }
}

/** A member of a data package: its name in any case, with or without hyphens. */
function packageMember({ members }: Archive, what: string): Member | undefined {
  return members.find(({ name }) => {
    const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
    return /\.(csv|tsv|tab|txt)$/.test(base) && base.replace(/\.[a-z]+$/, '').replace(/[-_]/g, '') === what
  })
}

const knownTables = [/^wcvp_names?\.(csv|txt)$/i, /^classification\.(csv|tsv|txt)$/i, /^pflname\.txt$/i]

function onlyTable(archive: Archive): Member {
  for (const pattern of knownTables) {
    const found = memberNamed(archive, pattern)
    if (found !== undefined) return found
  }
  const tables = archive.members.filter(({ name }) => /\.(csv|tsv|tab|txt)$/i.test(name))
  if (tables.length === 1) return tables[0] as Member
  const there = archive.members.slice(0, 12).map(({ name }) => `«${name}»`)
  throw new UsageError(
    `It is not clear which file of the archive holds the names: unpack it and give that one. There are ${there.join(', ')}.`,
  )
}

function counted(member: Member, { count }: SourceListener): SourceTable['open'] {
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

async function coreSource(archive: Archive, meta: Member, listener: SourceListener): Promise<Source> {
  const { core, extensions } = readMeta(await textOf(meta))
  const common = extensions.find(({ rowType }) => rowType === 'vernacularname')
  const tables = [core, ...(common === undefined ? [] : [common])].map((table) =>
    metaTable(archive, table, { listener, common: table === common }),
  )
  return { format: 'dwca', bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables, close: archive.close }
}

function metaTable(
  archive: Archive,
  table: MetaTable,
  { listener, common }: { readonly listener: SourceListener; readonly common: boolean },
): SourceTable & { readonly bytes: number } {
  const member = archive.members.find(({ name }) => name === table.file || name.endsWith(`/${table.file}`))
  if (member === undefined)
    throw new UsageError(`meta.xml names ${table.file}, which is not in the archive. Fetch it again.`)
  const columns = fieldColumns([...table.headers, ...table.defaults.map(({ term }) => term)])
  return {
    file: member.name,
    dialect: table.dialect,
    headerLines: table.headerLines,
    width: table.headers.length,
    defaults: table.defaults.map(({ value }) => value),
    read: common ? commonRows(columns) : nameRows(columns),
    open: counted(member, listener),
    bytes: member.bytes,
  }
}

async function packageSource(archive: Archive, listener: SourceListener): Promise<Source> {
  const usage = packageMember(archive, 'nameusage')
  const common = packageMember(archive, 'vernacularname')
  const tables: SourceTable[] = []
  if (usage !== undefined) tables.push(await packageTable(usage, listener, usageRows))
  else tables.push(...(await apartTables(archive, listener)))
  if (common !== undefined) tables.push(await packageTable(common, listener, commonRows))
  const bytes = archive.members.reduce(
    (sum, one) => sum + (tables.some(({ file }) => file === one.name) ? one.bytes : 0),
    0,
  )
  return { format: 'coldp', bytes, tables, close: archive.close }
}

async function packageTable(
  member: Member,
  listener: SourceListener,
  reader: (columns: ReturnType<typeof fieldColumns>) => RowReader,
): Promise<SourceTable> {
  const comma = /\.csv$/i.test(member.name)
  const dialect: Dialect = { delimiter: comma ? ',' : '\t', quote: comma ? '"' : null, encoding: 'utf8' }
  const [header = ''] = await firstLines(member.name, await member.open())
  const headers = header.split(dialect.delimiter).map((cell) => cell.replace(/^"(.*)"$/, '$1'))
  return {
    file: member.name,
    dialect,
    headerLines: 1,
    width: headers.length,
    defaults: [],
    read: reader(fieldColumns(headers)),
    open: counted(member, listener),
  }
}

/** Names, taxa and synonyms that lie apart: names are read first and kept, since the others only point at them. */
async function apartTables(archive: Archive, listener: SourceListener): Promise<SourceTable[]> {
  const names = packageMember(archive, 'name')
  const taxa = packageMember(archive, 'taxon')
  const synonyms = packageMember(archive, 'synonym')
  if (names === undefined || taxa === undefined)
    throw new UsageError('The data package has neither NameUsage nor both Name and Taxon. Fetch it again.')
  const known = new Map<string, PackageName>()
  const table = await packageTable(names, listener, nameRows)
  let rows = 0
  for await (const block of tableRows(await table.open(), table.dialect)) {
    for (const { cells, line } of block) {
      const row = cells === null || rows++ === 0 ? null : table.read(cells, line)
      if (row !== null && 'name' in row)
        known.set(row.id, { name: row.name, authorship: row.authorship, rank: row.rank })
    }
  }
  const tables = [await packageTable(taxa, listener, (columns) => packageRows(columns, known, 'taxon'))]
  if (synonyms !== undefined)
    tables.push(await packageTable(synonyms, listener, (columns) => packageRows(columns, known, 'synonym')))
  return tables
}
