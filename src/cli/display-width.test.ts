import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, fitted, glyphsOf, wrapped } from './display-width.ts'

/** Texts with everything that takes no, one or two columns. */
const texts = fc.string({ unit: 'grapheme', maxLength: 80 })

describe('the width of a text', () => {
  it.each([
    ['seeds', 5],
    ['种子', 4],
    ['ｓeed', 5],
    ['씨앗', 4],
    ['ｶﾞ', 2],
    ['e\u0301', 1],
    ['🌿', 2],
    ['❤️', 2],
    ['', 0],
  ])('of «%s» is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('stays bounded when marks are piled on one letter', () => {
    const [glyph] = glyphsOf(`a${'\u0301'.repeat(500)}`)
    expect(glyph?.width).toBe(1)
    expect(glyph?.text.length).toBeLessThan(30)
  })
})

describe('fitting', () => {
  it('cuts before a wide character that would stand half outside', () => {
    expect(fitted('郁金香种球', 6)).toBe('郁金…')
    expect(fitted('郁金香', 6)).toBe('郁金香')
  })

  it('never takes more columns than there are, and never cuts a character', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const short = fitted(text, width)
        expect(displayWidth(short)).toBeLessThanOrEqual(width)
        expect(short.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('wrapping', () => {
  it('breaks at spaces', () => {
    expect(wrapped('fresh kaffir lime leaves', 12)).toEqual(['fresh kaffir', 'lime leaves'])
  })

  it('breaks between wide characters and inside words that are too long', () => {
    expect(wrapped('郁金香种球', 4)).toEqual(['郁金', '香种', '球'])
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  })

  it('never takes more columns than there are, and keeps every letter', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const glyphs = glyphsOf(text)
        fc.pre(glyphs.every((glyph) => glyph.width <= 2))
        const lines = wrapped(text, width)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        const bare = (letters: string): string => letters.replace(/\s/gu, '')
        expect(bare(lines.join(''))).toBe(bare(text))
      }),
    )
  })
})
