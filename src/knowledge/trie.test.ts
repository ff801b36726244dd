import fc from 'fast-check'
import { expect, it } from 'vitest'
import { childOf, nodeSize, ofNode, termAtNode } from '../core/recognise/lexicon.ts'
import { buildTrie, type Trie } from './trie.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é', '种', '子'), minLength: 1, maxLength: 9 })
const keys = fc.uniqueArray(text, { maxLength: 60 }).map((list) => list.sort())

function find({ nodes, classOf }: Trie, key: string): number {
  let node = 0
  for (let at = 0; at < key.length; at += 1) {
    node = childOf(nodes, node, classOf[key.charCodeAt(at)] as number)
    if (node < 0) return -1
  }
  return termAtNode(nodes, node)
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
  const parents = trie.nodes.filter((_, at) => at % nodeSize === ofNode.parent)
  expect(parents.filter((parent) => parent >= 0).length / parents.length).toBeGreaterThan(0.9)
})
