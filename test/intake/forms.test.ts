import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, lineUp, newFolder, record } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

const two = `${record('tulip bulbs', 'a')}\n${record('phone case', 'b')}\n`
const document = `[\n ${record('tulip bulbs', 'a')},\n ${record('phone case', 'b')}\n]\n`
const csv = 'id,description,to country\r\na,tulip bulbs,FR\r\nb,"phone case, ""new""",FR\r\n'
const tsv = 'id\tdescription\tto country\na\ttulip bulbs\tFR\nb\t"phone case\tFR\n'
const marked = (text: string, encoding: 'utf16le' | 'utf8'): Buffer => Buffer.from(`\ufeff${text}`, encoding)

describe('two records are answered in order', () => {
  it.each<[string, string | Buffer, readonly string[]]>([
    ['two.ndjson', two, ['1 a', '2 b']],
    ['two.jsonl', two, ['1 a', '2 b']],
    ['no-last-line-end.ndjson', two.trimEnd(), ['1 a', '2 b']],
    ['windows.ndjson', two.replaceAll('\n', '\r\n'), ['1 a', '2 b']],
    ['blank-lines.ndjson', `\n${two.replaceAll('\n', '\n\n')}`, ['2 a', '4 b']],
    ['marked.ndjson', marked(two, 'utf8'), ['1 a', '2 b']],
    ['two.ndjson.gz', gzipSync(two), ['1 a', '2 b']],
    ['two-members.gz', Buffer.concat(two.split(/(?<=\n)/).map((line) => gzipSync(line))), ['1 a', '2 b']],
    ['two-records', two, ['1 a', '2 b']],
    ['document.json', document, ['1 a', '2 b']],
    ['document', document, ['1 a', '2 b']],
    ['marked.json', marked(document, 'utf8'), ['1 a', '2 b']],
    ['document.json.gz', gzipSync(document), ['1 a', '2 b']],
    ['lines-after-all.json', two, ['1 a', '2 b']],
    ['two.csv', csv, ['2 a', '3 b']],
    ['table', csv, ['2 a', '3 b']],
    ['marked.csv', marked(csv, 'utf8'), ['2 a', '3 b']],
    ['two.csv.gz', gzipSync(csv), ['2 a', '3 b']],
    ['two.tsv', tsv, ['2 a', '3 b']],
    ['two.tsv.gz', gzipSync(tsv), ['2 a', '3 b']],
    ['tabs', tsv, ['2 a', '3 b']],
  ])('of %s', async (name, content, expected) => {
    const ended = await greenlane(['screen', folder.file(name, content)])
    expect(ended.stderr).toBe('')
    expect(lineUp(ended.stdout)).toEqual(expected)
    expect(ended.status).toBe(0)
  })

  it.each<[string, Buffer]>([
    ['UTF-16LE', marked(csv, 'utf16le')],
    ['UTF-16LE', Buffer.from(csv, 'utf16le')],
    ['UTF-16BE', marked(csv, 'utf16le').swap16()],
    ['UTF-16BE', Buffer.from(csv, 'utf16le').swap16()],
    ['UTF-16LE', gzipSync(marked(csv, 'utf16le'))],
    ['UTF-16LE', marked(two, 'utf16le')],
  ])('of a file in %s, and it is told', async (encoding, content) => {
    const file = folder.file('wide', content)
    const ended = await greenlane(['screen', file])
    expect(ended.stderr).toBe(`${file}: The file is ${encoding}, not UTF-8. It was read as ${encoding}.\n`)
    expect(answers(ended.stdout).map(({ parcel }) => parcel.id)).toEqual(['a', 'b'])
    expect(ended.status).toBe(0)
  })

  it('of standard input, plain and packed', async () => {
    for (const input of [two, gzipSync(two)])
      expect(lineUp((await greenlane(['screen', '-'], input)).stdout)).toEqual(['1 a', '2 b'])
  })

  it('of standard input in a form that is told', async () => {
    expect(lineUp((await greenlane(['screen', '-', '--input', 'tsv'], tsv)).stdout)).toEqual(['2 a', '3 b'])
    expect(lineUp((await greenlane(['screen', '-', '--input', 'json'], document)).stdout)).toEqual(['1 a', '2 b'])
  })
})

describe('what is one record', () => {
  const bare = (JSON.parse(record('tulip bulbs', 'a')) as { parcel: object }).parcel

  it.each([
    ['an object over several lines', JSON.stringify({ parcel: bare }, null, 2)],
    ['an object without its wrapper', JSON.stringify(bare)],
    ['an object of one line without a line end', record('tulip bulbs', 'a')],
    ['a list of one', `[${record('tulip bulbs', 'a')}]`],
  ])('%s', async (_, text) => {
    const ended = await greenlane(['screen', '-'], text)
    expect(lineUp(ended.stdout)).toEqual(['1 a'])
    expect(ended.status).toBe(0)
  })

  it('is the same with the wrapper and without', async () => {
    const [one, other] = answers(
      (await greenlane(['screen', '-'], `${JSON.stringify(bare)}\n${record('tulip bulbs', 'a')}`)).stdout,
    )
    expect({ ...one, parcel: { ...one?.parcel, line: 2 } }).toEqual(other)
  })
})

it('screens several files one after another, each with its own lines', async () => {
  const files = [folder.file('1.ndjson', two), folder.file('2.csv', csv), folder.file('3.json', document)]
  const ended = await greenlane(['screen', ...files])
  expect(lineUp(ended.stdout)).toEqual(['1 a', '2 b', '2 a', '3 b', '1 a', '2 b'])
})

it('gives back every Unicode text as declared, also across lines that look like ends of lines', async () => {
  const text = 'tulip bulbs \u2028 种子 🌷 \u0085 x'
  const { stdout } = await greenlane(['screen', '-', '--output', 'csv'], record(text))
  expect(stdout).toContain('种子 🌷')
  expect(stdout.trimEnd().split('\n')).toHaveLength(2)
})

it('takes the first id of s10, house bill, MRN and LRN', async () => {
  const ids = [
    { s10: 'RR473124829GB', houseBill: 'H', customsMrn: 'M', lrn: 'L' },
    { s10: null, houseBill: 'H', customsMrn: 'M', lrn: 'L' },
    { customsMrn: 'M', lrn: 'L' },
    { lrn: 'L' },
    {},
  ]
  const input = ids.map((one) => JSON.stringify({ ids: one, lines: [{ description: 'seeds' }] })).join('\n')
  const found = answers((await greenlane(['screen', '-'], input)).stdout).map(({ parcel }) => parcel.id)
  expect(found).toEqual(['RR473124829GB', 'H', 'M', 'L', null])
})
