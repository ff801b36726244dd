import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachKnowledge, shareKnowledge } from '../../../knowledge/load.ts'
import { nameReader } from './look-up.ts'

const knowledge = attachKnowledge(shareKnowledge(path.resolve(import.meta.dirname, '../../../../dist/knowledge')))
const read = nameReader(knowledge)
const kinds = (text: string): string[] => read(text).problems.map(({ kind }) => kind)

describe('misspelt names', () => {
  it.each([
    ['Monstera delicosa', 'Monstera deliciosa'],
    ['Monstra deliciosa', 'Monstera deliciosa'],
    ['onstera deliciosa', 'Monstera deliciosa'],
    ['oMnstera deliciosa', 'Monstera deliciosa'],
    ['Monsteradeliciosa', 'Monstera deliciosa'],
    ['Monst era deliciosa', 'Monstera deliciosa'],
    ['MONSTERA DELICOSA', 'Monstera deliciosa'],
    ['Monstera delicosa Liebm.', 'Monstera deliciosa'],
    ['tomtao', 'Solanum lycopersicum'],
    ['cherry tomto', 'Solanum lycopersicum'],
  ])('%s is %s', (text, accepted) => {
    const answer = read(text)
    expect(answer.accepted).toBe(accepted)
    expect(answer.problems[0]?.kind).toBe('misspelt')
    expect([0, 3, 4]).toContain(answer.quality)
  })

  it('keeps what the writer told beside the name', () => {
    expect(read('Monstera delicosa Liebm.')).toMatchObject({ canonical: 'Monstera deliciosa', authorship: 'Liebm.' })
  })

  it('tells all that a name may be meant for, and takes none', () => {
    const answer = read('bodaak')
    expect(answer.accepted).toBeNull()
    expect(answer.means.length).toBeGreaterThan(1)
    expect(kinds('bodaak')).toContain('misspelt-several')
  })

  it.each(['victoria plum', 'red shoes', 'Rosa', 'Zyxwia', 'Monstera incognita'])('leaves %s as it is', (text) => {
    expect(kinds(text).filter((kind) => kind.startsWith('misspelt'))).toEqual([])
  })

  it('never changes a name that is known', () => {
    const names = Object.keys(knowledge.taxa.numberOf).map((name) => name.charAt(0).toUpperCase() + name.slice(1))
    fc.assert(
      fc.property(fc.constantFrom(...names), (name) => !kinds(name).some((kind) => kind.startsWith('misspelt'))),
    )
  })

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        read(text)
      }),
    )
  })
})
