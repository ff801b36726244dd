import { UsageError } from '../../intake/table.ts'
import type { Field } from './fields.ts'

/** Columns of the rows that `eppoNames` yields. */
export const eppoColumns = {
  code: 0,
  datatype: 1,
  status: 2,
  language: 3,
  preferred: 4,
  fullname: 5,
} as const satisfies Partial<Record<Field | 'code' | 'fullname', number>>

/** Names of EPPO's SQLite file (`eppocodes.sqlite`) as lines with tabs. Throws UsageError where it holds no such tables. */
export async function* eppoNames(file: string): AsyncGenerator<Buffer> {
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = database.prepare("select name from sqlite_master where name in ('t_codes', 't_names')").all()
    if (tables.length < 2)
      throw new UsageError(`${file} has no tables t_codes and t_names: it is no file of EPPO codes.`)
    const names = database.prepare(
      `select c.eppocode, c.dtcode, n.status, n.codelang, n.preferred, n.fullname
       from t_names n join t_codes c on c.codeid = n.codeid order by n.rowid`,
    )
    let block = ''
    for (const row of names.iterate()) {
      block += `${Object.values(row).map(plainCell).join('\t')}\n`
      if (block.length < 1 << 16) continue
      yield Buffer.from(block)
      block = ''
    }
    yield Buffer.from(block)
  } finally {
    database.close()
  }
}

function plainCell(value: unknown): string {
  return String(value ?? '').replace(/[\t\r\n]/g, ' ')
}
