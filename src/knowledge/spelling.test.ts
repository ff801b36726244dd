import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMeant, isOrdinary, type Spelling } from '../core/recognise/spelling.ts'
import type { WrittenSense } from './senses.ts'
import { buildSpelling } from './spelling.ts'

const name = (text: string): [string, WrittenSense[]] => [
  text,
  [{ text, concept: 'name', value: 0, strength: 0, language: 0, taxa: [0], article: 0, from: 'written' }],
]
const words = ['monstera', 'deliciosa', 'lavender', 'tomato', 'hydrangea', 'snapdragon', 'помидор']
const spelling = buildSpelling(new Map(words.map(name)), ['lavenders', 'potato'])

function meantFor(text: string, over: Spelling = spelling): string[] {
  const units = Uint16Array.from(text, (_, at) => text.charCodeAt(at))
  const meant = new Int32Array(16)
  const count = findMeant(over, units, 0, units.length, meant)
  return [...meant.subarray(0, count)].map((word) =>
    String.fromCharCode(...over.wordLetters.subarray(over.wordFrom[word], over.wordFrom[word + 1])),
  )
}

describe('misspelt words', () => {
  it.each([
    ['monstra', 'monstera', 'a letter dropped'],
    ['monsterra', 'monstera', 'a letter doubled'],
    ['monstear', 'monstera', 'two letters swapped'],
    ['monsteta', 'monstera', 'a letter replaced'],
    ['onstera', 'monstera', 'the first letter dropped'],
    ['помдор', 'помидор', 'Cyrillic'],
  ])('reads %s as %s (%s)', (text, word) => {
    expect(meantFor(text)).toEqual([word])
  })

  it('leaves what is spelled as it is meant, and what is two errors away', () => {
    expect(meantFor('tomato')).toEqual([])
    expect(meantFor('tmoatos')).toEqual([])
    expect(meantFor('mnstra')).toEqual([])
  })

  it('knows ordinary words', () => {
    const units = Uint16Array.from('potato', (_, at) => 'potato'.charCodeAt(at))
    expect(isOrdinary(spelling, units, 0, 6)).toBe(true)
    expect(isOrdinary(spelling, units, 1, 6)).toBe(false)
  })

  it('finds every word with any one letter dropped, replaced, added or swapped', () => {
    const error = fc.record({
      word: fc.constantFrom(...words),
      at: fc.nat(20),
      kind: fc.constantFrom('drop', 'add', 'replace', 'swap'),
      letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
    })
    fc.assert(
      fc.property(error, ({ word, at: anywhere, kind, letter }) => {
        const at = anywhere % word.length
        const rest = word.slice(at + 1)
        const wrong = {
          drop: word.slice(0, at) + rest,
          add: word.slice(0, at) + letter + word.slice(at),
          replace: word.slice(0, at) + letter + rest,
          swap: word.slice(0, at) + rest.slice(0, 1) + word.charAt(at) + rest.slice(1),
        }[kind]
        if (wrong !== word) expect(meantFor(wrong)).toContain(word)
      }),
    )
  })
})
