import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf } from './letters.ts'

const room = { head: 600, around: 80 }

describe('pieces of a description', () => {
  it('mark exactly the letters that are named', () => {
    const text = '🌿 kaffir 🍋 leaves'
    const from = text.indexOf('🍋')
    expect(piecesOf(text, [{ text: '🍋', from, to: from + 2 }], room)).toEqual([
      { text: '🌿 kaffir ', marked: false },
      { text: '🍋', marked: true },
      { text: ' leaves', marked: false },
    ])
  })

  it('join marks that overlap', () => {
    const marks = [
      { text: '', from: 6, to: 10 },
      { text: '', from: 0, to: 4 },
      { text: '', from: 2, to: 6 },
    ]
    expect(piecesOf('tulip bulbs', marks, room)).toEqual([
      { text: 'tulip bulb', marked: true },
      { text: 's', marked: false },
    ])
  })

  it('are the description itself, whole characters each, wherever marks stand', () => {
    const marks = fc.array(fc.record({ text: fc.constant(''), from: fc.integer({ min: -3, max: 70 }), to: fc.nat(70) }))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), marks, (text, letters) => {
        const pieces = piecesOf(text, letters, room)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        for (const piece of pieces) expect(piece.text.isWellFormed()).toBe(true)
      }),
    )
  })

  it('show the marks of a long description and leave out what lies between', () => {
    const text = `${'gift '.repeat(2000)}tulip bulbs${' gift'.repeat(2000)}`
    const from = text.indexOf('tulip')
    const pieces = piecesOf(text, [{ text: 'tulip bulbs', from, to: from + 11 }], room)
    expect(pieces.filter(({ marked }) => marked)).toEqual([{ text: 'tulip bulbs', marked: true }])
    expect(pieces.filter(({ text }) => text === '…')).toHaveLength(2)
    expect(pieces.reduce((sum, piece) => sum + piece.text.length, 0)).toBeLessThan(900)
  })
})
