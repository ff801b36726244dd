import { type ColumnName, columnNames, type TableShape, type WeightUnit } from '../core/read/flat.ts'
import { csvCells } from './csv-record.ts'

/** Wrong use: said in one sentence, with what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Header names that are understood without being told, lower case, letters and digits only. */
const usualNames: Readonly<Record<ColumnName, readonly string[]>> = {
  id: ['id', 'parcelid', 'parcelno', 'parcel', 's10', 'itemid', 'itemno', 'trackingnumber', 'barcode'],
  description: [
    'description',
    'goodsdescription',
    'itemdescription',
    'contents',
    'title',
    'goods',
    'descriptionofgoods',
  ],
  hs: ['hs', 'hscode', 'commoditycode', 'hstariff', 'hstariffnumber', 'tariffcode', 'cncode'],
  category: ['category', 'googleproductcategory', 'productcategory', 'producttype', 'categorypath'],
  origin: ['origin', 'origincountry', 'countryoforigin'],
  dispatch: ['dispatch', 'dispatchcountry', 'countryfrom', 'countryofdispatch', 'countryofdeparture', 'fromcountry'],
  destination: ['destination', 'destinationcountry', 'countryto', 'tocountry'],
  quantity: ['quantity', 'pieces', 'numberofpieces', 'qty'],
  weight: ['weight', 'netweight', 'netmass'].flatMap((name) => ['', 'kg', 'g', 'oz', 'lb'].map((unit) => name + unit)),
  value: ['value', 'itemprice', 'customsvalue'],
  currency: ['currency'],
  sender: ['sender', 'seller'],
  recipient: ['recipient', 'addressee'],
}

export interface TableOptions {
  /** `NAME=COLUMN` pairs as given. */
  readonly columns: readonly string[]
  /** Null when not told: the header may tell it. */
  readonly weightUnit: WeightUnit | null
  readonly weightBasis: 'line' | 'unit'
}

/** Cells of a header line. */
export function headerCells(line: Buffer, format: 'csv' | 'tsv'): string[] {
  const plain = line.toString('utf8').replace(/\r?\n?$/, '')
  return format === 'tsv' ? plain.split('\t') : (csvCells(line) ?? plain.split(','))
}

/** The unit that the header of a weight column names: `Weight (g)`, `netWeightKg`. */
function unitOfHeader(header: string): WeightUnit | null {
  const match = /(?:[\s_([./-]|weight|mass)(kg|g|oz|lb)s?[)\]]?$/i.exec(header.trim())
  return match === null ? null : ((match[1] as string).toLowerCase() as WeightUnit)
}

/**
 * Finds the columns of a table: those given by name, then those whose header is understood. Throws UsageError, naming the
 * columns there are, for a name that is no column of ours, a column that is not there, or a table without descriptions.
 */
export function tableShape(header: readonly string[], options: TableOptions): TableShape {
  const columns: Partial<Record<ColumnName, number>> = {}
  const there = `The columns there are: ${header.map((name) => `«${name.trim()}»`).join(', ')}.`
  for (const pair of options.columns) {
    const [name, ...rest] = pair.split('=')
    const column = rest.join('=')
    if (!(columnNames as readonly string[]).includes(name as string) || column === '') {
      throw new UsageError(`--column ${pair}: the part before = must be one of ${columnNames.join(', ')}. ${there}`)
    }
    const at = header.findIndex((cell) => cell.trim() === column.trim())
    if (at < 0) throw new UsageError(`--column ${pair}: there is no column «${column}». ${there}`)
    columns[name as ColumnName] = at
  }
  header.forEach((cell, at) => {
    const plain = cell.toLowerCase().replace(/[^a-z0-9]/g, '')
    for (const name of columnNames)
      if (columns[name] === undefined && usualNames[name].includes(plain)) columns[name] = at
  })
  if (columns.description === undefined) {
    throw new UsageError(`No column holds descriptions: name it with --column description=COLUMN. ${there}`)
  }
  const weightHeader = columns.weight === undefined ? '' : (header[columns.weight] ?? '')
  return { columns, weightUnit: options.weightUnit ?? unitOfHeader(weightHeader), weightBasis: options.weightBasis }
}
