import { expect, it } from 'vitest'
import { visible } from './visible.ts'

it('shows escapes, overrides of direction, blanks without width and halves of characters', () => {
  expect(visible('a\u001b[31mb')).toBe('a⟨001B⟩[31mb')
  expect(visible('\u009b31m')).toBe('⟨009B⟩31m')
  expect(visible('\u202Egpj.exe')).toBe('⟨202E⟩gpj.exe')
  expect(visible('see\u200bds')).toBe('see⟨200B⟩ds')
  expect(visible('\ud83c')).toBe('⟨D83C⟩')
  expect(visible('one\r\ntwo\tthree')).toBe('one↵two three')
})

it('leaves letters, emoji and the joiners of scripts as they are', () => {
  for (const text of ['种子', 'بذور', 'می\u200cخواهم', '👩🏽‍🌾', '葛\u{e0100}', 'क्\u200dष'])
    expect(visible(text)).toBe(text)
})
