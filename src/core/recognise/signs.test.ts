import { expect, test } from 'vitest'
import { signOfGoods } from './signs.ts'

const told = (text: string): string | null => {
  const sign = signOfGoods(text)
  return sign === null ? null : `${sign.strength} ${text.slice(sign.from, sign.to)}`
}

test('units of electricity and data and the scale of a model are loud', () => {
  expect(['Drill 18V', 'USB stick 64 GB', 'Ford 5000 1:32', 'Lamp 7.5 watt'].map(told)).toEqual([
    '3 18V',
    '3 64 GB',
    '3 1:32',
    '3 7.5 watt',
  ])
})

test('threads and spans of years are softer, sizes of clothes and model numbers softest', () => {
  expect(['nuts M12x1.5', 'Civic 2006-2011', 'hoodie 3XL', 'BN59-01315A'].map(told)).toEqual([
    '2 M12x1.5',
    '2 2006-2011',
    '1 3XL',
    '1 BN59-01315A',
  ])
})

test('amounts of seeds and fractions are no signs', () => {
  expect(['Roma VF 50 seeds', '1/2 lb', '1/4 oz', 'F1 x 10', 'MM106', '10x20 cm', '250 ml'].map(told)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})
