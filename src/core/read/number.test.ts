import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAmbiguous, numberIn } from './number.ts'

describe('the number a text tells', () => {
  it.each([
    ['12', 12],
    [' 0,5 ', 0.5],
    ['0,250', 0.25],
    ['1250,5', 1250.5],
    ['-3.25', -3.25],
    ['.5', 0.5],
    ['1e-7', 1e-7],
  ])('%j', (text, number) => {
    expect(numberIn(text)).toBe(number)
  })

  it.each(['', ' ', '1,250', '12,000', '0x10', '1.2.3', '1,250.5', 'Infinity', 'NaN', '1e999', 'five', '5 pcs', '--1'])(
    'is none in %j',
    (text) => {
      expect(numberIn(text)).toBeNull()
    },
  )

  it('could be two where a comma stands before three digits', () => {
    expect(['1,250', '12,000', ' 999,999'].every(isAmbiguous)).toBe(true)
    expect(['0,250', '1,25', '1250,500', '1.250'].some(isAmbiguous)).toBe(false)
  })

  it('is what was written, whatever number it was', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(numberIn(String(number))).toBe(number === 0 ? number + 0 : number)
      }),
    )
  })
})
