import { expect, it } from 'vitest'
import { englishPlural } from './plurals.ts'

it.each([
  ['rose', 'roses'],
  ['coffee table', 'coffee tables'],
  ['cherry', 'cherries'],
  ['bay leaf', 'bay leaves'],
  ['tomato', 'tomatoes'],
  ['photo', 'photos'],
  ['iris', 'irises'],
  ['grass', 'grasses'],
  ['peach', 'peaches'],
  ['key', 'keys'],
  ['bookshelf', 'bookshelves'],
])('makes %s to %s', (one, many) => {
  expect(englishPlural(one)).toBe(many)
})

it.each(['seeds', 'of', '种子', 'usb 3'])('leaves %s alone', (word) => {
  expect(englishPlural(word)).toBeNull()
})
