import { numberIn } from './number.ts'
import { s10CheckDigitFits } from './s10.ts'

/** Columns a flat table can hold, one item a line. */
export const columnNames = [
  'id',
  'description',
  'hs',
  'category',
  'origin',
  'dispatch',
  'destination',
  'quantity',
  'weight',
  'value',
  'currency',
  'sender',
  'recipient',
] as const
export type ColumnName = (typeof columnNames)[number]

export const weightUnits = { kg: 1, g: 0.001, oz: 0.028349523125, lb: 0.45359237 } as const
export type WeightUnit = keyof typeof weightUnits

/** Where each column stands in a row, and in which unit and basis the table declares weights. */
export interface TableShape {
  readonly columns: Readonly<Partial<Record<ColumnName, number>>>
  /** Null where nobody told it: kilograms are then assumed, and that is said. */
  readonly weightUnit: WeightUnit | null
  readonly weightBasis: 'line' | 'unit'
}

/** Makes the canonical raw record of one row. Sender and addressee are not kept. */
export function flatRecord(row: readonly string[], shape: TableShape): unknown {
  const cell = (name: ColumnName): string | null => {
    const at = shape.columns[name]
    const text = at === undefined ? undefined : row[at]
    return text === undefined || text === '' ? null : text
  }
  const id = cell('id')
  return {
    ids: id === null ? {} : s10CheckDigitFits(id) === null ? { lrn: id } : { s10: id },
    route: { dispatchCountry: cell('dispatch'), destinationCountry: cell('destination') },
    lines: [
      {
        description: { raw: cell('description') ?? '' },
        hs: { raw: cell('hs') },
        category: cell('category'),
        value: cell('value') === null ? null : { amount: cell('value'), currency: cell('currency') },
        originCountry: cell('origin'),
        quantity: cell('quantity'),
        netWeightKg: inKilograms(cell('weight'), shape.weightUnit),
        weightBasis: shape.weightBasis,
      },
    ],
  }
}

const weightForm = /^\s*(-?\d+(?:[.,]\d+)?)\s*(kg|g|oz|lb)?s?\s*$/i

/** Whether a row has a weight without a unit beside it. */
export function hasBareWeight(row: readonly string[], { columns }: TableShape): boolean {
  const match = weightForm.exec(columns.weight === undefined ? '' : (row[columns.weight] ?? ''))
  return match !== null && match[2] === undefined
}

/** A weight in kilograms: a unit written beside the number wins over the table's. What is no weight stays as written. */
function inKilograms(text: string | null, unit: WeightUnit | null): string | null {
  const match = weightForm.exec(text ?? '')
  if (match === null) return text
  const number = numberIn(match[1] as string)
  // What could mean two numbers is left for the reader of the record to tell.
  if (number === null) return match[1] as string
  const own = (match[2]?.toLowerCase() as WeightUnit | undefined) ?? unit ?? 'kg'
  return String(number * weightUnits[own])
}
