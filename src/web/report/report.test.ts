import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  item,
  letters,
  measure,
  reason,
  row,
  sampleRows,
  summaryOf,
  words,
} from '../../../test/report/report.fixture.ts'
import type { ReportRow } from '../../cli/report-row.ts'
import { htmlReport } from './report.ts'

function page(rows: readonly ReportRow[], limits?: { cards: number; rows: number }): string {
  return htmlReport(rows, summaryOf(rows), words, limits)
}

/** The page without its own style and script. */
function body(html: string): string {
  return html.replace(/<style>[\s\S]*?<\/style>|<script>[\s\S]*?<\/script>/g, '')
}

describe('the page', () => {
  it('needs nothing but itself', () => {
    const html = page(sampleRows)
    expect(body(html)).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b|\ssrc=|\sstyle=|\son\w+=/)
    expect(html).not.toMatch(/url\(|@import/)
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? ''
    expect(policy).toContain("default-src 'none'")
    for (const tag of ['style', 'script']) {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? ''
      expect(policy).toContain(`sha256-${createHash('sha256').update(text).digest('base64')}`)
    }
  })

  it('names its language, one title, and headings in order', () => {
    const html = page(sampleRows)
    expect(html).toContain('<html lang="en">')
    const levels = [...body(html).matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    levels.forEach((level, at) => {
      expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1)
    })
  })

  it('closes what it opens', () => {
    const open: string[] = []
    for (const [, end, name, own] of body(page(sampleRows)).matchAll(/<(\/?)([a-z][\w]*)[^>]*?(\/?)>/g)) {
      if (own === '/' || ['meta', 'br', 'input'].includes(name as string)) continue
      if (end === '/') expect(open.pop()).toBe(name)
      else open.push(name as string)
    }
    expect(open).toEqual([])
  })

  it('uses no sentence that the words do not hold', () => {
    expect(body(page(sampleRows))).not.toMatch(/\b(report|proposal|article|measure|state)\.[a-z]/)
  })

  it('tells each proposal in words, strictest first', () => {
    const heads = [...page(sampleRows).matchAll(/<h2 id="([a-z-]+)"/g)].map(([, id]) => id)
    expect(heads).toEqual(['summary', 'refuse', 'stop-before-dispatch', 'inspect', 'ask', 'no-objection'])
    expect(page(sampleRows)).toContain('<span class="badge refuse">refuse</span>')
  })

  it('says that the text of a law was not read, in place of the sentence in the reason', () => {
    const html = page(sampleRows)
    expect(html).toContain('<span class="unread">text not read</span>')
    expect(html).not.toContain('(The text of this law was not read.')
  })

  it('links only to addresses of the web', () => {
    const source = { title: 'Order', href: 'javascript:alert(1)' }
    const measures = [measure({ source })]
    const html = page([
      row('log', {
        proposal: 'inspect',
        items: [item({ measures })],
        reasons: [reason('required', 'Needs.', { source })],
      }),
    ])
    expect(html).not.toContain('javascript:')
    expect(html).toContain('<cite>Order</cite>')
  })

  it('says how much is left out', () => {
    const rows = Array.from({ length: 9 }, (_, line) =>
      row('seeds', { proposal: line < 5 ? 'ask' : 'no-objection' }, { line }),
    )
    const html = page(rows, { cards: 2, rows: 1 })
    expect(html.match(/<article/g)).toHaveLength(2)
    expect(html).toContain('3 more parcels with this proposal are not shown here')
  })

  it('stands when nothing was screened', () => {
    expect(page([])).toContain('No parcel was screened.')
  })

  it('stays small with 5,000 records', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({
      ...(sampleRows[at % sampleRows.length] as ReportRow),
      line: at + 1,
    }))
    expect(page(rows).length).toBeLessThan(3_000_000)
  })

  it('stays small when every description is as long as can be', () => {
    const rows = Array.from({ length: 500 }, () =>
      row(`${'tulip bulbs '.repeat(1600)}`, { proposal: 'ask', reasons: [] }),
    )
    expect(page(rows).length).toBeLessThan(2_000_000)
  })
})

describe('what was declared', () => {
  it('can neither run nor leave its place', () => {
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> " \' & \u202Egpj.exe \u0000'
    const html = page([
      row(
        hostile,
        { proposal: 'ask', parcel: { id: '"><svg onload=x>', line: 1 } },
        { file: '<b>.csv', dispatch: '<i>' },
      ),
    ])
    expect(body(html)).not.toMatch(/<script|<img|<svg onload|<b>\.csv|<i>|\u202e/i)
    expect(html).not.toContain(String.fromCharCode(0))
    expect(html).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot; &#39; &amp; ⟨202E⟩gpj.exe ⟨0000⟩',
    )
  })

  it('is escaped whatever it is', () => {
    const sharp = fc.constantFrom('<', '>', '&', '"', "'", '</bdi>', '<mark>', '-->', '&lt;', 'seeds')
    const hostile = fc
      .array(fc.oneof(sharp, fc.string({ unit: 'binary', maxLength: 4 })))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(hostile, (text) => {
        const html = body(page([row(text, { proposal: 'ask' })]))
        const plain = body(page([row('x', { proposal: 'ask' })]))
        const tags = (page: string): number =>
          page.replace(/<bdi lang="" dir="auto">|<span class="soft">no description<\/span>|<\/bdi>/g, '').split('<')
            .length
        expect(tags(html)).toBe(tags(plain))
      }),
    )
  })

  it('has its letters marked exactly, also beside characters of two units', () => {
    const text = '🌿 kaffir 🍋 leaves 种子 seeds'
    const evidence = ['🍋', '种子', 'seeds'].map((one) => letters(text, one))
    const html = page([row(text, { proposal: 'ask', reasons: [reason('required', 'Needs.', { evidence })] })])
    expect(html).toContain(
      '<bdi lang="" dir="auto">🌿 kaffir <mark>🍋</mark> leaves <mark>种子</mark> <mark>seeds</mark></bdi>',
    )
  })

  it('keeps a character whole when an offset points inside it', () => {
    const html = page([
      row('🌿🍋', {
        proposal: 'ask',
        reasons: [reason('vague', 'Vague.', { evidence: [{ text: '', from: 3, to: 4 }] })],
      }),
    ])
    expect(html).toContain('🌿<mark>🍋</mark>')
  })
})
