import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legible } from './legible.ts'

describe('text that was broken on its way', () => {
  it.each([
    ['Graines de poir&eacute;e &amp; chou', 'Graines de poirée & chou', 'html'],
    ['Tomato<br/>seeds', 'Tomato seeds', 'html'],
    ['Rose&#39;s bulbs &#x1F331;', "Rose's bulbs 🌱", 'html'],
    ['Ã‰picÃ©a', 'Épicéa', 'encoding'],
    ['Ð¡ÐµÐ¼ÐµÐ½Ð°', 'Семена', 'encoding'],
    ['РЎРµРјРµРЅР° С‚РѕРјР°С‚Р°', 'Семена томата', 'encoding'],
    ['ç•ªèŒ„', '番茄', 'encoding'],
    ['Donâ€™t miss', 'Don’t miss', 'encoding'],
    ['graines%20de%20poir%C3%A9e', 'graines de poirée', 'percent'],
    ['\\u756a\\u8304\\u79cd\\u5b50', '番茄种子', 'escape'],
    ['&amp;eacute;pinard', 'épinard', 'html'],
  ])('reads %s as %s', (declared, meant, kind) => {
    const found = legible(declared, 1000)
    expect(found?.text).toBe(meant)
    expect(found?.mended).toEqual([kind])
  })

  it.each([
    'Épicéa & Söhne',
    'Россия Семена томата',
    'Сік березовий',
    'Ріпа біла, СІРЧАНА',
    'РС-12 СРЕДНЯЯ',
    '50%20 pcs',
    'AT&T; 5 < 6 > 4',
    'NAÏVE «Ça»',
    'AÇÃO DE GRAÇAS',
    '番茄种子',
  ])('leaves %s as it is', (declared) => {
    expect(legible(declared, 1000)).toBeNull()
  })

  it('remembers where each letter came from', () => {
    const found = legible('a &eacute;b', 1000)
    expect([...(found?.from ?? [])]).toEqual([0, 1, 2, 10, 11])
  })

  it('keeps places in order and inside the text, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('&eacute;', 'Ã©', '%20', '<b>'), (text, sign) => {
        const declared = `${text}${sign}${text}`
        const found = legible(declared, declared.length)
        if (found === null) return
        expect(found.from.length).toBe(found.text.length + 1)
        for (let at = 1; at < found.from.length; at += 1)
          expect(found.from[at] as number).toBeGreaterThanOrEqual(found.from[at - 1] as number)
        expect(found.from[found.text.length]).toBeLessThanOrEqual(declared.length)
      }),
    )
  })
})
