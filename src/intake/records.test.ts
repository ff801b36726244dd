import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawRecord } from '../core/screen.ts'
import { type Block, blocksOf, longestLine } from './blocks.ts'
import { type BlockFormat, recordsIn } from './records.ts'

const csv: BlockFormat = {
  format: 'csv',
  shape: { columns: { id: 0, description: 1 }, weightUnit: 'kg', weightBasis: 'line' },
  width: 2,
}
const tsv: BlockFormat = { ...csv, format: 'tsv' }

function all(text: string, how: BlockFormat, firstLine = 1): RawRecord[] {
  const records: RawRecord[] = []
  recordsIn(Buffer.from(text), firstLine, how, (record) => records.push(record))
  return records
}

function descriptions(records: readonly RawRecord[]): string[] {
  return records.map((record) =>
    'fault' in record
      ? `${record.line} ${record.fault}`
      : (record.value as { lines: [{ description: { raw: string } }] }).lines[0].description.raw,
  )
}

describe('records of NDJSON', () => {
  it('answers a broken line as such and goes on', () => {
    const records = all('{"a":1}\n{broken\n\n{"b":2}\n', { format: 'ndjson' })
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4])
    expect(records[1]).toMatchObject({ fault: 'json-broken' })
  })
})

describe('records of CSV', () => {
  it('follows RFC 4180', () => {
    expect(descriptions(all('1,"seeds, ""rare"""\r\n2,"two\nlines"\r\n3,plain\r\n', csv))).toEqual([
      'seeds, "rare"',
      'two\nlines',
      'plain',
    ])
  })

  it('answers a quote that is never closed and screens the rest', () => {
    expect(descriptions(all('1,"open seeds\n2,bulbs\n3,plants\n', csv, 2))).toEqual([
      '2 quote-unclosed',
      'bulbs',
      'plants',
    ])
  })

  it('answers a line with a column missing', () => {
    expect(descriptions(all('1\n2,bulbs\n', csv))).toEqual(['1 columns-differ', 'bulbs'])
  })

  it('reads an inch sign inside a field as a letter', () => {
    expect(descriptions(all('1,pot 5" plant\n2,bulbs\n', csv))).toEqual(['pot 5" plant', 'bulbs'])
  })

  it('gives back what a writer wrote, whatever the letters', () => {
    const cell = fc.string().filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const text = cells.map((one, at) => `${at},"${one.replaceAll('"', '""')}"\r\n`).join('')
        expect(descriptions(all(text, csv))).toEqual(cells)
      }),
    )
  })

  it('loses no line, whatever the file is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), (text) => {
        const records = all(text, csv)
        const lines = text.split('\n')
        for (const { line } of records) expect(line).toBeLessThanOrEqual(lines.length)
        expect(records.length).toBeLessThanOrEqual(lines.length)
      }),
    )
  })
})

describe('records of TSV', () => {
  it('has no quoting: a quote is a letter, a tab separates', () => {
    expect(descriptions(all('1\t"rare" seeds\n2\t"\n', tsv))).toEqual(['"rare" seeds', '"'])
  })
})

async function cut(chunks: readonly string[], quoted: boolean): Promise<Block[]> {
  const source = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk)
  })()
  const blocks: Block[] = []
  for await (const block of blocksOf(source, quoted)) blocks.push(block)
  return blocks
}

describe('blocks', () => {
  it('end where lines end and lose no byte', async () => {
    const text = `${'x'.repeat(1000)}\n`.repeat(3000)
    const chunks = text.match(/[\s\S]{1,70000}/g) as string[]
    const blocks = await cut(chunks, false)
    expect(blocks.length).toBeGreaterThan(1)
    expect(Buffer.concat(blocks.map(({ bytes }) => bytes)).toString()).toBe(text)
    let line = 1
    for (const { bytes, firstLine } of blocks) {
      expect(firstLine).toBe(line)
      line += bytes.length / 1001
    }
  })

  it('answer a line too long to read and go on with the next', async () => {
    const long = 'y'.repeat(8 << 20)
    const blocks = await cut(
      ['a\n', ...new Array<string>(Math.ceil((2 * longestLine) / long.length) + 2).fill(long), '\nb\n'],
      false,
    )
    expect(blocks.some(({ tooLong }) => tooLong)).toBe(true)
    expect(blocks.at(-1)?.bytes.toString()).toBe('b\n')
    expect(blocks.at(-1)?.firstLine).toBe(3)
  })
})
