import type { Field, FieldColumns } from './fields.ts'

/** What one row of an import says, whatever the format was; '' where it says nothing. A row without a name is a common name. */
export interface ImportRow {
  readonly line: number
  readonly id: string
  readonly name: string
  readonly authorship: string
  readonly rank: string
  readonly status: string
  readonly acceptedId: string
  readonly acceptedName: string
  readonly parentId: string
  readonly family: string
  readonly kingdom: string
  readonly vernacular: string
  readonly language: string
  readonly eppo: string
  /** Country whose inventory lists it as invasive. */
  readonly country: string
}

/** A row that could not be read, with a sentence that says what to do. */
export interface BrokenRow {
  readonly line: number
  readonly fault: string
}

/** Reads the cells of one row; null for a row that is none of our business, such as another kingdom's. */
export type RowReader = (cells: readonly string[], line: number) => ImportRow | BrokenRow | null

/** The formats that are read. */
export const formats = ['table', 'dwca', 'coldp', 'wfo', 'wcvp', 'griis', 'eppo'] as const
export type Format = (typeof formats)[number]

/** What a format is called on the screen. */
export const formatNames: Readonly<Record<Format, string>> = {
  table: 'table of names',
  dwca: 'Darwin Core archive',
  coldp: 'Catalogue of Life data package',
  wfo: 'World Flora Online classification',
  wcvp: 'World Checklist of Vascular Plants',
  griis: 'GRIIS checklist',
  eppo: 'EPPO codes',
}

const nothing: Omit<ImportRow, 'line'> = {
  id: '',
  name: '',
  authorship: '',
  rank: '',
  status: '',
  acceptedId: '',
  acceptedName: '',
  parentId: '',
  family: '',
  kingdom: '',
  vernacular: '',
  language: '',
  eppo: '',
  country: '',
}

function cellOf(columns: FieldColumns): (cells: readonly string[], field: Field) => string {
  return (cells, field) => {
    const at = columns[field]
    return at === undefined ? '' : (cells[at] ?? '').trim()
  }
}

/** Rows of names under the usual headers. */
export function nameRows(columns: FieldColumns): RowReader {
  const cell = cellOf(columns)
  return (cells, line) => ({
    line,
    id: cell(cells, 'id'),
    name: cell(cells, 'name') || composedName(cells, cell),
    authorship: cell(cells, 'authorship'),
    rank: cell(cells, 'rank'),
    status: cell(cells, 'status'),
    acceptedId: cell(cells, 'acceptedId'),
    acceptedName: cell(cells, 'acceptedName'),
    parentId: cell(cells, 'parentId'),
    family: cell(cells, 'family'),
    kingdom: cell(cells, 'kingdom'),
    vernacular: cell(cells, 'vernacular'),
    language: cell(cells, 'language'),
    eppo: cell(cells, 'eppo'),
    country: '',
  })
}

/**
 * Rows of an inventory of invasive species, one for each country and species. A row that is said not to be invasive there only
 * gives its names.
 */
export function inventoryRows(columns: FieldColumns & { readonly country: number }): RowReader {
  const read = nameRows(columns)
  const { country, invasive } = columns
  return (cells, line) => {
    const row = read(cells, line)
    const said = invasive === undefined ? 'yes' : (cells[invasive] ?? '').trim()
    if (row === null || 'fault' in row || !/^(yes|true|1|invasive)$/i.test(said)) return row
    return { ...row, country: (cells[country] ?? '').trim() || missingCountry }
  }
}

/** Stands for a country that a row of an inventory does not tell. */
export const missingCountry = '?'

/** A name that is only given by its parts. */
function composedName(cells: readonly string[], cell: ReturnType<typeof cellOf>): string {
  const parts = (['genus', 'specificEpithet', 'infraspecificEpithet'] as const).map((field) => cell(cells, field))
  const [genus, species] = parts
  return genus === '' || (species === '' && parts[2] !== '') ? '' : parts.filter((part) => part !== '').join(' ')
}

/** Rows of common names: each belongs to the taxon of its id. */
export function commonRows(columns: FieldColumns): RowReader {
  const taxon = columns.taxonId ?? columns.id
  const text = columns.vernacular ?? columns.name
  return (cells, line) => {
    const id = (cells[taxon ?? 0] ?? '').trim()
    const vernacular = text === undefined ? '' : (cells[text] ?? '').trim()
    const language = columns.language === undefined ? '' : (cells[columns.language] ?? '').trim()
    if (vernacular === '' || id === '')
      return { line, fault: 'The common name or its taxon is missing. Write both or drop the row.' }
    return { ...nothing, line, id, vernacular, language }
  }
}

/**
 * Rows of the name files of EPPO (pflname.txt): the preferred Latin name of a code is accepted, other Latin names are its
 * synonyms, names of other languages its common names. Only plants and what is in use are taken.
 */
export function eppoRows(columns: FieldColumns & { readonly code: number; readonly fullname: number }): RowReader {
  const cell = cellOf(columns)
  return (cells, line) => {
    const code = (cells[columns.code] ?? '').trim()
    const name = (cells[columns.fullname] ?? '').trim()
    const type = cell(cells, 'datatype')
    // Codes of what stands above species begin with a digit and end with a letter for the rank: only genera and families count.
    if ((type !== '' && type !== 'PFL') || /^[0-9].*[^GF]$/.test(code) || cell(cells, 'status') === 'N') return null
    if (!/^[0-9A-Z]{5,6}$/.test(code))
      return { line, fault: `"${code}" is no EPPO code. Write five or six capitals or digits.` }
    const language = cell(cells, 'language').toLowerCase()
    const kingdom = 'Plantae'
    if (language !== 'la') return { ...nothing, line, id: code, vernacular: turned(name, language), language, kingdom }
    const preferred = ['1', 'true', 'y', 'yes'].includes(cell(cells, 'preferred').toLowerCase())
    return preferred
      ? { ...nothing, line, id: code, name, eppo: code, status: 'accepted', kingdom }
      : { ...nothing, line, name, acceptedId: code, status: 'synonym', kingdom }
  }
}

/** "Hafer, Sommer-" is Sommerhafer, "Gerste, Mehrzeilige" is Mehrzeilige Gerste: so EPPO writes German names. */
function turned(name: string, language: string): string {
  const [main, before, ...more] = name.split(', ')
  if (language !== 'de' || main === undefined || before === undefined || more.length > 0) return name
  return before.endsWith('-') ? before.slice(0, -1) + main.toLowerCase() : `${before} ${main}`
}

/** Rows of `NameUsage` of a Catalogue of Life data package: the parent of a synonym is what it is a synonym of. */
export function usageRows(columns: FieldColumns): RowReader {
  const read = nameRows(columns)
  return (cells, line) => {
    const row = read(cells, line)
    if (row === null || 'fault' in row || !/synonym|misapplied/i.test(row.status)) return row
    return { ...row, acceptedId: row.acceptedId || row.parentId, parentId: '' }
  }
}

/** A name of a data package that keeps names, taxa and synonyms apart. */
export interface PackageName {
  readonly name: string
  readonly authorship: string
  readonly rank: string
}

/** Rows of `Taxon` or `Synonym` of a Catalogue of Life data package, with their names. */
export function packageRows(
  columns: FieldColumns,
  names: ReadonlyMap<string, PackageName>,
  what: 'taxon' | 'synonym',
): RowReader {
  const read = nameRows(columns)
  const cell = cellOf(columns)
  return (cells, line) => {
    const row = read(cells, line)
    const nameId = cell(cells, 'nameId')
    const name = names.get(nameId)
    if (row === null || 'fault' in row) return row
    if (name === undefined) return { line, fault: `There is no name "${nameId}" in the package. Correct the nameID.` }
    if (what === 'taxon') return { ...row, ...name, status: 'accepted', acceptedId: '' }
    const accepted = cell(cells, 'taxonId')
    return { ...row, ...name, id: '', acceptedId: accepted, parentId: '', status: row.status || 'synonym' }
  }
}
