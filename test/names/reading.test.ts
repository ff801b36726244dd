import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { NameLine } from '../../src/cli/name-rows.ts'
import { oddities } from '../../src/core/recognise/name/parsed.ts'
import { greenlane, newFolder } from '../intake/greenlane.ts'

const folder = newFolder()
afterAll(folder.end)

async function ask(...texts: readonly string[]): Promise<NameLine[]> {
  const { stdout, stderr, status } = await greenlane(['names', '--output', 'ndjson'], texts.join('\n'))
  expect([stderr, status]).toEqual(['', 0])
  return linesOf(stdout)
}

function linesOf(stdout: string): NameLine[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as NameLine)
}

function kinds({ problems }: NameLine): string[] {
  return problems.map(({ kind }) => kind)
}

describe('greenlane names', () => {
  it('answers each line of its input, in order, with the same keys', async () => {
    const input = ['Quercus robur L.', '', 'tomato', '???', 'x'.repeat(10_000), 'トマト', ' ']
    const lines = await ask(...input)
    expect(lines.map((line) => line.input)).toEqual(input)
    const keys = [
      'input',
      'canonical',
      'cultivar',
      'rank',
      'hybrid',
      'accepted',
      'genus',
      'family',
      'eppo',
      'quality',
      'problems',
    ]
    for (const line of lines) expect(Object.keys(line).slice(0, keys.length)).toEqual(keys)
    for (const line of lines) expect(Object.keys(line)).toEqual(Object.keys(lines[0] as NameLine))
  })

  it('tells accepted name, genus, family and checked EPPO code of a species', async () => {
    const [line] = await ask('Solanum lycopersicum L.')
    const expected = { accepted: 'Solanum lycopersicum', genus: 'Solanum', family: 'Solanaceae', eppo: 'LYPES' }
    expect(line).toMatchObject({ ...expected, rank: 'species', quality: 1, problems: [], means: [] })
  })

  it('tells the accepted name for an older one, and says so', async () => {
    const [tomato, sansevieria] = await ask('Lycopersicon esculentum Mill.', 'Sansevieria trifasciata')
    expect(tomato).toMatchObject({ canonical: 'Lycopersicon esculentum', accepted: 'Solanum lycopersicum' })
    expect(sansevieria).toMatchObject({ accepted: 'Dracaena trifasciata', genus: 'Dracaena' })
    expect(tomato?.problems).toEqual([
      { kind: 'synonym', sentence: 'Lycopersicon esculentum is an older or another name of Solanum lycopersicum.' },
    ])
  })

  it.each([
    ['rosa canina', 'Rosa canina'],
    ['ROSA CANINA L.', 'Rosa canina'],
    ['Rosa Canina', 'Rosa canina'],
    ['MENTHA X PIPERITA', 'Mentha × piperita'],
    ['opuntia ficus indica', 'Opuntia ficus-indica'],
    ['salix alba var. vitellina', 'Salix alba var. vitellina'],
    ['lithops mix', 'Lithops'],
    ['Cycas revoluta seeds', 'Cycas revoluta'],
  ])('reads %s as %s', async (text, canonical) => {
    const [line] = await ask(text)
    expect(line?.canonical).toBe(canonical)
  })

  it('reads a misspelt name as the name it was meant for, and says so', async () => {
    const [line] = await ask('Monstera delicosa Liebm.')
    expect(line).toMatchObject({ canonical: 'Monstera deliciosa', accepted: 'Monstera deliciosa', quality: 3 })
    expect(line?.problems).toContainEqual({ kind: 'misspelt', sentence: '«delicosa» was read as «deliciosa».' })
  })

  it.each(["Monstera 'Thai Constellation'", 'Monstera Thai Constellation', 'MONSTERA THAI CONSTELLATION'])(
    'tells the cultivar of %s, and the species that it is known to belong to',
    async (text) => {
      const [line] = await ask(text)
      expect(line?.cultivar?.toLowerCase()).toBe('thai constellation')
      expect(line).toMatchObject({ canonical: 'Monstera', accepted: 'Monstera deliciosa', family: 'Araceae' })
    },
  )

  it('says that a common name can be several taxa, and settles on none', async () => {
    const [geranium, palm, dogRose] = await ask('geranium', 'sago palm', 'dog rose')
    expect(geranium).toMatchObject({ canonical: null, accepted: null, quality: 0 })
    expect(geranium?.means).toEqual(expect.arrayContaining(['Pelargonium', 'Geranium']))
    expect(palm?.problems[0]).toEqual({
      kind: 'may-be-any',
      sentence: '«sago palm» may be any of: Cycas revoluta, Metroxylon sagu.',
    })
    expect(dogRose).toMatchObject({ accepted: 'Rosa canina', means: ['Rosa canina'] })
  })

  it('reads common names of other languages, and words beside them', async () => {
    const [german, chinese, spanish] = await ask('Tomatensamen', '番茄种子', 'Semillas de tomate')
    for (const line of [german, chinese, spanish]) {
      expect(line).toMatchObject({ canonical: null, accepted: 'Solanum lycopersicum' })
      expect(kinds(line as NameLine)).toContain('other-words')
    }
  })

  it('spells out an abbreviated genus only where one name fits', async () => {
    const [one, many] = await ask('M. deliciosa', 'C. sinensis')
    expect(one).toMatchObject({ canonical: 'M. deliciosa', accepted: 'Monstera deliciosa' })
    expect(many?.accepted).toBeNull()
    expect(many?.means).toEqual(expect.arrayContaining(['Citrus sinensis', 'Camellia sinensis']))
  })

  it('settles on nothing where the writer did not', async () => {
    const [compared, formula, virus] = await ask(
      'Solanum cf. tuberosum',
      'Musa acuminata × balbisiana',
      'Tomato mosaic virus',
    )
    expect(compared).toMatchObject({ accepted: null, genus: 'Solanum', means: ['Solanum tuberosum'] })
    expect(formula).toMatchObject({ accepted: null, genus: 'Musa', family: 'Musaceae', hybrid: 'formula' })
    expect(virus).toMatchObject({ accepted: null, means: [], quality: 0 })
  })

  it('says what is known of a name that is not known', async () => {
    const [species, genus, below] = await ask('Rosa greenlaneana', 'Greenlanea parcelii', 'Rosa canina var. parcelii')
    expect([species?.genus, species?.family, kinds(species as NameLine)]).toEqual([
      'Rosa',
      'Rosaceae',
      ['species-unknown'],
    ])
    expect([genus?.genus, genus?.family, kinds(genus as NameLine)]).toEqual(['Greenlanea', null, ['name-unknown']])
    expect([below?.accepted, kinds(below as NameLine)]).toEqual(['Rosa canina', ['infraspecific-unknown']])
  })

  it('reads a file, plain or gzip, with either end of line', async () => {
    const text = 'Quercus robur\r\nRosa canina\r\n'
    const plain = await greenlane(['names', folder.file('names.txt', text)])
    const packed = await greenlane(['names', folder.file('names.txt.gz', gzipSync(text))])
    expect(linesOf(plain.stdout).map(({ canonical }) => canonical)).toEqual(['Quercus robur', 'Rosa canina'])
    expect(packed.stdout).toBe(plain.stdout)
  })

  it('answers a long list in order, whoever answers it', async () => {
    const input = Array.from({ length: 12_000 }, (_, at) =>
      at % 3 === 0 ? `Rosa canina${'a'.repeat(at % 7)} L.` : `Salix sp. ${at}`,
    )
    const { stdout, status } = await greenlane(['names'], `${input.join('\n')}\n`)
    expect(status).toBe(0)
    expect(linesOf(stdout).map((line) => line.input)).toEqual(input)
  })

  it('knows names that were imported', async () => {
    const rows = ['name,accepted_name,family', 'Zzyzxia alpina,,Rosaceae', 'Zzyzxia montana,Zzyzxia alpina,Rosaceae']
    const shelf = `${folder.path}/shelf`
    await greenlane(['knowledge', 'import', folder.file('plants.csv', rows.join('\n')), '--knowledge', shelf])
    const { stdout } = await greenlane(['names', '--knowledge', shelf], 'ZZYZXIA MONTANA\nZzyzxia maritima Mill.\n')
    const [montana, maritima] = linesOf(stdout)
    expect(montana).toMatchObject({ canonical: 'Zzyzxia montana', accepted: 'Zzyzxia alpina', family: 'Rosaceae' })
    expect(maritima).toMatchObject({ accepted: null, genus: 'Zzyzxia', family: 'Rosaceae' })
  })

  it('writes a table and CSV', async () => {
    const table = await greenlane(['names', '--output', 'table'], 'Quercus robur L.\n\u001b[31mrose\n')
    expect(table.stdout).toContain('accepted name')
    expect(table.stdout).not.toContain('\u001b')
    const csv = await greenlane(['names', '--output', 'csv'], '+ Laburnocytisus adamii\n')
    expect(csv.stdout.split('\n')[0]).toBe(
      'input,canonical,cultivar,rank,hybrid,accepted,genus,family,eppo,quality,problems,means,simple,authorship',
    )
    expect(csv.stdout.split('\n')[1]).toMatch(/^'\+ Laburnocytisus adamii,/)
  })

  it('ends with 1 where the file cannot be read, with 2 on wrong use', async () => {
    const missing = await greenlane(['names', `${folder.path}/none.txt`])
    expect([missing.status, missing.stdout]).toEqual([1, ''])
    expect(missing.stderr).toContain('there is no such file')
    const cut = gzipSync('Rosa canina\n'.repeat(5000))
    const half = await greenlane(['names', folder.file('half.gz', cut.subarray(0, cut.length >> 1))])
    expect(half.status).toBe(1)
    expect((await greenlane(['names', 'one', 'two'])).status).toBe(2)
    expect((await greenlane(['names', '--output', 'html'])).status).toBe(2)
  })

  it('has a sentence for all that can be said', () => {
    const { 'name-problem': sentences } = parse(readFileSync('knowledge/words/en.yaml', 'utf8'))
    expect(Object.keys(sentences)).toEqual(expect.arrayContaining(Object.keys(oddities)))
    const folder = 'src/core/recognise/name'
    const code = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    const text = code.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n')
    expect(Object.keys(sentences).filter((kind) => !new RegExp(`['\\s]${kind}['\\s:]`).test(text))).toEqual([])
  })
})
