import { articles } from '../core/parcel/articles.ts'
import { conceptValues } from '../core/recognise/lexicon.ts'
import type { Norm, Norms } from '../core/recognise/plausibility.ts'
import { cell, listCell, type Row, readTable, unknownWord } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

/** Reads `goods/norms.csv`: what a piece of some goods weighs and is worth at the least and at the most. */
export function readNorms(files: readonly SourceFile[], faults: Fault[]): Norms {
  const found: Record<string, Norm> = {}
  const columns = { required: ['goods', 'least-grams', 'most-grams', 'least-value', 'title'], optional: ['note'] }
  const rows = filesLike(files, /^goods\/norms\.csv$/).flatMap((file) => readTable(file, columns, faults))
  for (const row of rows) {
    const norm = readNorm(row, faults)
    if (listCell(row, 'goods').length === 0)
      tell(faults, row, 'The goods are missing. Write words, hs:CODE, kind:KIND or article:ARTICLE.')
    for (const goods of listCell(row, 'goods')) {
      const key = keyOf(goods, row, faults)
      if (found[key] !== undefined) tell(faults, row, `"${goods}" has a row already. Keep one.`)
      found[key] = norm
    }
  }
  return found
}

function keyOf(goods: string, row: Row, faults: Fault[]): string {
  const [, sort, name = ''] = /^(hs|kind|article):(.*)$/.exec(goods) ?? []
  if (sort === 'hs' && !/^\d{2,6}$/.test(name))
    tell(faults, row, `"${name}" is no HS code here. Write 2 to 6 digits without dots.`)
  if (sort === 'kind' && !(conceptValues.goods as readonly string[]).includes(name))
    tell(faults, row, unknownWord('kind', name, conceptValues.goods))
  if (sort === 'article' && !(articles as readonly string[]).includes(name))
    tell(faults, row, unknownWord('article', name, articles))
  if (sort === undefined && goods !== goods.toLowerCase()) tell(faults, row, `"${goods}" must be in lower case.`)
  return sort === undefined ? `word:${goods.normalize('NFC')}` : goods
}

function readNorm(row: Row, faults: Fault[]): Norm {
  const [leastGrams, mostGrams] = [numberCell(row, 'least-grams', faults), numberCell(row, 'most-grams', faults)]
  if (leastGrams !== null && mostGrams !== null && leastGrams >= mostGrams)
    tell(faults, row, `At least ${leastGrams} g and at most ${mostGrams} g fit nothing. Change one of them.`)
  const title = cell(row, 'title')
  if (title === '') tell(faults, row, 'The title is missing. Write the goods as a reason names them: boots.')
  return { title, leastGrams, mostGrams, leastValue: numberCell(row, 'least-value', faults) }
}

function numberCell(row: Row, column: string, faults: Fault[]): number | null {
  const text = cell(row, column)
  if (text === '') return null
  const number = Number(text)
  if (/^\d+(\.\d+)?$/.test(text) && number > 0) return number
  tell(
    faults,
    row,
    `"${column}" must be a number above nothing, here is "${text}". Leave it empty where nothing is known.`,
  )
  return null
}
