import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildTrie, type Trie } from './trie.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é', '种', '子'), minLength: 1, maxLength: 9 })
const keys = fc.uniqueArray(text, { maxLength: 60 }).map((list) => list.sort())

function find({ base, check, termAt, classOf }: Trie, key: string): number {
  let node = 0
  for (let at = 0; at < key.length; at += 1) {
    const letter = classOf[key.charCodeAt(at)] as number
    const next = (base[node] as number) + letter
    if (letter === 0 || check[next] !== node) return -1
    node = next
  }
  return termAt[node] as number
}

it('finds every key under its number', () => {
  fc.assert(
    fc.property(keys, (list) => {
      const trie = buildTrie(list)
      expect(list.map((key) => find(trie, key))).toEqual(list.map((_, number) => number))
    }),
  )
})

it('finds nothing that is no key', () => {
  fc.assert(
    fc.property(keys, text, (list, other) => {
      fc.pre(!list.includes(other))
      expect(find(buildTrie(list), other)).toBe(-1)
    }),
  )
})

it('keeps units that are in no key out of its alphabet', () => {
  const { classOf } = buildTrie(['ab', 'b'])
  expect([classOf['b'.charCodeAt(0)], classOf['a'.charCodeAt(0)], classOf['z'.charCodeAt(0)]]).toEqual([1, 2, 0])
})

it('is an empty trie for no keys', () => {
  expect(find(buildTrie([]), 'a')).toBe(-1)
})

it('builds many keys quickly and without gaps', () => {
  const list = Array.from({ length: 50_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 0).toString(36)).sort()
  const trie = buildTrie(list)
  expect(find(trie, list[31_415] as string)).toBe(31_415)
  const taken = trie.check.filter((parent) => parent >= 0).length
  expect(taken / trie.check.length).toBeGreaterThan(0.9)
})
