import { expect, test } from 'vitest'
import type { Fault } from './fault.ts'
import { readModel } from './model.ts'

function read(text: string): [ReturnType<typeof readModel>, string[]] {
  const faults: Fault[] = []
  const model = readModel([{ path: 'policy/model.csv', shown: 'policy/model.csv', text }], faults)
  return [model, faults.map(({ sentence }) => sentence)]
}

test('weights are read by what they speak for', () => {
  const [model, faults] = read('speaks_for,feature,weight\nnone,shape volume,0.70\nthis,form 3,5.1\nnone,always,-1\n')
  expect(model).toEqual({ none: { 'shape volume': 0.7, always: -1 }, this: { 'form 3': 5.1 } })
  expect(faults).toEqual([])
})

test('a weight that is no number is told', () => {
  expect(read('speaks_for,feature,weight\nnone,always,much\n')[1]).toEqual([
    'The weight must be a number, here is "much".',
  ])
})
