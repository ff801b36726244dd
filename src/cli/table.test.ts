import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { letters, reason, row, sampleRows, summaryOf, words } from '../../test/report/report.fixture.ts'
import { displayWidth } from './display-width.ts'
import type { ReportRow } from './report-row.ts'
import { tableReport } from './table.ts'

function table(rows: readonly ReportRow[], width = 80, colour = false, limit = 100): string {
  return tableReport(rows, summaryOf(rows), { width, colour, words, limit })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colour are what is taken out
const colours = /\u001b\[[\d;]*m/g

describe('the table', () => {
  it('shows the strictest first and only counts parcels without objection', () => {
    const text = table(sampleRows)
    const at = ['RB123456785TH', 'LX000000011US', 'RB987654320CN', 'line 52'].map((one) => text.indexOf(one))
    expect(at).toEqual([...at].sort((one, other) => one - other))
    expect(at).not.toContain(-1)
    expect(text).not.toContain('tea tree oil soap')
    expect(text).toMatch(/no objection +2/)
  })

  it('marks the letters that gave an item away', () => {
    expect(table(sampleRows)).toContain('‹fresh› ‹kaffir lime› ‹leaves› 100g')
    expect(table(sampleRows, 80, true)).toContain('\u001b[1;4mkaffir lime\u001b[0m')
  })

  it('brings a mark at the end of a long description into view', () => {
    const description = `${'assorted garden gift '.repeat(40)}tulip bulbs`
    const evidence = [letters(description, 'tulip bulbs')]
    const rows = [
      row(description, { proposal: 'inspect', reasons: [reason('required', 'Needs a paper.', { evidence })] }),
    ]
    expect(table(rows, 60)).toContain('‹tulip bulbs›')
  })

  it('counts what is beyond the limit', () => {
    expect(table(sampleRows, 80, false, 1)).toContain('ask: 1 more parcel with this proposal is not shown here.')
  })

  it('writes no escape but its own colours', () => {
    const rows = [
      row('\u001b]0;owned\u0007 \u009b2J seeds\u202e', { proposal: 'ask', parcel: { id: '\u001b[2J', line: 1 } }),
    ]
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/
    expect(table(rows)).not.toMatch(control)
    expect(table(rows, 80, true).replace(colours, '')).not.toMatch(control)
  })

  it('fits its width, whatever is declared', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 200 })
    const width = fc.integer({ min: 60, max: 160 })
    fc.assert(
      fc.property(hostile, fc.string({ unit: 'grapheme' }), width, fc.boolean(), (description, id, columns, colour) => {
        const rows = [...sampleRows, row(description, { proposal: 'ask', parcel: { id, line: 9 } })]
        for (const line of table(rows, columns, colour).replace(colours, '').split('\n')) {
          expect(displayWidth(line)).toBeLessThanOrEqual(columns)
        }
      }),
    )
  })

  it('tells numbers with their words where the columns do not fit', () => {
    const text = table(sampleRows, 44)
    expect(text).toContain('Thailand (TH): All 1, refuse 1')
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(44)
  })

  it('says so when nothing was screened', () => {
    expect(table([])).toContain('0 parcels')
  })
})
