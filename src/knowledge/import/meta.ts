import { SaxesParser } from 'saxes'
import { UsageError } from '../../intake/table.ts'
import { plainHeader } from './fields.ts'
import type { Dialect } from './table-rows.ts'

/** One table of a Darwin Core archive, as `meta.xml` describes it. */
export interface MetaTable {
  readonly rowType: string
  readonly file: string
  readonly dialect: Dialect
  readonly headerLines: number
  /** Terms by column; columns that are not described are ''. */
  readonly headers: readonly string[]
  /** Terms that every row has the same value of. */
  readonly defaults: readonly { readonly term: string; readonly value: string }[]
}

export interface Meta {
  readonly core: MetaTable
  readonly extensions: readonly MetaTable[]
}

type Attributes = Readonly<Record<string, string>>

interface Draft {
  readonly attributes: Attributes
  file: string
  readonly headers: string[]
  readonly defaults: { term: string; value: string }[]
}

/** Reads `meta.xml`. Throws UsageError where it describes no table of names. */
export function readMeta(text: string): Meta {
  const tables: (Draft & { readonly kind: string })[] = []
  let inside = ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new UsageError(`meta.xml is broken: ${error.message}. Fetch the archive again.`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    inside = name.replace(/^.*:/, '')
    const open = tables.at(-1)
    if (inside === 'core' || inside === 'extension')
      tables.push({ kind: inside, attributes: attributes as Attributes, file: '', headers: [], defaults: [] })
    else if (open !== undefined) addField(open, inside, attributes as Attributes)
  })
  parser.on('text', (letters) => {
    const open = tables.at(-1)
    if (inside === 'location' && open !== undefined && open.file === '') open.file = letters.trim()
  })
  parser.on('closetag', () => {
    inside = ''
  })
  parser.write(text).close()
  const core = tables.find(({ kind }) => kind === 'core')
  if (core === undefined || plainHeader(core.attributes['rowType'] ?? '') !== 'taxon')
    throw new UsageError('The archive is no checklist: its core is not of Taxon. Choose a checklist.')
  return { core: tableOf(core), extensions: tables.filter(({ kind }) => kind === 'extension').map(tableOf) }
}

function addField(open: Draft, tag: string, attributes: Attributes): void {
  const index = Number(attributes['index'] ?? Number.NaN)
  const term = tag === 'id' || tag === 'coreid' ? 'taxonID' : (attributes['term'] ?? '')
  if (tag !== 'field' && tag !== 'id' && tag !== 'coreid') return
  if (Number.isInteger(index)) open.headers[index] ??= term
  else if (attributes['default'] !== undefined) open.defaults.push({ term, value: attributes['default'] })
}

function tableOf({ attributes, file, headers, defaults }: Draft): MetaTable {
  const encoding = /^(iso-?8859|latin|windows-?125)/i.test(attributes['encoding'] ?? '') ? 'latin1' : 'utf8'
  const enclosed = signOf(attributes['fieldsEnclosedBy'] ?? '"')
  return {
    rowType: plainHeader(attributes['rowType'] ?? ''),
    file,
    dialect: { delimiter: signOf(attributes['fieldsTerminatedBy'] ?? ',') || ',', quote: enclosed || null, encoding },
    headerLines: Number(attributes['ignoreHeaderLines'] ?? 0) || 0,
    headers: Array.from(headers, (term) => term ?? ''),
    defaults,
  }
}

/** A sign as it is meant: archives write a tab as \t. */
function signOf(written: string): string {
  return written.replace('\\t', '\t').replace('\\n', '\n').replace('\\r', '\r').slice(0, 1)
}
