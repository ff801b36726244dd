import { UsageError } from '../../intake/table.ts'
import { type Archive, type Member, memberNamed, textOf } from './archive.ts'
import { fieldColumns } from './fields.ts'
import { type MetaTable, readMeta } from './meta.ts'
import { packageMember, packageSource } from './package-source.ts'
import { commonRows, type Format, nameRows } from './row.ts'
import { counted, describe, firstLines, type Source, type SourceListener, type SourceTable } from './source-table.ts'

/** What an archive is, and its tables. Throws UsageError. */
export async function archiveSource(archive: Archive, asked: Format | null, listener: SourceListener): Promise<Source> {
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
