import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, foldedRoom, foldTable, foldTerm } from './fold.ts'

const written = foldTable({
  simplified: new Map([
    ['種', '种'],
    ['蘭', '兰'],
  ]),
  pictures: new Set(['🌱']),
})

const table = foldTable()

describe('folding', () => {
  it.each([
    ['Épicéa', 'epicea'],
    ['GROẞE Straße', 'grosse strasse'],
    ['ＭＯＮＳＴＥＲＡ', 'monstera'],
    ['bare-root', 'bare root'],
    ["huile d'olive", 'huile d olive'],
    ['mоnsterа', 'monstera'],
    ['роза', 'роза'],
    ['番茄种子', '番茄种子'],
    ['さくらの種', 'さくらの種'],
    ['ﬁcus', 'ficus'],
    ['mon\u200bstera', 'monstera'],
    ['بذور الطماطم', 'بذور طماطم'],
    ['للورد', 'ورد'],
    ['الم', 'الم'],
    ['पेड़', 'पेड'],
  ])('makes %s into %s', (text, folded) => {
    expect(foldTerm(text, table)).toBe(folded)
  })

  it('reads traditional Chinese letters as simplified ones', () => {
    expect(foldTerm('蝴蝶蘭種子', written)).toBe('蝴蝶兰种子')
  })

  it('keeps a picture sign that says something as one letter, and parts words at any other', () => {
    const room = foldedRoom()
    fold('basil🎁 🌱x', written, room)
    expect(room.length).toBe(8)
    expect(room.from[6]).toBe(8)
    expect(room.from[7]).toBe(10)
  })

  it('remembers for each letter where it came from', () => {
    const text = 'Große  Épicéa'
    const room = foldedRoom()
    fold(text, table, room)
    const from = room.from[7] as number
    expect(text.slice(from, from + 6)).toBe('Épicéa')
    expect(room.from[room.length]).toBe(text.length)
  })

  it('keeps places in order and inside the text, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const room = foldedRoom(4)
        fold(text, table, room)
        for (let at = 0; at < room.length; at += 1) {
          expect(room.from[at] as number).toBeLessThan(text.length)
          expect(room.from[at] as number).toBeLessThanOrEqual(room.from[at + 1] as number)
        }
      }),
    )
  })
})
