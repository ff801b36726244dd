import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBuckets } from './buckets.ts'

describe('a bucket of requests', () => {
  test('gives what it holds at once, then what comes back, and tells how long to wait', () => {
    let now = 0
    const buckets = openBuckets({ burst: 3, perSecond: 0.5 }, () => now)
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 2])
    expect(buckets.take('b')).toBe(0)
    now = 1999
    expect(buckets.take('a')).toBe(1)
    now = 2000
    expect(buckets.take('a')).toBe(0)
    expect(buckets.take('a')).toBe(2)
  })

  test('never gives more than burst and rate allow, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (jumps) => {
        let now = 0
        let forward = 0
        let given = 0
        const buckets = openBuckets({ burst: 5, perSecond: 2 }, () => now)
        for (const jump of jumps) {
          now += jump
          forward += Math.max(0, jump)
          if (buckets.take('a') === 0) given += 1
        }
        expect(given).toBeLessThanOrEqual(5 + (forward / 1000) * 2 + 1e-6)
      }),
    )
  })

  test('gives again after exactly the seconds that it told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (burst, perSecond) => {
          let now = 0
          const buckets = openBuckets({ burst, perSecond }, () => now)
          for (let taken = 0; taken < burst; taken++) buckets.take('a')
          now += buckets.take('a') * 1000
          expect(buckets.take('a')).toBe(0)
        },
      ),
    )
  })

  test('of a hundred thousand strangers holds a bounded number', () => {
    const buckets = openBuckets({ burst: 1, perSecond: 1 }, () => 0)
    buckets.take('first')
    expect(buckets.take('first')).toBe(1)
    for (let number = 0; number < 100_000; number++) buckets.take(`stranger ${number}`)
    expect(buckets.take('first')).toBe(0)
    expect(buckets.take('stranger 99999')).toBe(1)
  })
})
