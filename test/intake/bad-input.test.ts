import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, greenlane, lineUp, newFolder, record } from './greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

describe('a file that is broken', () => {
  it('on line 7 is screened but for that line', async () => {
    const lines = Array.from({ length: 10 }, (_, at) => record('seeds', String(at + 1)))
    lines[6] = '{"parcel":{"lines":[{"description":"seeds"'
    const file = folder.file('seven.ndjson', lines.join('\n'))
    const ended = await greenlane(['screen', file])
    expect(lineUp(ended.stdout)[6]).toBe('7 json-broken')
    expect(answers(ended.stdout)).toHaveLength(10)
    expect(ended.stderr).toContain(`${file}:7: Line 7: the JSON is broken`)
    expect(ended.status).toBe(1)
  })

  it('on its first line is still taken as one record a line', async () => {
    const ended = await greenlane(['screen', '-'], `{"parcel":{\n${record('seeds', 'b')}\n`)
    expect(lineUp(ended.stdout)).toEqual(['1 json-broken', '2 b'])
  })

  it('as a JSON document is one answer that says where', async () => {
    const file = folder.file('broken.json', '[\n{"lines":[]},\n{"lines":[}\n]\n')
    const ended = await greenlane(['screen', file])
    expect(lineUp(ended.stdout)).toEqual(['1 document-broken'])
    expect(ended.stderr).toMatch(/^\S+broken\.json:1: The JSON document is broken \(.*\)\. Mend it/)
    expect(ended.status).toBe(1)
  })

  it.each(['', '\n', ' \n\t\n', '\ufeff'])('by being empty is told: %j', async (text) => {
    const ended = await greenlane(['screen', folder.file('empty.ndjson', text)])
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toBe(`${folder.path}/empty.ndjson: The file is empty.\n`)
  })

  it('by not being there, or by being a folder, is told, and the others are screened', async () => {
    const good = folder.file('good.ndjson', record('seeds', 'a'))
    const ended = await greenlane(['screen', `${folder.path}/missing.csv`, folder.path, good])
    expect(lineUp(ended.stdout)).toEqual(['1 a'])
    expect(ended.stderr.split('\n').slice(0, 2)).toEqual([
      `${folder.path}/missing.csv: The file could not be opened: there is no such file.`,
      `${folder.path}: The file could not be opened: it is a folder.`,
    ])
    expect(ended.status).toBe(1)
  })
})

describe('a gzip file cut short', () => {
  const lines = Array.from({ length: 3000 }, (_, at) => record(`seeds ${Math.sin(at)}`, String(at)))
  const packed = gzipSync(lines.join('\n'))

  it('is screened up to the cut', async () => {
    const file = folder.file('cut.gz', packed.subarray(0, packed.length >> 1))
    const ended = await greenlane(['screen', file])
    const found = lineUp(ended.stdout)
    expect(found.length).toBeGreaterThan(1000)
    expect(found.slice(0, -1)).toEqual(lines.slice(0, found.length - 1).map((_, at) => `${at + 1} ${at}`))
    expect(ended.stderr).toContain(`${file}: The file ends in the middle (unexpected end of file).`)
    expect(ended.status).toBe(1)
  })

  it('before its first byte of text is told once', async () => {
    const ended = await greenlane(['screen', '-'], packed.subarray(0, 6))
    expect(ended.stderr).toMatch(/^standard input: The file ends in the middle .*\n$/)
    expect(ended.status).toBe(1)
  })

  it('in its check sum loses nothing', async () => {
    const ended = await greenlane(['screen', '-'], packed.subarray(0, -4))
    expect(answers(ended.stdout)).toHaveLength(3000)
    expect(ended.status).toBe(1)
  })
})

describe('a quote that is never closed', () => {
  it('costs its own line', async () => {
    const ended = await greenlane(['screen', '-'], 'id,description\n1,"open seeds\n2,bulbs\n3,"a, b"\n')
    expect(lineUp(ended.stdout)).toEqual(['2 quote-unclosed', '3 2', '4 3'])
    expect(ended.stderr).toContain('standard input:2: Line 2: a quote is never closed.')
    expect(ended.status).toBe(1)
  })

  it.each([
    ['rows without quotes', (at: number) => `${at},phone case ${'x'.repeat(200)},8517`],
    ['rows with quotes', (at: number) => `${at},"phone case, ${'x'.repeat(200)}",8517`],
    ['rows of two lines', (at: number) => `${at},"phone case\n${'x'.repeat(200)}",8517`],
  ])('in the middle of six megabytes costs its own line: %s', async (_, row) => {
    const rows = Array.from({ length: 26_000 }, (_, at) => row(at))
    const middle = 13_000
    rows[middle] = `${middle},"phone case never closed,8517`
    const file = folder.file('long.csv', `id,description,hs\n${rows.join('\n')}\n`)
    const found = answers((await greenlane(['screen', file])).stdout)
    const lost = found.filter(({ items }) => items.length === 0)
    expect(lost.map(({ problems }) => problems[0]?.kind)).toContain('quote-unclosed')
    expect(lost.length).toBeLessThanOrEqual(2)
    const ids = new Set(found.map(({ parcel }) => parcel.id))
    expect(rows.filter((_, at) => !ids.has(String(at))).length).toBeLessThanOrEqual(2)
  })

  it('at the end of the file costs its own line', async () => {
    const ended = await greenlane(['screen', '-'], 'id,description\n1,seeds\n2,"bulbs')
    expect(lineUp(ended.stdout)).toEqual(['2 1', '3 quote-unclosed'])
  })
})

describe('a record with a fault in a field is read, and the fault told', () => {
  const problemsOf = async (line: object): Promise<string[]> => {
    const input = JSON.stringify({ lines: [{ description: 'tulip bulbs', ...line }] })
    const ended = await greenlane(['screen', '-'], input)
    const [answer] = answers(ended.stdout)
    expect(ended.status).toBe(0)
    expect(answer?.items).toHaveLength(1)
    return answer?.problems.map(({ at, kind }) => `${at} ${kind}`) ?? []
  }

  it.each<[string, object, string[]]>([
    ['control characters', { description: 'tulip\u0007 bulbs' }, ['lines[0].description control-characters']],
    ['a lone surrogate', { description: 'tulip bulbs \ud800' }, ['lines[0].description text-not-well-formed']],
    ['U+2028', { description: 'tulip\u2028bulbs' }, []],
    ['a country that does not exist', { originCountry: 'ZZ' }, ['lines[0].originCountry country-unknown']],
    ['a name every object has', { originCountry: 'constructor' }, ['lines[0].originCountry country-unknown']],
    ['an HS code with letters', { hs: { raw: '06O110' } }, ['lines[0].hs hs-not-digits']],
    ['a negative weight', { netWeightKg: '-1' }, ['lines[0].netWeightKg negative']],
    ['a weight in hexadecimal', { netWeightKg: '0x10' }, ['lines[0].netWeightKg not-a-number']],
    ['a weight of lists', { netWeightKg: [[]] }, []],
  ])('%s', async (_, line, problems) => {
    expect(await problemsOf(line)).toEqual(problems)
  })

  it('bytes that are no UTF-8', async () => {
    const input = Buffer.concat([
      Buffer.from('{"lines":[{"description":"gr'),
      Buffer.from([0xfc]),
      Buffer.from('n seeds"}]}'),
    ])
    const [answer] = answers((await greenlane(['screen', '-'], input)).stdout)
    expect(answer?.problems.map(({ kind }) => kind)).toEqual(['text-damaged'])
  })

  it('an unknown country in the address and the route, an unknown stage and a document of no kind', async () => {
    const route = { dispatchCountry: '__proto__', destinationCountry: 'QQ', transitCountries: ['valueOf', 'FR'] }
    const documents = [{ kind: 'constructor', number: 1 }, null, 'x']
    const input = JSON.stringify({ route, documents, stage: 'constructor', lines: [{ description: 'seeds' }] })
    const ended = await greenlane(['screen', '-'], input)
    expect(answers(ended.stdout)[0]?.problems.map(({ at, kind }) => `${at} ${kind}`)).toEqual([
      'route.destinationCountry country-unknown',
      'route.dispatchCountry country-unknown',
      'stage stage-unknown',
      'route.transitCountries[0] country-unknown',
    ])
  })
})

describe('names that every object has are words like others', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s', async (word) => {
    const input = JSON.stringify({ lines: [{ description: `3 ${word} seeds @${word} 5 ${word}`, hs: word }] })
    const ended = await greenlane(['screen', '-', '--to', 'FR'], input)
    expect(ended.stderr).toBe('')
    expect(ended.stdout).not.toMatch(/native code|\[object|NaN/)
    expect(Object.keys(answers(ended.stdout)[0]?.items[0]?.state ?? {})).not.toContain('undefined')
    const asked = await greenlane([
      'requirements',
      '--to',
      'FR',
      '--article',
      'seeds',
      '--taxon',
      word,
      '--quantity',
      `3 ${word}`,
    ])
    expect(asked.status).toBe(2)
    expect(asked.stderr).toContain(`--taxon ${word}: this name is not known.`)
    const placed = await greenlane(['screen', '-', '--to', word], input)
    expect(placed.stderr).toContain(`--to ${word}: there is no such country.`)
  })

  it('a text that looks like a key of words stands as it is', async () => {
    const ended = await greenlane(['screen', '-'], JSON.stringify({ lines: [{ description: '@constructor' }] }))
    expect(
      answers(ended.stdout)[0]
        ?.reasons.map(({ sentence }) => sentence)
        .join(' '),
    ).toContain('«@constructor»')
  })
})
