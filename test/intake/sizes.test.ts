import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, lineUp, newFolder, record } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

it('a description of ten megabytes is looked at in part, and said so', async () => {
  const ended = await greenlane(['screen', '-'], `${record('a', 'a')}\n${record('seeds '.repeat(1_750_000), 'b')}\n`)
  const [, answer] = answers(ended.stdout)
  expect(answer?.problems.map(({ kind }) => kind)).toEqual(['description-too-long'])
  expect(answer?.proposal).not.toBe('no-objection')
  expect(ended.stdout.length).toBeLessThan(1_000_000)
  expect(ended.status).toBe(0)
})

it('a quoted cell of ten megabytes is read', async () => {
  const ended = await greenlane(['screen', '-'], `id,description\n1,"${'seeds, '.repeat(1_500_000)}"\n2,bulbs\n`)
  expect(lineUp(ended.stdout)).toEqual(['2 1', '3 2'])
})

it.each([
  ['ndjson', `${record('a', 'a')}\n`, '', ['1 a', '2 line-too-long', '3 b']],
  ['csv', 'id,description\na,seeds\n', 'b,bulbs\n', ['2 a', '3 line-too-long', '4 b']],
  ['tsv', 'id\tdescription\na\tseeds\n', 'b\tbulbs\n', ['2 a', '3 line-too-long', '4 b']],
])(
  'a line of fifty megabytes is answered as such and the others are screened: %s',
  async (form, before, after, expected) => {
    const rest = form === 'ndjson' ? `${record('b', 'b')}\n` : after
    const file = folder.file(`long.${form}`, `${before}${'y'.repeat(50_000_000)}\n${rest}`)
    const ended = await greenlane(['screen', file])
    expect(lineUp(ended.stdout)).toEqual(expected)
    const line = expected[1]?.split(' ')[0]
    expect(ended.stderr).toBe(`${file}:${line}: Line ${line}: longer than 33554432 bytes. Send one parcel a line.\n`)
    expect(ended.status).toBe(1)
  },
)

describe('many items in one parcel', () => {
  const parcel = (count: number): string =>
    JSON.stringify({
      lines: Array.from({ length: count }, (_, at) => ({ description: ['seeds', 'phone case'][at % 2] })),
    })

  it('are all answered, up to a hundred thousand', async () => {
    const ended = await greenlane(['screen', '-', '--to', 'FR'], parcel(100_000))
    const found = answers(ended.stdout)
    expect(found).toHaveLength(1)
    expect(found[0]?.items).toHaveLength(100_000)
    expect(found[0]?.items.at(-1)?.index).toBe(100_000)
    expect(ended.status).toBe(0)
  })

  it('beyond that make a record that is not read', async () => {
    const ended = await greenlane(['screen', '-'], `${parcel(100_001)}\n${record('seeds', 'b')}\n`)
    expect(lineUp(ended.stdout)).toEqual(['1 lines-too-many', '2 b'])
    expect(ended.stderr).toContain('100001 item lines in one parcel')
    expect(ended.status).toBe(1)
  })
})
