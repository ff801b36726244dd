import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hintsIn } from './sign-hints.ts'
import { signOfGoods, signs } from './signs.ts'

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
  expect(['Roma VF 50 seeds', '1/2 lb', '1/4 oz', 'F1 x 10', 'MM106', '10x20 cm', '500 ml pot'].map(told)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})

test('liquids and doses are no plants where none is named, but for the pots they stand in', () => {
  expect(['Triphala 200ml', 'drops 0.5 fl oz', 'D3 400 IU', '30 capsules', 'cream SPF50'].map(told)).toEqual([
    '2 200ml',
    '2 0.5 fl oz',
    '2 400 IU',
    '2 30 capsules',
    '2 SPF50',
  ])
})

test('whom a thing is for and the number of an article are soft signs', () => {
  expect(['Stunner for women', 'Pirate ship 70413', 'HS 060290', 'HS 120991', 'forget me not'].map(told)).toEqual([
    '1 for women',
    '1 70413',
    null,
    null,
    null,
  ])
})

test('no sign is passed over by the walk that looks for what signs need', () => {
  const piece = fc.constantFrom(
    ...'0 1 2 5 12 32 72 500 2019 70413 v w V K \u212a \u017f \u00b5 \u00e9 \u00a0 \u3000 mah kwh hz psi ml fl oz mg iu tabs capsules spf SPF m x X xl XXS w32 l34 eu uk US 42 mm106 bn a - \u2013 : / . , # ( for men For kids women'.split(
      ' ',
    ),
    ' ',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      const found = hintsIn(text)
      for (const [sign, , hint] of signs) if (sign.test(text)) expect(found & hint, text).toBe(hint)
    }),
    { numRuns: 5000 },
  )
})
