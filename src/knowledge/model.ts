import { articles } from '../core/parcel/articles.ts'
import type { Model } from '../core/recognise/model.ts'
import { cell, oneOfCell, readTable } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

const speaksFor = [...articles, 'this'] as const

/** Reads `policy/model.csv`, which `npm run learn` writes. Without the file nothing was learned. */
export function readModel(files: readonly SourceFile[], faults: Fault[]): Model {
  const model: Record<string, Record<string, number>> = {}
  const columns = { required: ['speaks_for', 'feature', 'weight'], optional: ['note'] }
  for (const row of filesLike(files, /^policy\/model\.csv$/).flatMap((file) => readTable(file, columns, faults))) {
    const side = oneOfCell(row, 'speaks_for', speaksFor, faults)
    const weight = Number(cell(row, 'weight'))
    if (cell(row, 'weight') === '' || !Number.isFinite(weight))
      tell(faults, row, `The weight must be a number, here is "${cell(row, 'weight')}".`)
    else if (side !== null) model[side] = { ...model[side], [cell(row, 'feature')]: weight }
  }
  return model
}
