import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, newFolder, record } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

describe('wrong use is one sentence, says where all is told, and ends with 2', () => {
  it.each([
    [['screen'], 'Name at least one file to screen, or - for standard input.'],
    [['screen', '-', '--bogus'], "Unknown option '--bogus'."],
    [['screen', '-', '--to'], "Option '--to <value>' argument missing."],
    [['screen', '-', '--to', 'ZZ'], '--to ZZ: there is no such country. '],
    [['screen', '-', '--origin', 'China'], '--origin China: there is no such country. '],
    [['screen', '-', '--on', '2026-02-30'], '--on 2026-02-30: give a day as 2026-11-24.'],
    [['screen', '-', '--output', 'xml'], '--output xml: give one of table, ndjson, csv, html.'],
    [['screen', '-', '--input', 'xml'], '--input xml: give one of auto, ndjson, json, csv, tsv.'],
    [['screen', '-', '--by', 'rocket'], '--by rocket: give one of post, courier, luggage, cargo.'],
    [['screen', '-', '--workers', '1.5'], '--workers 1.5: give a whole number from 0 to 64.'],
    [['screen', '-', '--weight-unit', 'stone'], '--weight-unit stone: give one of kg, g, oz, lb.'],
    [['screen', '-', '--weight-basis', 'box'], '--weight-basis box: give one of line, unit.'],
    [['demo', '--bogus'], "Unknown option '--bogus'."],
    [['demo', 'file'], 'The demo has its own samples'],
    [['explain'], 'Give one description, in quotes.'],
    [['explain', 'seeds', '--to', 'ZZ'], '--to ZZ: there is no such country. '],
    [['requirements', '--to', 'FR'], 'Say which article it is with --article, or the HS code with --hs.'],
    [['requirements', '--article', 'seeds'], 'Say where it goes with --to.'],
  ])('%j', async (args, sentence) => {
    const ended = await greenlane(args, record('seeds'))
    expect(ended.stderr.startsWith(sentence)).toBe(true)
    expect(ended.stderr.split('\n').slice(1)).toEqual([`Try \`greenlane ${args[0]} --help\`.`, ''])
    expect(ended).toMatchObject({ status: 2, stdout: '' })
  })
})

it.each(['screen', 'explain', 'requirements', 'names', 'knowledge', 'demo'])(
  '%s --help tells its options',
  async (command) => {
    const ended = await greenlane([command, '--help'])
    expect(ended.stdout.startsWith(`greenlane ${command}`)).toBe(true)
    expect(ended).toMatchObject({ status: 0, stderr: '' })
  },
)

it('the help of screen names every option and exit code', async () => {
  const { stdout } = await greenlane(['screen', '--help'])
  const options = [
    'to',
    'dispatch',
    'origin',
    'on',
    'by',
    'input',
    'column',
    'weight-unit',
    'weight-basis',
    'output',
    'out',
    'workers',
  ]
  for (const option of options) expect(stdout).toContain(`  --${option} `)
  for (const code of ['0 every record', '1 at least one', '2 wrong use', '130 stopped']) expect(stdout).toContain(code)
})

it('what is piped is NDJSON when no form is told, and a table has no colour', async () => {
  const plain = await greenlane(['screen', '-'], record('seeds'))
  expect(answers(plain.stdout)).toHaveLength(1)
  const table = await greenlane(['screen', '-', '--output', 'table'], record('monstera seeds'))
  expect(table.stdout).toContain('1 parcel')
  expect(table.stdout).not.toContain('\u001b')
})

it('a page goes to the file that is named, with origins and names of places', async () => {
  const out = path.join(folder.path, 'report.html')
  const input = JSON.stringify({
    route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
    lines: [{ description: 'monstera plants', originCountry: 'TH' }],
  })
  const ended = await greenlane(['screen', '-', '--output', 'html', '--out', out], input)
  expect(ended).toEqual({ status: 0, stdout: '', stderr: '' })
  const page = readFileSync(out, 'utf8')
  expect(page).toContain('Thailand')
  expect(page).toContain('China')
})

it('the demo writes where it is told', async () => {
  const out = path.join(folder.path, 'demo.ndjson')
  const ended = await greenlane(['demo', '--to', 'FR', '--output', 'ndjson', '--out', out])
  expect(ended).toMatchObject({ status: 0, stdout: '' })
  expect(answers(readFileSync(out, 'utf8')).length).toBeGreaterThan(50)
})

it('a record that differs from the command wins, and it is said', async () => {
  const [answer] = answers((await greenlane(['screen', '-', '--to', 'DE', '--dispatch', 'TH'], record('seeds'))).stdout)
  expect(answer?.problems.map(({ kind }) => kind)).toEqual(['destination-differs', 'dispatch-differs'])
})

it('a report counts every record, also those it does not show', async () => {
  const seeds = Array.from({ length: 2500 }, (_, at) => record(at % 2 === 0 ? 'phone case' : 'monstera seeds'))
  const file = folder.file('many.ndjson', seeds.join('\n'))
  const counts = async (workers: string): Promise<string[]> => {
    const { stdout } = await greenlane(['screen', file, '--output', 'table', '--workers', workers])
    return stdout.split('\n').filter((line) => /^(China \(CN\) |no objection |2,500 parcels,)/.test(line))
  }
  const [head, noObjection, china] = await counts('0')
  expect(head).toMatch(/^2,500 parcels, /)
  expect(noObjection).toMatch(/^no objection +1,250 /)
  expect(china).toMatch(/^China \(CN\) +2,500 .* 1,250$/)
  expect((await counts('2')).slice(1)).toEqual([noObjection, china])
})
