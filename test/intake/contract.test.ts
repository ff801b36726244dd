import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, lineUp, newFolder, record } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

/** More than four megabytes of short records, every hundredth of them broken. */
const count = 30_000
const isBroken = (at: number): boolean => at % 100 === 7
const lines = Array.from({ length: count }, (_, at) => (isBroken(at) ? '{broken' : record('phone case', String(at))))
const expected = lines.map((_, at) => (isBroken(at) ? `${at + 1} json-broken` : `${at + 1} ${at}`))

describe.each(['0', '2'])('with %s workers', (workers) => {
  it('there is one answer for each record of a long NDJSON file, in order', async () => {
    const file = folder.file('long.ndjson', `${lines.join('\n')}\n`)
    const ended = await greenlane(['screen', file, '--workers', workers])
    expect(lineUp(ended.stdout)).toEqual(expected)
    expect(ended.status).toBe(1)
    expect(ended.stderr.split('\n').slice(0, 2)).toEqual([
      `${file}:8: Line 8: the JSON is broken (position 1). Mend this line; the others were screened.`,
      `${file}:108: Line 108: the JSON is broken (position 1). Mend this line; the others were screened.`,
    ])
    expect(ended.stderr).toContain(`… and ${count / 100 - 20} more.`)
  })

  it('records of a long CSV file keep their lines, also where they cross several', async () => {
    const rows = Array.from(
      { length: 12_000 },
      (_, at) => `${at},"phone case, ""new""\r\n${'black '.repeat(40)}",8517\r\n`,
    )
    const file = folder.file('long.csv', `id,description,hs\r\n${rows.join('')}`)
    const ended = await greenlane(['screen', file, '--workers', workers])
    expect(ended.stderr).toBe('')
    expect(lineUp(ended.stdout)).toEqual(rows.map((_, at) => `${2 + at * 2} ${at}`))
  })
})

it('an answer for what could not be read asks, has no items and says why', async () => {
  const [answer] = answers((await greenlane(['screen', '-', '--input', 'ndjson'], '{broken\n')).stdout)
  expect(answer).toMatchObject({
    parcel: { id: null, line: 1 },
    proposal: 'ask',
    items: [],
    problems: [{ kind: 'json-broken' }],
    reasons: [{ kind: 'record-unreadable' }],
  })
})

it('every value that is no record is answered as such', async () => {
  const input = ['[]', 'null', '3', '"x"', 'true', '{}', '{"parcel":null}', '{"parcel":[]}', '{"lines":{}}']
  const found = answers((await greenlane(['screen', '-', '--input', 'ndjson'], input.join('\n'))).stdout)
  expect(found.map(({ parcel, proposal, problems }) => [parcel.line, proposal, problems[0]?.kind])).toEqual(
    input.map((_, at) => [at + 1, 'ask', at < 5 ? 'record-not-an-object' : 'lines-missing']),
  )
})

it('every entry of a JSON list is answered with its number', async () => {
  const input = `[${record('seeds', 'a')}, 3, null, [], ${record('seeds', 'b')}]`
  const ended = await greenlane(['screen', '-'], input)
  const kind = 'record-not-an-object'
  expect(lineUp(ended.stdout)).toEqual(['1 a', `2 ${kind}`, `3 ${kind}`, `4 ${kind}`, '5 b'])
  expect(ended.status).toBe(1)
})

it('whatever the lines are, each that is not blank has its answer', async () => {
  const line = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }).map((text) => text.replace(/[\n\r]/g, ' ')),
    fc.constantFrom('', ' ', '\u2028', '{"lines":[{"description":"\\ud800 seeds"}]}', '{"parcel":{"lines":[null]}}'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 200 }), async (lines) => {
      const { stdout } = await greenlane(['screen', '-', '--input', 'ndjson'], lines.join('\n'))
      // A byte order mark at the very beginning is none of the text.
      const read = Buffer.from(lines.join('\n'))
        .toString()
        .replace(/^\ufeff/, '')
        .split('\n')
      const wanted = read.flatMap((text, at) => (text.trim() === '' ? [] : [at + 1]))
      expect(answers(stdout).map(({ parcel }) => parcel.line)).toEqual(wanted)
    }),
    { numRuns: 20 },
  )
})
