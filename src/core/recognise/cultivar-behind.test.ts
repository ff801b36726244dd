import { expect, test } from 'vitest'
import { cultivarBehind } from './cultivar-behind.ts'
import { foldedRoom } from './fold.ts'
import { marksRoom, unknownWord } from './scan.ts'
import { emptyTerm } from './terms.ts'

/** Whether the second of two words, which nobody knows, is read as the cultivar of the first. */
function isCultivar(text: string, headFirst = true): boolean {
  const [room, marks] = [foldedRoom(), marksRoom()]
  const second = text.indexOf(' ') + 1
  marks.count = 2
  marks.start.set([0, second])
  marks.end.set([second - 1, text.length])
  marks.term.set([1, unknownWord])
  marks.meant.fill(-1)
  for (let at = 0; at <= text.length; at += 1) room.from[at] = at
  return cultivarBehind({ text, marks, room, termOf: () => ({ ...emptyTerm(), headFirst }) }, 0)
}

test('a capitalised word behind a vegetable is its cultivar where the name stands first', () => {
  expect(isCultivar('Marchew Nantejska')).toBe(true)
  expect(isCultivar('кріп Грибовський')).toBe(true)
})

test('a small word, capitals throughout and other languages tell no cultivar', () => {
  expect(isCultivar('Marchew nantejska')).toBe(false)
  expect(isCultivar('MARCHEW NANTEJSKA')).toBe(false)
  expect(isCultivar('Carrot Nantes', false)).toBe(false)
  expect(isCultivar('Marchew Nantejska Bardzo Smaczna')).toBe(false)
})
