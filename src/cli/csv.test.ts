import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { item, measure, reason, row, sampleRows } from '../../test/report/report.fixture.ts'
import { csvColumns, csvHeader, csvRow, guarded } from './csv.ts'
import type { ReportRow } from './report-row.ts'
import { visible } from './visible.ts'

function read(rows: readonly ReportRow[]): Record<string, string>[] {
  return parse(`${[csvHeader(), ...rows.map(csvRow)].join('\n')}\n`, { columns: true })
}

describe('a row of CSV', () => {
  it('holds one line for each item', () => {
    const lines = read(sampleRows).filter(({ line }) => line === '31')
    expect(lines.map(({ item, article }) => [item, article])).toEqual([
      ['1', 'plants-for-planting'],
      ['2', 'none'],
    ])
    expect(lines.map(({ problems }) => problems !== '')).toEqual([true, false])
    expect(lines.map(({ question }) => question !== '')).toEqual([true, false])
  })

  it('tells the measures, what is only possible among them, and the requirements', () => {
    const measures = [measure(), measure({ measure: 'treatment', certainty: 'possible', requirement: 'example/heat' })]
    const [line] = read([row('log', { items: [item({ article: 'wood', measures })] })])
    expect(line?.['measures']).toBe('phytosanitary-certificate; treatment (possible)')
    expect(line?.['requirements']).toBe('example/certificate; example/heat')
  })

  it('holds a line for a record that could not be read', () => {
    const problems = [{ kind: 'json-broken', at: '', sentence: 'Line 7: the JSON is broken.' }]
    const reasons = [reason('record-unreadable', 'The record could not be read. Ask for it again.', { item: null })]
    const own = { parcel: { id: null, line: 7 }, proposal: 'ask', items: [], reasons, problems } as const
    const [line] = read([row('', own, { descriptions: [] })])
    expect(line).toMatchObject({ line: '7', proposal: 'ask', item: '', reason: reasons[0]?.sentence })
    expect(line?.['problems']).toBe('Line 7: the JSON is broken.')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('takes the force from the formula %j', (text) => {
    expect(read([row(text)])[0]?.['description']).toBe(`'${text}`)
  })

  it('shows control characters, since it is often read in a terminal', () => {
    expect(csvRow(row('seeds\u001b[2J'))).toContain('seeds⟨001B⟩[2J')
  })

  it('gives back every description as declared, but for guards and controls', () => {
    const hard = fc.array(
      fc.oneof(fc.constantFrom('"', ',', '\n', '\r\n', "'", '=', ' ', '\u0000'), fc.string({ unit: 'binary' })),
    )
    fc.assert(
      fc.property(hard, hard, (one, other) => {
        const [description, id] = [one.join(''), other.join('')]
        const [line] = read([row(description, { parcel: { id, line: 3 } })])
        const shown = (text: string): string => guarded(text).replace(/[^\t\r\n]+/g, visible)
        expect(line?.['description']).toBe(shown(description))
        expect(line?.['id']).toBe(shown(id))
        expect(Object.keys(line ?? {})).toEqual([...csvColumns])
      }),
    )
  })
})
