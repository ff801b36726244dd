import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { answers, type Ended, greenlane, newFolder, record } from '../intake/greenlane.ts'

const folder = newFolder()
afterAll(() => folder.end())

const shelf = path.join(folder.path, 'shelf')
const rows = [
  'name,accepted_name,family,vernacularName,language',
  'Zzyzxia alpina,,Rosaceae,zzyzx fever bush,en',
  'Zzyzxia montana,Zzyzxia alpina,Rosaceae,,',
  'Zzyzxia sp.,,Rosaceae,,',
]
const plants = folder.file('My plants.csv.gz', gzipSync(rows.join('\n')))

const names = (...args: readonly string[]): Promise<Ended> =>
  greenlane(['knowledge', 'import', ...args, '--knowledge', shelf])
const explain = async (text: string, ...more: readonly string[]): Promise<string> =>
  (await greenlane(['explain', text, '--to', 'FR', '--dispatch', 'CN', '--on', '2026-11-24', ...more])).stdout

describe('greenlane knowledge import', () => {
  it('says what a file is, names broken rows, and tells what was taken', async () => {
    const { status, stdout, stderr } = await names(plants)
    expect(status).toBe(1)
    expect(stderr).toContain('table of names, by what is in it (--format says otherwise)')
    expect(stderr).toContain('My plants.csv.gz:4: "Zzyzxia sp." names no one taxon. Leave it out.')
    expect(stdout).toContain('Imported as "my-plants": 3 rows')
    expect(stdout).toMatch(/1 taxa\n {2}1 synonyms\n {2}1 common names, which nobody has checked/)
    const faults = path.join(shelf, 'imports', 'my-plants', 'faults.txt')
    expect(stdout).toContain(`1 broken, skipped: ${faults}`)
    expect(readFileSync(faults, 'utf8')).toMatch(/^My plants\.csv\.gz:4: /)
    expect(existsSync(path.join(shelf, 'compiled', 'names.bin'))).toBe(true)
  })

  it('lets descriptions find the names, and answers name both editions', async () => {
    const own = /^Knowledge ([0-9a-f]{16}), /m.exec(await explain('zzyzxia montana seeds'))?.[1]
    const text = await explain('zzyzxia montana seeds', '--knowledge', shelf)
    expect(text).toContain('«zzyzxia montana» is Zzyzxia alpina (species, Rosaceae)')
    expect(text).toMatch(new RegExp(`^Knowledge ${own}\\+[0-9a-f]{16}, `, 'm'))
    const { stdout } = await greenlane(['knowledge', 'edition', '--knowledge', shelf])
    expect(stdout).toMatch(/imported [0-9a-f]{16}: 3 taxa, 5 names \(my-plants; in /)
  })

  it('is used by screen in worker threads, by GREENLANE_KNOWLEDGE and from the usual folder', async () => {
    const lines = Array.from({ length: 9000 }, (_, at) => record(`seeds of zzyzxia montana ${at}`, `p${at}`)).join('\n')
    const { stdout, status } = await greenlane(
      ['screen', '-', '--knowledge', shelf, '--workers', '2', '--on', '2026-11-24'],
      lines,
    )
    expect(status).toBe(0)
    const found = answers(stdout)
    expect(found).toHaveLength(9000)
    expect(found.every(({ items }) => items[0]?.taxa[0]?.name === 'Zzyzxia alpina')).toBe(true)
    const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')
    const run = (cwd: string, env: Record<string, string>): string =>
      spawnSync(process.execPath, [launcher, 'explain', 'zzyzxia montana seeds'], {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, ...env },
      }).stdout
    expect(run('/', { GREENLANE_KNOWLEDGE: shelf })).toContain('is Zzyzxia alpina')
    expect(run(folder.path, {})).not.toContain('is Zzyzxia alpina')
    spawnSync(process.execPath, [launcher, 'knowledge', 'import', plants], { cwd: folder.path })
    expect(run(folder.path, {})).toContain('is Zzyzxia alpina')
  })

  it('answers requirements for a name that was imported', async () => {
    const args = ['requirements', '--to', 'FR', '--origin', 'CN', '--article', 'seeds', '--taxon', 'Zzyzxia montana']
    expect((await greenlane([...args, '--knowledge', shelf])).status).toBe(0)
    expect((await greenlane(args)).stderr).toContain('this name is not known')
  })

  it('replaces what has the same name, and keeps others beside it', async () => {
    const edition = async (): Promise<string> =>
      (await greenlane(['knowledge', 'edition', '--knowledge', shelf])).stdout.split('\n').at(-2) ?? ''
    const first = await edition()
    await names(plants)
    expect(await edition()).toBe(first)
    const other = folder.file('other.csv', 'name,accepted_name\nZzyzxia montana,Qoxia nova\n')
    const { stdout, status } = await names(other)
    expect(status).toBe(0)
    expect(stdout).toContain('1 names that may mean several taxa')
    expect(stdout).toContain('«Zzyzxia montana» may mean Qoxia nova or Zzyzxia alpina.')
    expect(await edition()).not.toBe(first)
    expect(await explain('zzyzxia montana seeds', '--knowledge', shelf)).toContain(
      '«zzyzxia montana» may be Zzyzxia alpina (species, Rosaceae) or Qoxia nova (species)',
    )
    const changed = folder.file('changed.csv', 'name\nQoxia nova\n')
    await names(changed, '--name', 'other')
    expect(await explain('zzyzxia montana seeds', '--knowledge', shelf)).toContain(
      '«zzyzxia montana» is Zzyzxia alpina',
    )
    const listed = (await names('--list')).stdout
    expect(listed).toMatch(
      /^my-plants {2}1 taxa, 1 synonyms, 1 common names, 1 broken rows {2}\(table of names, My plants\.csv\.gz, 20/m,
    )
    expect(listed).toMatch(/^other {2}1 taxa, 0 synonyms/m)
  })

  it('keeps what was there when nothing could be taken', async () => {
    const { status, stdout } = await names(folder.file('empty.csv', 'name\n12\n'), '--name', 'other')
    expect(status).toBe(1)
    expect(stdout).toContain('Nothing could be taken from')
    expect((await names('--list')).stdout).toContain('other  1 taxa')
  })

  it('takes an import away', async () => {
    expect((await names('--remove', 'other')).stdout).toContain('Removed "other".')
    expect((await names('--list')).stdout).not.toContain('other')
    const unknown = await names('--remove', 'other')
    expect(unknown).toMatchObject({ status: 2 })
    expect(unknown.stderr).toContain('There is no import "other"')
    await names('--remove', 'my-plants')
    expect((await names('--list')).stdout).toContain('There are no imports')
    const { status, stderr } = await greenlane(['explain', 'seeds', '--knowledge', shelf])
    expect(status).toBe(2)
    expect(stderr).toContain('There are no imported names in')
  })

  it.each([
    [[], /Name at least one file/],
    [['--list', '--bad'], /--bad/],
    [['a.csv', 'b.csv', '--name', 'x'], /--name names one import/],
    [['a.csv', '--name', 'Bad Name'], /small letters/],
    [['a.csv', '--format', 'xml'], /one of table, dwca/],
  ])('tells wrong use of %j in a sentence and ends with 2', async (args, message) => {
    const { status, stderr } = await names(...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
  })

  it('says what to do about compiled names that are cut short', async () => {
    await names(plants)
    const compiled = path.join(shelf, 'compiled', 'names.bin')
    truncateSync(compiled, 1000)
    const args = ['explain', 'zzyzxia montana seeds', '--knowledge', shelf]
    expect(await greenlane(args)).toMatchObject({ status: 2, stderr: expect.stringContaining('--compile --knowledge') })
    expect((await names('--compile')).stdout).toContain('Compiled 1 import')
    expect((await greenlane(args)).stdout).toContain('is Zzyzxia alpina')
  })

  it('goes on with the next file when one is not there, and tells it', async () => {
    const { status, stdout, stderr } = await names('nowhere.csv', plants)
    expect(status).toBe(1)
    expect(stderr).toContain('There is no file nowhere.csv.')
    expect(stdout).toContain('Imported as "my-plants"')
  })
})
