import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.ts'
import { csvCells, csvEnd, mostLinesCrossed } from './csv-record.ts'

/** Records of a text with the cells of each; null where its quotes do not pair. */
function recordsOf(text: string): (string[] | null)[] {
  const bytes = Buffer.from(text)
  const records: (string[] | null)[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = csvEnd(bytes, at, true)
    records.push(csvCells(bytes.subarray(at, end)))
    at = end
  }
  return records
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '种', '"', ',', '\n', '\r', ' ', '🌷') })
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 20 })
const written = (cells: readonly string[], end: string): string =>
  `${cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}${end}`

describe('a record of CSV', () => {
  it('is read as another reader of RFC 4180 reads it', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (list, end) => {
        const text = list.map((cells) => written(cells, end)).join('')
        expect(recordsOf(text)).toEqual(list)
        expect(parse(text, { relax_column_count: true, record_delimiter: end })).toEqual(list)
      }),
    )
  })

  it('ends where it ends, however the bytes come', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, cut) => {
        const bytes = Buffer.from(list.map((cells) => written(cells, '\r\n')).join(''))
        const end = csvEnd(bytes, 0, true)
        const some = bytes.subarray(0, cut % (bytes.length + 1))
        const found = csvEnd(some, 0, false)
        expect(found === -1 || found === end).toBe(true)
        if (some.length >= end) expect(found).toBe(end)
      }),
    )
  })

  it('takes in every byte once, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }), (text) => {
        const bytes = Buffer.from(text)
        let at = 0
        while (at < bytes.length) {
          const end = csvEnd(bytes, at, true)
          expect(end).toBeGreaterThan(at)
          expect(end === bytes.length || bytes[end - 1] === 10).toBe(true)
          at = end
        }
        expect(at).toBe(bytes.length)
      }),
    )
  })

  it('is its first line where its quote is not closed within many lines', () => {
    const lines = (count: number): string => `"open\n${'x\n'.repeat(count - 1)}"\n`
    expect(recordsOf(lines(mostLinesCrossed))).toHaveLength(1)
    expect(recordsOf(lines(mostLinesCrossed + 1))[0]).toBeNull()
  })
})

/** Bytes with a count of how often one of them is looked at. */
function counted(text: string): { bytes: Uint8Array; looks: () => number } {
  let looks = 0
  const target = Buffer.from(text)
  const bytes = new Proxy(target, {
    get: (on, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1
      const value = Reflect.get(on, key) as unknown
      if (key === 'indexOf') {
        return (byte: number, from: number) => {
          const found = on.indexOf(byte, from)
          looks += (found < 0 ? on.length : found) - from
          return found
        }
      }
      return typeof value === 'function' ? (value as () => unknown).bind(on) : value
    },
  })
  return { bytes, looks: () => looks }
}

describe('work grows with the text, not with its square', () => {
  const work = (text: string): number => {
    const { bytes, looks } = counted(text)
    for (let at = 0; at < bytes.length; ) at = csvEnd(bytes, at, true)
    return looks() / text.length
  }

  it.each(['"\n', '1,"a\n', '1,a"\n', '1,"a""\n', '"""\n', '""""\n', '1,"a,\n2,b\n', `1,"a\n${'2,b\n'.repeat(300)}`])(
    'where %j comes again and again',
    (line) => {
      const short = work(line.repeat(Math.ceil(20_000 / line.length)))
      const long = work(line.repeat(Math.ceil(80_000 / line.length)))
      expect(long).toBeLessThan(short * 1.5 + 1)
      expect(long).toBeLessThan(mostLinesCrossed * 2)
    },
  )

  it('where a record is long and its bytes come in many chunks', async () => {
    const copied = async (megabytes: number): Promise<number> => {
      const chunk = Buffer.alloc(1 << 16, 'x')
      let calls = 0
      const source = (async function* () {
        yield Buffer.from('"')
        for (let at = 0; at < megabytes * 16; at += 1) {
          calls += 1
          yield chunk
        }
        yield Buffer.from('"\n')
      })()
      const concat = Buffer.concat
      let bytes = 0
      Buffer.concat = (list) => {
        const all = concat(list)
        bytes += all.length
        return all
      }
      for await (const block of blocksOf(source, true)) expect(block.tooLong).toBe(false)
      Buffer.concat = concat
      return bytes / calls
    }
    expect(await copied(16)).toBeLessThan((await copied(4)) * 2)
  })
})
