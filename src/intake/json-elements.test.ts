import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newScanner } from './json-elements.ts'

function linesOf(text: string, cut = text.length): string[] {
  const scan = newScanner()
  const bytes = Buffer.from(text)
  const made = Buffer.concat([scan(bytes.subarray(0, cut)), scan(bytes.subarray(cut))])
  return made.toString('utf8').split('\n')
}

test('a list of parcels becomes a line for each, however it is laid out', () => {
  const list = [{ id: 'a', text: 'x,[y]\n"z"' }, { lines: [1, 2, { c: ']' }] }, 5, 'seven', [1]]
  for (const text of [JSON.stringify(list), JSON.stringify(list, null, 2)])
    expect(
      linesOf(text)
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line)),
    ).toEqual(list)
})

test('one parcel laid out over lines is one line; parcels one a line stay as they are', () => {
  expect(linesOf(JSON.stringify({ a: { b: 1 } }, null, 2)).map((line) => JSON.parse(line))).toEqual([{ a: { b: 1 } }])
  expect(linesOf('{"a":1}\n{"b":2}')).toEqual(['{"a":1}', '{"b":2}'])
})

test('a broken element is broken by itself, and the number of its line is its place in the list', () => {
  const lines = linesOf('[{"a":1},\n{"b":},\n{"c":3}]')
  expect(JSON.parse(lines[0] as string)).toEqual({ a: 1 })
  expect(() => JSON.parse(lines[1] as string)).toThrow()
  expect(JSON.parse(lines[2] as string)).toEqual({ c: 3 })
})

test('any list gives its elements, wherever the bytes were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.nat(), fc.boolean(), (list, cut, wide) => {
      const text = JSON.stringify(list, null, wide ? 1 : 0)
      const lines = linesOf(text, cut % (Buffer.byteLength(text) + 1)).filter((line) => line.trim() !== '')
      expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(text))
    }),
  )
})
