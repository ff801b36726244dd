import { describe, expect, it } from 'vitest'
import { numbersIn } from './numbers.ts'

const words = { packets: { fact: 'packets', times: 1 }, pcs: { fact: 'pieces', times: 1 } } as const

describe('numbersIn', () => {
  it('counts packets of seed', () => {
    expect(numbersIn('20 packets of lettuce seeds, 50 pcs', words)).toEqual({ packets: 20, pieces: 50 })
  })

  it('does not count packets that stand there several times', () => {
    for (const text of ['3 boxes of 24 packets', '3 x 24 packets', '3 Kartons mit 24 packets'])
      expect(numbersIn(text, words)).toEqual({})
  })
})
