import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const launcher = path.resolve(import.meta.dirname, '../bin/greenlane.js')

function greenlane(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' })
}

function requirements(...args: readonly string[]): {
  verdict: string
  measures: { measure: string; requirement: string; certainty: string }[]
  questions: { fact: string }[]
  pests: { name: string; eppo: string | null; listed: string; origin: string }[]
} {
  const { status, stdout, stderr } = greenlane('requirements', ...args, '--on', '2026-11-24', '--output', 'json')
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

const rosesFromChina = [
  ...['--to', 'FR', '--origin', 'CN', '--dispatch', 'CN'],
  ...['--article', 'plants-for-planting', '--taxon', 'Rosa'],
] as const

describe('greenlane requirements', () => {
  it('calls citrus plants prohibited from China, whatever else is true', () => {
    const answer = requirements(
      '--to',
      'FR',
      '--origin',
      'CN',
      '--article',
      'plants-for-planting',
      '--taxon',
      'Citrus',
      '--use',
      'planting',
      '--by',
      'post',
    )
    expect(answer.verdict).toBe('prohibited')
    expect(answer.measures.map(({ requirement }) => requirement)).toContain('eu/annex-vi-11')
  })

  it('calls rose plants partly prohibited while it is not told whether they are dormant, and asks', () => {
    const answer = requirements(...rosesFromChina)
    expect(answer.verdict).toBe('partly-prohibited')
    expect(answer.questions.map(({ fact }) => fact)).toContain('dormant')
  })

  it('lets dormant leafless roses in on conditions', () => {
    const state = 'dormant,no-leaves,no-flowers,no-fruit,no-dwarfed'
    const answer = requirements(...rosesFromChina, '--state', state)
    expect(answer.verdict).toBe('conditions')
    expect(answer.measures.map(({ measure }) => measure)).toContain('phytosanitary-certificate')
  })

  it('asks nothing of roasted coffee, and nothing of a banana', () => {
    expect(
      requirements(
        '--to',
        'DE',
        '--origin',
        'CO',
        '--dispatch',
        'CO',
        '--article',
        'processed-plant-product',
        '--taxon',
        'Coffea arabica',
      ).verdict,
    ).toBe('no-requirement')
    const banana = requirements(
      '--to',
      'DE',
      '--origin',
      'EC',
      '--dispatch',
      'EC',
      '--article',
      'fruit-vegetables',
      '--taxon',
      'Musa',
      '--part',
      'fruit',
    )
    expect(banana.verdict).toBe('no-requirement')
  })

  it('says that the law of a place without a pack is not loaded', () => {
    expect(requirements('--to', 'GL', '--origin', 'CN', '--article', 'seeds').verdict).toBe('not-loaded')
  })

  it('tells Hawaii from the rest of the United States for strawberry plants', () => {
    const from = (origin: string): string[] =>
      requirements(
        '--to',
        'FR',
        '--origin',
        origin,
        '--dispatch',
        origin,
        '--article',
        'plants-for-planting',
        '--taxon',
        'Fragaria',
      ).measures.map(({ requirement }) => requirement)
    expect(from('US-HI')).toContain('eu/annex-vi-9')
    expect(from('CA')).not.toContain('eu/annex-vi-9')
  })

  it('answers every combination of places, plants and articles as a table, as Markdown and as JSON', () => {
    const asked = [
      ...['requirements', '--to', 'FR,IE', '--origin', 'CN,CH', '--taxon', 'Citrus,Rosa'],
      ...['--article', 'plants-for-planting', '--on', '2026-11-24'],
    ] as const
    const rows = JSON.parse(greenlane(...asked, '--output', 'json').stdout) as {
      asked: { to: string; origin: string; taxon: string }
      verdict: string
    }[]
    const told = rows.map(({ asked: { to, origin, taxon }, verdict }) => `${to} ${origin} ${taxon} ${verdict}`)
    expect(told).toHaveLength(8)
    expect(told).toContain('FR CN Citrus prohibited')
    expect(told).toContain('IE CN Rosa partly-prohibited')
    const table = greenlane(...asked).stdout.split('\n')
    expect(table[0]).toMatch(/^to +grown in +plant +article +answer/)
    expect(table.some((line) => /^Ireland +China +Citrus +plants for planting +prohibited/.test(line))).toBe(true)
    const markdown = greenlane(...asked, '--output', 'markdown').stdout
    expect(markdown).toContain('| France | China | Citrus | plants for planting | prohibited |')
    expect(markdown).toContain('Annex VI point 11](http')
  })

  it('takes an HS code for the articles that stand under it', () => {
    const answer = requirements(
      '--to',
      'FR',
      '--origin',
      'CN',
      '--hs',
      '0805.10',
      '--taxon',
      'Citrus sinensis',
      '--part',
      'fruit',
    )
    expect(answer).toMatchObject({ asked: { article: 'fruit-vegetables' }, verdict: 'conditions' })
    expect(greenlane('requirements', '--to', 'FR', '--hs', '8471').stderr).toMatch(/--hs 8471: no article/)
  })

  it('says so when a quantity has no unit that it knows', () => {
    const { status, stderr } = greenlane(
      ...['requirements', '--to', 'FR', '--article', 'seeds', '--quantity', '3 bananas'],
    )
    expect(status).toBe(2)
    expect(stderr).toMatch(/--quantity 3 bananas: give a number with its unit/)
  })

  it('is not complete for days before the law that was read', () => {
    const asked = ['--to', 'FR', '--article', 'seeds', '--origin', 'CN', '--taxon', 'Malus', '--output', 'json']
    const { stdout } = greenlane('requirements', ...asked, '--on', '2015-01-01')
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'not-loaded' })
  })

  it('takes a set of places that law names for origins', () => {
    const { stdout } = greenlane(
      ...['requirements', '--to', 'FR', '--origin', 'EU_XI_RAMORUM', '--article', 'wood', '--output', 'json'],
    )
    const rows = JSON.parse(stdout) as { asked: { origin: string } }[]
    expect(rows.map(({ asked }) => asked.origin)).toEqual(['CA', 'GB', 'US', 'VN'])
  })

  it('lists the requirements that apply or could apply, each once', () => {
    const { stdout } = greenlane(
      ...['requirements', 'list', '--to', 'FR', '--origin', 'CN', '--taxon', 'Citrus', '--output', 'json'],
    )
    const ids = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)
    expect(ids).toContain('eu/annex-vi-11')
    expect(ids).not.toContain('eu/annex-vi-1')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('tells the law as it was known on a day: nothing had been read in 2020', () => {
    const seeds = ['--to', 'FR', '--origin', 'CN', '--article', 'plants-for-planting', '--taxon', 'Citrus'] as const
    expect(requirements(...seeds, '--known-on', '2020-01-01').verdict).toBe('not-loaded')
    expect(requirements(...seeds, '--known-on', '2026-11-24').verdict).toBe('prohibited')
  })

  it('tells the regulated pests that have the plant as a host, and whether law names the origin', () => {
    const from = (origin: string) =>
      requirements('--to', 'SE', '--origin', origin, '--article', 'wood', '--taxon', 'Fraxinus excelsior').pests.find(
        ({ name }) => name === 'Agrilus planipennis',
      )
    expect(from('CN')).toEqual({
      name: 'Agrilus planipennis',
      eppo: 'AGRLPL',
      listed: 'Annex II Part A insects and mites pt 4',
      origin: 'named',
    })
    expect(from('CH')?.origin).toBe('not-named')
  })

  it.each([
    [['--article', 'seeds'], /--to/],
    [['catalogue', '--to', 'FR'], /catalogue/],
    [['--to', 'FR', '--article', 'shrubbery'], /shrubbery.*seeds/],
    [['--to', 'QQ', '--article', 'seeds'], /QQ/],
    [['--to', 'FR', '--article', 'seeds', '--taxon', 'Nonsensia'], /Nonsensia/],
    [['--to', 'FR', '--article', 'seeds', '--on', '2026-02-30'], /2026-02-30/],
  ])('tells wrong use of %j in a sentence and ends with 2', (args, message) => {
    const { status, stderr } = greenlane('requirements', ...(args as string[]))
    expect(status).toBe(2)
    expect(stderr).toMatch(message as RegExp)
  })
})

describe('greenlane explain', () => {
  it('says that no law could be applied where it is not told where the parcel goes', () => {
    const { status, stdout } = greenlane('explain', 'rooted monstera cutting')
    expect(status).toBe(0)
    expect(stdout).toContain('Where it goes is not told')
    expect(stdout).not.toContain('is not loaded')
  })

  it('tells a name of several families in one line', () => {
    const { stdout } = greenlane('explain', '50 pcs succulent seeds', '--to', 'FR')
    expect(stdout).toMatch(/«succulent seeds» may be Crassulaceae \(family\) or Cactaceae \(family\)/)
  })

  it('tells what was seen, what the law says and what would change it', () => {
    const { status, stdout } = greenlane(
      'explain',
      '50 pcs monstera seeds',
      '--hs',
      '120999',
      '--dispatch',
      'CN',
      '--to',
      'FR',
      '--on',
      '2026-11-24',
    )
    expect(status).toBe(0)
    for (const part of [
      'Proposal: inspect',
      '«monstera» is Monstera',
      'HS 120999',
      'Annex XI Part B',
      'What would change this',
    ])
      expect(stdout).toContain(part)
  })

  it('tells what was ruled out', () => {
    const { stdout } = greenlane('explain', 'rose petal print dress for women', '--to', 'FR')
    expect(stdout).toContain('Proposal: no objection')
    expect(stdout).toContain('What was ruled out')
    expect(stdout).toContain('«rose»: a name that tells only the look')
  })
})

describe('greenlane check', () => {
  const checkOf = (...args: readonly string[]) => greenlane('check', ...args, '--on', '2026-11-24')

  it('tells a seller for each destination what to do, in order', () => {
    const { stdout, status } = checkOf(
      'Dendrobium nobile rooted plants',
      '--from',
      'TH',
      '--origin',
      'TH',
      '--to',
      'FR,MN',
    )
    expect(status).toBe(0)
    expect(stdout).toContain('phytosanitary certificate from the plant protection organization of Thailand')
    expect(stdout).toMatch(/France: .*\n {2}1\. [\s\S]*\nMongolia: The law there is not loaded/)
  })

  it('asks which goods are meant where a plant is only near', () => {
    const { stdout } = checkOf('rose', '--to', 'FR', '--output', 'json')
    const answer = JSON.parse(stdout) as { choices: { article: string }[]; destinations: { verdict: string }[] }
    expect(answer.destinations).toMatchObject([{ verdict: 'which-goods' }])
    expect(answer.choices.map(({ article }) => article)).toContain('plants-for-planting')
  })

  it('says what is wrong with a country that is none', () => {
    const { status, stderr } = checkOf('rose', '--to', 'QQ')
    expect(status).toBe(2)
    expect(stderr).toContain('«QQ» is no country code')
  })
})
