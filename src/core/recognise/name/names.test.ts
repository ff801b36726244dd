import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseName } from './parse-name.ts'
import type { ParsedName } from './parsed.ts'

interface Row {
  readonly section: string
  readonly name: string
  readonly canonical: string
  readonly more: ReadonlyMap<string, string>
}

/** The rows of `names.md`, which experts read and correct. */
function rowsOf(text: string): Row[] {
  let section = ''
  const rows: Row[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3)
    if (!line.startsWith('| ') || line.startsWith('| name ')) continue
    const [name = '', canonical = '', more = ''] = line
      .slice(2)
      .replace(/(?: \|)+$/, '')
      .split(' | ')
    rows.push({ section, name, canonical, more: moreOf(more) })
  }
  return rows
}

function moreOf(cell: string): ReadonlyMap<string, string> {
  const facts = cell.trim() === '' ? [] : cell.trim().split('; ')
  return new Map(facts.map((fact) => [fact.slice(0, fact.indexOf(': ')), fact.slice(fact.indexOf(': ') + 2)]))
}

const told: Readonly<Record<string, (parsed: ParsedName) => string | number | null>> = {
  simple: ({ simple }) => simple,
  authors: ({ authorship }) => authorship,
  year: ({ year }) => year,
  rank: ({ rank }) => rank,
  hybrid: ({ hybrid }) => hybrid,
  cultivar: ({ cultivar }) => cultivar,
  group: ({ group }) => group,
  open: ({ openNomenclature }) => openNomenclature,
  grade: ({ quality }) => String(quality),
  words: ({ cardinality }) => String(cardinality),
}

const rows = rowsOf(readFileSync(new URL('names.md', import.meta.url), 'utf8'))

it('reads many names', () => {
  expect(rows.length).toBeGreaterThan(150)
})

describe.each([...Map.groupBy(rows, ({ section }) => section)])('%s', (_, own) => {
  it.each(own.map((row) => [row.name, row] as const))('%s', (name, { canonical, more }) => {
    const parsed = parseName(name)
    expect(parsed.canonical ?? '–').toBe(canonical)
    if (!more.has('simple')) expect(parsed.simple ?? '–').toBe(canonical)
    const kinds = parsed.problems.map(({ kind }) => kind)
    for (const [key, value] of more) {
      if (key !== 'says') expect([key, told[key]?.(parsed)]).toEqual([key, value])
      else if (value === 'nothing') expect(kinds).toEqual([])
      else expect(kinds).toContain(value)
    }
  })
})
