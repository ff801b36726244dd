import { expect, test } from 'vitest'
import { shapesOf } from './shapes.ts'

test('signs of made goods are seen in any script', () => {
  expect(shapesOf('Gel douche 400 ml')).toEqual(['shape volume'])
  expect(shapesOf('快充数据线2米')).toEqual(['shape size'])
  expect(shapesOf('KR-4410 drum')).toEqual(['shape model number'])
  expect(shapesOf('Кабель 20 см, 5 шт')).toEqual(['shape size', 'shape pieces'])
})

test('a name in quotes is a cultivar, capitals are no sign', () => {
  expect(shapesOf("Hosta 'Blue Mouse Ears'")).toEqual(['shape quotes of a cultivar'])
  expect(shapesOf('BLACK ZEBRA')).toEqual([])
  expect(shapesOf("men's socks")).toEqual(['shape apostrophe'])
})
