import { describe, expect, it } from 'vitest'
import { spellingOf } from './accents.ts'

describe('spelling with accents', () => {
  it('tells words apart that are typed with different accents', () => {
    expect(spellingOf('dừa')).not.toBe(spellingOf('dưa'))
    expect(spellingOf('Gül')).toBe(spellingOf('gül'))
    expect(spellingOf('gu\u0308l')).toBe(spellingOf('gül'))
  })
  it('does not mind where a tone is typed, nor the dot of a Turkish capital', () => {
    expect(spellingOf('hòa')).toBe(spellingOf('hoà'))
    expect(spellingOf('áloe')).not.toBe(spellingOf('aloé'))
    expect(spellingOf('İncir')).toBe(0)
  })
  it('says nothing of letters without accents', () => {
    expect(spellingOf('dua')).toBe(0)
  })
})
