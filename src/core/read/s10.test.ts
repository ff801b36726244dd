import { describe, expect, it } from 'vitest'
import { s10CheckDigitFits } from './s10.ts'

describe('the check digit of an S10 identifier', () => {
  it.each([
    'RR473124829GB',
    'UM123456785CN',
    'LB000000014NL',
    'CD876543216AU',
    'EE202509145ZA',
    'HB407182652KE',
    'LZ902107772CH',
    'CV555012347PE',
    'RR100000140US',
    'RA000000005DE',
  ])('fits in %s', (id) => {
    expect(s10CheckDigitFits(id)).toBe(true)
  })

  it('does not fit in CP001020301BR, which an official document prints: the right digit is 7', () => {
    expect(s10CheckDigitFits('CP001020301BR')).toBe(false)
    expect(s10CheckDigitFits('CP001020307BR')).toBe(true)
  })

  it('is not asked of a text of another form', () => {
    expect(s10CheckDigitFits('1Z999AA10123456784')).toBeNull()
  })
})
