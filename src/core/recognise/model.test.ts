import { expect, test } from 'vitest'
import { type Census, countMarks } from './census.ts'
import type { Reading } from './features.ts'
import type { Evidence, Finding } from './finding.ts'
import { hearing, type Model } from './model.ts'
import { marksRoom } from './scan.ts'
import { emptyTerm } from './terms.ts'

const model: Model = {
  none: { always: 1, 'shape volume': 2, 'shape brackets': -1, 'ordinary words 3': 5 },
  unclear: { always: 0.5 },
  'plants-for-planting': { always: -1 },
}
const weights = { 'model-times': 2, 'model-least': 0.5, 'model-most': 3, 'model-sure': 0.95 }

function readingOf(text: string, known: Partial<Census>): Reading {
  const marks = marksRoom(8)
  const termOf = emptyTerm
  return { text, marks, termOf, census: { ...countMarks(marks, termOf), ...known }, hs: [] }
}

function findingOf(evidence: readonly Evidence[] = []): Finding {
  const articles = [
    { article: 'unclear' as const, probability: 0.6 },
    { article: 'none' as const, probability: 0.3 },
    { article: 'seeds' as const, probability: 0.1 },
  ]
  const thing = { articles, names: [], part: null, state: {}, use: null }
  return {
    index: 1,
    things: [thing],
    clarity: 0.5,
    contradiction: false,
    evidence,
    ruledOut: [],
    contamination: null,
    packaging: null,
  }
}

const beside = hearing(model, 'on', weights)
const seeds: Evidence = { kind: 'form', article: 'seeds', weight: 1, letters: null, value: null }

test('the model is off unless it is switched on', () => {
  expect(hearing(model, 'off', weights)).toBeNull()
})

test('it adds to other goods at most what the policy allows, and names the features that moved it', () => {
  const found = beside?.(readingOf('Gloss 50 ml', { ordinary: 3 }), findingOf())
  expect(found?.evidence).toEqual([
    { kind: 'model', article: 'none', weight: 3, letters: null, value: 'ordinary words 3, shape volume' },
  ])
  const [first] = found?.things[0]?.articles ?? []
  expect(first?.article).toBe('none')
  expect(first?.probability).toBeCloseTo((0.3 * Math.exp(3)) / (0.7 + 0.3 * Math.exp(3)), 10)
})

test('where no word is known, a word is vague or the rules found a plant, it is silent', () => {
  const finding = findingOf()
  expect(beside?.(readingOf('Zorvex 50 ml', {}), finding)).toBe(finding)
  expect(beside?.(readingOf('Gift 50 ml', { ordinary: 3, vague: 0 }), finding)).toBe(finding)
  const plant = findingOf([seeds])
  expect(beside?.(readingOf('Gloss seeds 50 ml', { ordinary: 3 }), plant)).toBe(plant)
})

test('alone it takes the place of the rules', () => {
  const found = hearing(model, 'alone', weights)?.(readingOf('Gloss 50 ml', { ordinary: 3 }), findingOf([seeds]))
  expect(found?.things[0]?.articles[0]?.article).toBe('none')
  expect(found?.evidence).toEqual([seeds])
})
