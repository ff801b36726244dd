import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf, idWithin, makeSecret, randomLetters, sameText } from './secrets.ts'

describe('secrets that are handed out', () => {
  test('have a form that a scanner of leaks can tell', () => {
    const { id, text } = makeSecret('gl')
    expect(text).toMatch(/^gl_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
    expect(idWithin('gl', text)).toBe(id)
  })

  test('are refused without a look into the store when one letter is wrong', () => {
    const { text } = makeSecret('gl')
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0aZ_-é'), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        return changed === text || idWithin('gl', changed) === null
      }),
    )
  })

  test('are refused under the prefix of another kind', () => {
    expect(idWithin('gl', makeSecret('in').text)).toBeNull()
  })

  test('use every letter about as often as every other', () => {
    const counts = new Map<string, number>()
    for (const letter of randomLetters(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    expect(counts.size).toBe(62)
    // 1000 expected, standard deviation 31: six of them.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190)
  })

  test('are compared whole', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameText(one, other) === (one === other)))
    expect(sameText(digestOf('a'), digestOf('a'))).toBe(true)
  })
})
