import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysBetween, hasCome, instantOf, isDay, isInstant, laterBy, millisecondsOf } from './instant.ts'

describe('an instant', () => {
  it('is reckoned as every calendar reckons it', () => {
    const range = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }
    fc.assert(
      fc.property(fc.date(range), (date) => {
        expect(millisecondsOf(date.toISOString())).toBe(date.getTime())
        expect(instantOf(date.getTime())).toBe(date.toISOString())
      }),
    )
  })

  it('needs a day of the calendar, a time of the day and UTC', () => {
    for (const text of [
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-11-24T24:00:00Z',
      '2026-11-24T09:30:00+01:00',
      '2026-11-24',
      '',
    ])
      expect(isInstant(text)).toBe(false)
    expect(isInstant('2028-02-29T23:59:59.5Z')).toBe(true)
    expect([isDay('2028-02-29'), isDay('2026-02-29'), isDay('24.11.2026')]).toEqual([true, false, false])
  })

  it('comes so many hours later, over the end of a month and a year', () => {
    expect(laterBy('2026-12-31T23:30:00Z', 72)).toBe('2027-01-03T23:30:00.000Z')
    expect(laterBy('2026-11-24T09:30:00Z', 0.5)).toBe('2026-11-24T10:00:00.000Z')
    expect(laterBy('nonsense', 72)).toBe('nonsense')
  })

  it('has come when the clock shows it or more, whatever its fraction', () => {
    expect(hasCome('2026-11-24T09:30:00Z', '2026-11-24T09:30:00.000Z')).toBe(true)
    expect(hasCome('2026-11-24T09:29:59.999Z', '2026-11-24T09:30:00Z')).toBe(false)
    expect(hasCome('tomorrow', '2026-11-24T09:30:00Z')).toBe(false)
  })

  it('counts whole days between two days', () => {
    expect([daysBetween('2026-11-10', '2026-11-24'), daysBetween('2026-11-24', '2026-11-10')]).toEqual([14, -14])
    expect(daysBetween('2026-11-31', '2026-12-01')).toBeNull()
  })
})
