import { expect, test } from 'vitest'
import { cultivarEpithets } from './cultivar.ts'

function texts(description: string): string[] | null {
  return cultivarEpithets(description)?.map(([from, to]) => description.slice(from, to)) ?? null
}

test('a cultivar epithet stands in single quotes, straight or curved, and begins with a capital', () => {
  expect(texts("Antirrhinum majus 'Northern Lights'")).toEqual(['Northern Lights'])
  expect(texts('Sunflower ‘Teddy Bear’, 20 seeds')).toEqual(['Teddy Bear'])
  expect(texts("Hosta 'Halcyon' and Rosa 'Peace'")).toEqual(['Halcyon', 'Peace'])
  expect(texts("Paeonia lactiflora '大富贵'")).toEqual(['大富贵'])
})

test('an apostrophe, inches and quoted small letters are no epithet', () => {
  expect(texts("men's shirt, women's shoes")).toBeNull()
  expect(texts("Olga's Round Yellow Chicken")).toBeNull()
  expect(texts("pot 6' x 4'")).toBeNull()
  expect(texts("rose 'cuttings'")).toBeNull()
  expect(texts('Rosa rugosa')).toBeNull()
})
