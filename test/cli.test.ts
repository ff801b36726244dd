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
    expect(requirements('--to', 'BR', '--origin', 'CN', '--article', 'seeds').verdict).toBe('not-loaded')
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

  it.each([
    [['--article', 'seeds'], /--to/],
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
