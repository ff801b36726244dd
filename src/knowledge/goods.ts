import { type Article, articles } from '../core/parcel/articles.ts'
import type { Heading, Headings } from '../core/recognise/goods.ts'
import { cell, listCell, oneOfCell, type Row, readTable, unknownWord } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import { filesLike, type SourceFile } from './sources.ts'

const known = articles.filter((article) => article !== 'unclear')

/** Reads `goods/hs.csv`. */
export function readHeadings(files: readonly SourceFile[], faults: Fault[]): Headings {
  const wrong = (code: string): string | null =>
    /^\d{2,10}$/.test(code) ? null : `"${code}" is no HS code here. Write 2 to 10 digits without dots.`
  return readTableOf(filesLike(files, /^goods\/hs\.csv$/), { key: 'hs', wrong }, faults)
}

/** Reads `goods/categories.csv`: categories of marketplaces by number or by path. The title of a number is its path. */
export function readCategories(files: readonly SourceFile[], faults: Fault[]): Headings {
  const wrong = (key: string): string | null =>
    /^(google:\d+|shopify:[a-z]{2}(-\d+)*|[^:>]+( > [^:>]+)*)$/.test(key) && key === key.toLowerCase()
      ? null
      : `"${key}" is no category here. Write google:NUMBER, shopify:NUMBER, or a path in lower case with " > ".`
  const own = readTableOf(filesLike(files, /^goods\/categories\.csv$/), { key: 'category', wrong }, faults)
  const numbers = Object.entries(own).filter(([key]) => key.includes(':'))
  // A path that has a row of its own keeps it.
  return { ...Object.fromEntries(numbers.map(([, heading]) => [heading.title.toLowerCase(), heading])), ...own }
}

function readTableOf(
  files: readonly SourceFile[],
  { key, wrong }: { readonly key: 'hs' | 'category'; readonly wrong: (code: string) => string | null },
  faults: Fault[],
): Headings {
  const found: Record<string, Heading> = {}
  const required = [key, 'articles', 'strength', 'sense', 'title']
  for (const row of files.flatMap((file) => readTable(file, { required, optional: ['note'] }, faults))) {
    const code = cell(row, key)
    const fault = wrong(code)
    if (fault !== null) tell(faults, row, fault)
    if (found[code] !== undefined) tell(faults, row, `The code ${code} has a row already. Keep one.`)
    const heading = readHeading(row, faults)
    if (heading !== null) found[code] = heading
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
