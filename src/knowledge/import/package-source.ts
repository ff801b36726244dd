import { UsageError } from '../../intake/table.ts'
import type { Archive, Member } from './archive.ts'
import { fieldColumns } from './fields.ts'
import { commonRows, nameRows, type PackageName, packageRows, type RowReader, usageRows } from './row.ts'
import { counted, firstLines, type Source, type SourceListener, type SourceTable } from './source-table.ts'
import { type Dialect, tableRows } from './table-rows.ts'

/** A member of a data package: its name in any case, with or without hyphens. */
export function packageMember({ members }: Archive, what: string): Member | undefined {
  return members.find(({ name }) => {
    const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
    return /\.(csv|tsv|tab|txt)$/.test(base) && base.replace(/\.[a-z]+$/, '').replace(/[-_]/g, '') === what
  })
}

/** The tables of a Catalogue of Life data package. */
export async function packageSource(archive: Archive, listener: SourceListener): Promise<Source> {
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
