import { statSync } from 'node:fs'
import path from 'node:path'
import { utf8Chunks } from '../../intake/open.ts'
import { UsageError } from '../../intake/table.ts'
import { firstBytes, openArchive } from './archive.ts'
import { archiveSource } from './archive-source.ts'
import { eppoColumns, eppoNames } from './eppo-database.ts'
import { eppoRows, type Format } from './row.ts'
import { describe, firstLines, type Source, type SourceListener, type SourceTable } from './source-table.ts'

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
