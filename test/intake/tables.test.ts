import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { answers, greenlane, lineUp } from './greenlane.ts'

const table = 'no,what,tariff\n1,tulip bulbs,060110\n'
const columns = '«no», «what», «tariff»'

describe('columns', () => {
  it('are found by the name that is told', async () => {
    const told = ['--column', 'description=what', '--column', 'hs=tariff', '--column', 'id=no']
    const ended = await greenlane(['screen', '-', ...told], table)
    expect(lineUp(ended.stdout)).toEqual(['2 1'])
    expect(answers(ended.stdout)[0]?.items[0]?.article).toBe('bulbs-tubers')
  })

  it.each([
    ['a name that is no column of ours', ['--column', 'colour=what'], 'must be one of id, description, hs'],
    ['a column that is not there', ['--column', 'description=contents'], 'there is no column «contents»'],
    ['a pair without a column', ['--column', 'description'], 'must be one of id'],
    ['no column of descriptions', [], 'No column holds descriptions'],
    ['a name every object has', ['--column', 'constructor=what'], 'must be one of id'],
  ])('that are told wrongly are wrong use: %s', async (_, told, sentence) => {
    const ended = await greenlane(['screen', '-', ...told], table)
    expect(ended.status).toBe(2)
    expect(ended.stdout).toBe('')
    expect(ended.stderr).toContain(sentence)
    expect(ended.stderr).toContain(`The columns there are: ${columns}.`)
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(2)
  })
})

it.each([
  ['id,description\n', ''],
  ['id\tdescription', ''],
  ['\nid,description\n\n\n', ''],
])('a table without lines is told and is no fault: %j', async (text) => {
  const ended = await greenlane(['screen', '-'], text)
  expect(ended).toEqual({ status: 0, stdout: '', stderr: 'standard input: The table has a header and no lines.\n' })
})

it('answers a row with too few or too many columns, and screens the others', async () => {
  const ended = await greenlane(
    ['screen', '-'],
    'id,description,hs\n1,tulip bulbs,0601\n2\n3,a,b,c\n4,bulbs,\n5,bulbs,,\n',
  )
  expect(lineUp(ended.stdout)).toEqual(['2 1', '3 columns-differ', '4 columns-differ', '5 4', '6 5'])
  expect(ended.stderr).toContain('standard input:3: Line 3: 1 columns where the header has 3.')
  expect(ended.status).toBe(1)
})

it('reads quoted cells with commas, quotes and line ends, and counts the lines they cross', async () => {
  const text = '"id","description"\r\n"1","tulip\r\n""bulbs"", 5"\r\n2,seeds\r\n'
  expect(lineUp((await greenlane(['screen', '-'], text)).stdout)).toEqual(['2 1', '4 2'])
})

it('reads a TSV without quoting', async () => {
  const text = 'id\tdescription\n"1\t"tulip" bulbs\n2\t"seeds\n'
  expect(lineUp((await greenlane(['screen', '-', '--input', 'tsv'], text)).stdout)).toEqual(['2 "1', '3 2'])
})

describe('the weight of a table', () => {
  const grams = async (header: string, cell: string, ...args: string[]): Promise<[unknown, string]> => {
    const input = `description\t${header}\tquantity\ntulip bulbs\t${cell}\t3\n`
    const ended = await greenlane(['screen', '-', '--input', 'tsv', ...args], input)
    return [answers(ended.stdout)[0]?.items[0]?.state['grams'], ended.stderr]
  }
  const assumed =
    'standard input: No unit is told for the weights: they were taken as kilograms, per line. Say --weight-unit and --weight-basis to be sure.\n'

  it('is taken in the unit that is told, and nothing is said', async () => {
    expect(await grams('weight', '2', '--weight-unit', 'g')).toEqual([2, ''])
    expect(await grams('weight', '2', '--weight-unit', 'g', '--weight-basis', 'unit')).toEqual([6, ''])
    expect(await grams('weight', '1', '--weight-unit', 'lb')).toEqual([453.592_37, ''])
  })

  it('is taken in the unit beside it or in the header', async () => {
    expect(await grams('weight', '2 g')).toEqual([2, ''])
    expect(await grams('weight', '2kg', '--weight-unit', 'g')).toEqual([2000, ''])
    expect(await grams('Weight (g)', '2')).toEqual([2, ''])
    expect(await grams('netWeightKg', '2')).toEqual([2000, ''])
  })

  it('is taken as kilograms where no unit is told, and that is said', async () => {
    expect(await grams('weight', '2')).toEqual([2000, assumed])
    expect(await grams('weight', '')).toEqual([null, ''])
  })

  it('is said once for a table, however long', async () => {
    const input = `description,weight\n${'tulip bulbs,2\n'.repeat(3000)}`
    expect((await greenlane(['screen', '-'], input)).stderr).toBe(assumed)
  })

  it('is not guessed where a comma can mean two things', async () => {
    const input = 'description\tquantity\tweight\tid\nbulbs\t1,000\t1,250 kg\ta\nbulbs\t0,5\t0,250 kg\tb\n'
    const [one, other] = answers((await greenlane(['screen', '-'], input)).stdout)
    expect(one?.problems.map(({ kind, at }) => `${at} ${kind}`)).toEqual([
      'lines[0].quantity number-ambiguous',
      'lines[0].netWeightKg number-ambiguous',
    ])
    expect(other?.items[0]?.state).toMatchObject({ grams: 250 })
  })
})

it('writes a CSV row for each item', async () => {
  const input = JSON.stringify({ ids: { lrn: 'a' }, lines: [{ description: 'seeds' }, { description: 'phone case' }] })
  const { stdout } = await greenlane(['screen', '-', '--output', 'csv'], input)
  const rows = parse(stdout, { columns: true }) as Record<string, string>[]
  expect(rows.map(({ file, line, id, item, description }) => [file, line, id, item, description])).toEqual([
    ['standard input', '1', 'a', '1', 'seeds'],
    ['standard input', '1', 'a', '2', 'phone case'],
  ])
})
