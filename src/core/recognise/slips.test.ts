import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadKnowledge } from '../../knowledge/load.ts'
import { isSlip } from './slips.ts'
import { findMeant, type Spelling } from './spelling.ts'

const { spelling } = loadKnowledge(path.resolve(import.meta.dirname, '../../../dist/knowledge')).lexicon

function slipsOf(written: string): string[] {
  const units = Uint16Array.from(written, (letter) => letter.charCodeAt(0))
  const meant = new Int32Array(64)
  const count = findMeant(spelling, units, 0, units.length, meant)
  return [...meant.subarray(0, count)]
    .filter((word) => isSlip(spelling, word, units, 0, units.length))
    .map((word) => lettersOf(spelling, word))
}

function lettersOf({ wordFrom, wordLetters }: Spelling, word: number): string {
  return String.fromCharCode(...wordLetters.subarray(wordFrom[word], wordFrom[word + 1]))
}

describe('likely typing errors', () => {
  it.each([
    ['a letter not doubled', 'carot', 'carrot'],
    ['a letter doubled', 'pansyy', 'pansy'],
    ['letters swapped', 'okar', 'okra'],
  ])('knows %s', (_, written, meant) => {
    expect(slipsOf(written)).toContain(meant)
  })

  it('takes another letter for none', () => {
    expect(slipsOf('carot')).not.toContain('carom')
    expect(slipsOf('peoy')).toEqual([])
  })
})
