import { type Article, articles } from '../core/parcel/articles.ts'
import type { Heading, Headings } from '../core/recognise/goods.ts'
import { cell, listCell, oneOfCell, type Row, readTable, unknownWord } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

const columns = { required: ['hs', 'articles', 'strength', 'sense', 'title'], optional: ['note'] }
const known = articles.filter((article) => article !== 'unclear')

/** Reads `goods/hs.csv`. */
export function readHeadings(files: readonly SourceFile[], faults: Fault[]): Headings {
  const found: Record<string, Heading> = {}
  for (const file of filesLike(files, /^goods\/hs\.csv$/)) {
    for (const row of readTable(file, columns, faults)) {
      const code = cell(row, 'hs')
      if (!/^\d{2,10}$/.test(code))
        tell(faults, row, `"${code}" is no HS code here. Write 2 to 10 digits without dots.`)
      if (found[code] !== undefined) tell(faults, row, `The code ${code} has a row already. Keep one.`)
      const heading = readHeading(row, faults)
      if (heading !== null) found[code] = heading
    }
  }
  return found
}

function readHeading(row: Row, faults: Fault[]): Heading | null {
  const named = listCell(row, 'articles')
  if (named.length === 0) tell(faults, row, 'The articles are missing. Write one or more, or none.')
  for (const word of named)
    if (!(known as readonly string[]).includes(word)) tell(faults, row, unknownWord('article', word, known))
  const strength = cell(row, 'strength')
  if (!/^[123]$/.test(strength)) tell(faults, row, `The strength is 1, 2 or 3, here is "${strength}".`)
  const sense = oneOfCell(row, 'sense', ['regulated', 'ordinary', 'either'], faults)
  return sense === null
    ? null
    : { articles: named as Article[], strength: Number(strength), sense, title: cell(row, 'title') }
}
