import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import type { RawRecord } from '../core/screen.ts'

/** Headers under which a table has its titles; without one of them the first column has them. */
const titleColumns = ['title', 'goods_description', 'description']
const codeColumns = ['hs', 'commodity_code']

/** The records of the samples that lie beside knowledge. */
export function sampleRecords(folder: string): RawRecord[] {
  const samples = path.join(folder, 'samples')
  if (!existsSync(samples)) return []
  return readdirSync(samples)
    .filter((name) => /\.(ndjson|tsv|csv)$/.test(name))
    .sort()
    .flatMap((name) => recordsOf(path.join(samples, name)))
}

/** The records of a file of titles: NDJSON, CSV, or TSV with or without a header. */
export function recordsOf(file: string): RawRecord[] {
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  if (file.endsWith('.ndjson')) return parcelsIn(text)
  const rows = file.endsWith('.csv') ? csvRows(text) : text.split(/\r?\n/).map((line) => line.split('\t'))
  const column = (names: readonly string[]): number => rows[0]?.findIndex((cell) => names.includes(cell)) ?? -1
  const [title, hs] = [column(titleColumns), column(codeColumns)]
  const below = title < 0 ? rows : rows.slice(1)
  return below.flatMap((cells, at) => recordOf(cells[Math.max(title, 0)] ?? '', cells[hs] ?? null, at + 1) ?? [])
}

function csvRows(text: string): string[][] {
  return parse(text, { relax_column_count: true, skip_empty_lines: true, relax_quotes: true }) as string[][]
}

function parcelsIn(text: string): RawRecord[] {
  return text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: at + 1, value: JSON.parse(line) as unknown }]))
}

function recordOf(title: string, hs: string | null, line: number): RawRecord | null {
  return title.trim() === '' ? null : { line, value: { lines: [{ description: title, hs }] } }
}
