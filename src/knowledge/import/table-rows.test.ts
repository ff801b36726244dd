import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Dialect, delimiterOf, type TableRow, tableRows } from './table-rows.ts'

const csv: Dialect = { delimiter: ',', quote: '"', encoding: 'utf8' }

async function rowsOf(text: string, dialect: Dialect, size: number): Promise<TableRow[]> {
  const bytes = Buffer.from(text)
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const rows: TableRow[] = []
  for await (const block of tableRows(chunks(), dialect)) rows.push(...block)
  return rows
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '香', ',', '"', '\n', ' '), maxLength: 6 })
const written = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

it('reads CSV as csv-parse does, however the bytes come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 9 }),
      async (table, end, size) => {
        const text = table.map((row) => row.map(written).join(',')).join(end)
        const rows = await rowsOf(text, csv, size)
        const expected = parse(text, { relax_column_count: true, skip_empty_lines: false }) as string[][]
        expect(rows.map(({ cells }) => cells)).toEqual(expected)
      },
    ),
  )
})

it('takes a row whose quotes do not pair for one line, and counts lines on', async () => {
  const rows = await rowsOf('a,b\n"x,1\ny,2\n"p\nq",3\nz,4\n', csv, 3)
  expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a', 'b']],
    [2, null],
    [3, ['y', '2']],
    [4, ['p\nq', '3']],
    [6, ['z', '4']],
  ])
})

it('keeps quotes where cells are written as they are', async () => {
  const rows = await rowsOf('a|"b\n', { delimiter: '|', quote: null, encoding: 'utf8' }, 2)
  expect(rows).toEqual([{ line: 1, cells: ['a', '"b'] }])
})

it('tells the sign between cells by the header', () => {
  expect(['a\tb,c', 'a,b', 'a;b;c,d', 'a|b|c', 'a'].map(delimiterOf)).toEqual(['\t', ',', ';', '|', '\t'])
})
