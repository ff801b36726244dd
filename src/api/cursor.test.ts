import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursorAt, seqOfCursor } from './cursor.ts'

test('a cursor leads back to its place', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (seq) => seqOfCursor(cursorAt(seq)) === seq))
})

test.each(['', '0', '42', 'c2Vx', `${cursorAt(42)}=`, `${cursorAt(42)}x`, cursorAt(42).toUpperCase(), '%00', 'é'])(
  'a text that was not given out is none: %s',
  (text) => {
    expect(seqOfCursor(text)).toBeNull()
  },
)
