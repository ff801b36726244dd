import { expect, test } from 'vitest'
import type { Article } from '../../src/core/parcel/articles.ts'
import { type Lesson, train } from './train.ts'

function lesson(article: Article, ...features: readonly string[]): Lesson {
  return {
    article,
    features: { whole: new Set(['always', ...features]), telling: new Set(['always']), own: new Map() },
  }
}

const lessons = Array.from({ length: 12 }, (_, at) =>
  at % 2 === 0 ? lesson('none', 'shape volume') : lesson('seeds', 'quotes'),
)

test('weights follow the examples, and the same examples give the same weights', () => {
  const model = train(lessons)
  expect(model['none']?.['shape volume']).toBeGreaterThan(0.5)
  expect(model['none']?.['quotes']).toBeLessThan(-0.5)
  expect(train(lessons)).toEqual(model)
})

test('a feature of fewer than four examples is left out', () => {
  const model = train([...lessons, lesson('none', 'rare'), lesson('none', 'rare')])
  expect(model['none']).not.toHaveProperty('rare')
})
