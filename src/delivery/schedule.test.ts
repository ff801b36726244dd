import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedPause, nextPause, pauses } from './schedule.ts'

const hour = 3_600_000

test('ten attempts span three days and not four, each pause longer than the one before, whatever chance says', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }), (chances) => {
      const waits = chances.map((chance, at) => nextPause({ attempts: at + 1, asked: null, chance }) as number)
      const whole = waits.reduce((sum, one) => sum + one, 0)
      expect(whole).toBeGreaterThanOrEqual(72 * hour)
      expect(whole).toBeLessThan(96 * hour)
      for (const [at, wait] of waits.entries()) expect(wait).toBeGreaterThan(waits[at - 1] ?? 0)
    }),
  )
  expect(nextPause({ attempts: pauses.length + 1, asked: null, chance: 0 })).toBeNull()
})

test('a receiver may ask for a longer pause, up to a day, and never for a shorter one', () => {
  expect(nextPause({ attempts: 1, asked: hour, chance: 0 })).toBe(hour)
  expect(nextPause({ attempts: 1, asked: 900 * hour, chance: 0 })).toBe(24 * hour)
  expect(nextPause({ attempts: 4, asked: 1, chance: 0 })).toBe(2 * hour)
})

test('Retry-After is seconds or a date', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  expect(askedPause('120', now)).toBe(120_000)
  expect(askedPause('Tue, 24 Nov 2026 10:01:00 GMT', now)).toBe(60_000)
  expect(askedPause('Tue, 24 Nov 2026 09:00:00 GMT', now)).toBe(0)
  expect(askedPause('soon', now)).toBeNull()
  expect(askedPause(undefined, now)).toBeNull()
})
