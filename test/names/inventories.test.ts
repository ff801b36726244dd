import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/core/act/answer.ts'
import { answers, type Ended, greenlane, newFolder } from '../intake/greenlane.ts'

const folder = newFolder()
afterAll(() => folder.end())

// An inventory made up for these tests; Zzyzxia is no plant that anything else knows.
const rows = [
  'country_code\tscientific_name\taccepted_name\tfamily\trank',
  'IT\tEichhornia crassipes (Mart.) Solms\tPontederia crassipes Mart.\tPontederiaceae\tSPECIES',
  'IT\tZzyzxia montana L.\tZzyzxia alpina L.\tRosaceae\tSPECIES',
  'GB\tZzyzxia alpina L.\t\tRosaceae\tSPECIES',
  'FR\tZzyzxia alpina subsp. minor L.\t\tRosaceae\tSUBSPECIES',
  'IT\tZzyzxia\t\tRosaceae\tGENUS',
  'Italy\tZzyzxia lutea L.\t\tRosaceae\tSPECIES',
  'BQ-SE\tZzyzxia rubra L.\t\tRosaceae\tSPECIES',
]
const inventory = folder.file('aliens.tsv', rows.join('\n'))
const shelf = path.join(folder.path, 'shelf')
const namesOnly = path.join(folder.path, 'names-only')
const sentence =
  '«zzyzxia montana» is Zzyzxia alpina, which an inventory lists as invasive in Italy. An inventory is no law and decides nothing.'

let imported: Ended
beforeAll(async () => {
  imported = await greenlane(['knowledge', 'import', 'griis', inventory, '--knowledge', shelf])
  await greenlane(['knowledge', 'import', inventory, '--format', 'table', '--name', 'aliens', '--knowledge', namesOnly])
})

async function told(description: string, to: string, knowledge = shelf): Promise<Answer> {
  const place = ['--to', to, '--dispatch', 'CN', '--on', '2026-11-24', '--output', 'json', '--knowledge', knowledge]
  return JSON.parse((await greenlane(['explain', description, ...place])).stdout) as Answer
}

const labels = ({ reasons }: Answer) => reasons.filter(({ kind }) => kind === 'inventory')
const day = expect.stringMatching(/^Inventory «aliens», imported on 20\d\d-\d\d-\d\d$/)

describe('an inventory of invasive species', () => {
  it('gives its names and what it lists; what cannot be told is said', async () => {
    expect(imported.stdout).toContain('6 listings of an inventory, which label and decide nothing')
    expect(imported.stdout).toContain('Listed for places that are not known here, and never told: BQ-SE')
    expect(imported.stderr).toContain('aliens.tsv:7: "Italy" is no country code.')
    const { stdout } = await greenlane(['knowledge', 'edition', '--knowledge', shelf])
    expect(stdout).toContain('(aliens; inventories that only label: aliens; in ')
    expect((await greenlane(['knowledge', 'import', '--list', '--knowledge', shelf])).stdout).toContain('6 listings')
  })

  it('stands behind the law that stops water hyacinth on its way to Italy', async () => {
    const answer = await told('water hyacinth plants', 'IT')
    expect(answer.proposal).toBe('refuse')
    expect(answer.reasons[0]).toMatchObject({
      kind: 'prohibited',
      source: { title: expect.stringContaining('1143/2014') },
    })
    expect(answer.reasons.at(-1)).toEqual({
      kind: 'inventory',
      sentence:
        '«water hyacinth» is Pontederia crassipes, which an inventory lists as invasive in Italy. An inventory is no law and decides nothing.',
      item: 1,
      evidence: [{ text: 'water hyacinth', from: 0, to: 14 }],
      requirement: null,
      source: { title: day, href: null },
    })
    expect(labels(await told('Eichhornia crassipes plants', 'IT'))).toHaveLength(1)
    expect(labels(await told('water hyacinth plants', 'DE'))).toEqual([])
  })

  it('labels a plant that nothing else knows, and changes nothing else', async () => {
    const answer = await told('zzyzxia montana seeds', 'IT')
    expect(labels(answer)).toMatchObject([{ sentence, source: { title: day } }])
    const without = await told('zzyzxia montana seeds', 'IT', namesOnly)
    const { knowledge, ...rest } = { ...answer, reasons: answer.reasons.slice(0, -1) }
    expect(without).toEqual({ ...rest, knowledge: without.knowledge })
    expect(knowledge).not.toBe(without.knowledge)
  })

  it('counts for a part of the country, and for what stands below the species; a genus tells of no species', async () => {
    expect(labels(await told('zzyzxia alpina seeds', 'XI'))[0]?.sentence).toContain('invasive in United Kingdom')
    expect(labels(await told('zzyzxia alpina subsp. minor seeds', 'GB'))).toMatchObject([
      { sentence: expect.stringMatching(/minor» is Zzyzxia alpina, which .* in United Kingdom/) },
    ])
    expect(labels(await told('zzyzxia lutea seeds', 'IT'))).toEqual([])
  })

  it('says nothing of other goods, nor where no destination is told', async () => {
    expect(labels(await told('zzyzxia alpina print silk dress', 'IT'))).toEqual([])
    const { stdout } = await greenlane(['explain', 'zzyzxia alpina seeds', '--knowledge', shelf])
    expect(stdout).toContain('is Zzyzxia alpina')
    expect(stdout).not.toContain('inventory')
  })

  it('stands last in `explain` and in `requirements`, with its import as its source', async () => {
    const known = ['--to', 'IT', '--knowledge', shelf]
    const { stdout: story } = await greenlane(['explain', 'zzyzxia montana seeds', ...known])
    expect(story).toMatch(
      / {2}«zzyzxia montana» is .* decides nothing\.\n {4}Inventory «aliens», imported on [\d-]+\n\n/,
    )
    const ask = ['requirements', '--article', 'seeds', '--taxon', 'Zzyzxia montana', ...known]
    const listed = 'An inventory lists Zzyzxia alpina as invasive in Italy. An inventory is no law and decides nothing.'
    for (const form of ['text', 'table', 'markdown'])
      expect((await greenlane([...ask, '--output', form])).stdout).toContain(`${listed} (Inventory «aliens», `)
    const { inventories, ...law } = JSON.parse((await greenlane([...ask, '--output', 'json'])).stdout)
    expect(inventories).toEqual([
      { taxon: 'Zzyzxia alpina', country: 'IT', sentence: listed, source: { title: day, href: null } },
    ])
    const other = ask.map((word) => (word === shelf ? namesOnly : word))
    const without = JSON.parse((await greenlane([...other, '--output', 'json'])).stdout)
    expect({ ...law, knowledge: '' }).toEqual({ ...without, knowledge: '' })
  })

  it('is known to worker threads', async () => {
    const line = {
      parcel: { route: { destinationCountry: 'IT' }, lines: [{ description: { raw: 'zzyzxia montana seeds' } }] },
    }
    const input = Array.from({ length: 9000 }, () => JSON.stringify(line)).join('\n')
    const { stdout } = await greenlane(['screen', '-', '--knowledge', shelf, '--workers', '2'], input)
    const found = answers(stdout)
    expect(found).toHaveLength(9000)
    expect(found.every(({ reasons }) => reasons.at(-1)?.sentence === sentence)).toBe(true)
    expect(found[0]?.reasons.at(-1)).toEqual(labels(await told('zzyzxia montana seeds', 'IT'))[0])
  })

  it('needs a column of countries, and one word for its format', async () => {
    const names = folder.file('names.csv', 'scientific_name\nZzyzxia alpina\n')
    const { stderr } = await greenlane(['knowledge', 'import', 'griis', names, '--knowledge', shelf])
    expect(stderr).toContain('names.csv has no column country_code')
    const both = await greenlane(['knowledge', 'import', 'griis', inventory, '--format', 'eppo', '--knowledge', shelf])
    expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('do not agree') })
  })
})
