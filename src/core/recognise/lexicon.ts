import type { Spelling } from './spelling.ts'

/**
 * The compiled vocabulary: a double-array trie over folded text (Aoe 1989) and packed senses.
 * Everything is a typed array over one buffer, so worker threads share it.
 */
export interface Lexicon {
  /**
   * Nodes of the trie, `nodeSize` numbers each, side by side, so that a step touches one stretch of memory: where its children
   * stand (the child by letter class `c` is node `base + c`), the node that it is a child of, and the term that ends at it or -1.
   */
  readonly nodes: Int32Array
  /** Class of each UTF-16 unit in the trie's alphabet; 0 for units that occur in no term. */
  readonly classOf: Uint16Array
  /** Folding of each UTF-16 unit: see `fold.ts`. */
  readonly fold: Uint16Array
  /** Senses of term t are `senseFrom[t] .. senseFrom[t + 1]`. */
  readonly senseFrom: Int32Array
  /** `senseSize` numbers a sense: see `Sense`. */
  readonly senses: Int32Array
  /** Taxa of all senses, one after another. */
  readonly senseTaxa: Int32Array
  /** Words as they may have been meant. */
  readonly spelling: Spelling
}

/** Numbers of one node of the trie, and their positions. */
export const nodeSize = 3
export const ofNode = { base: 0, parent: 1, term: 2 } as const

/** Node that a letter class leads to from a node, or -1. */
export function childOf(nodes: Int32Array, node: number, letter: number): number {
  const child = (nodes[node * nodeSize] as number) + letter
  return letter !== 0 && nodes[child * nodeSize + ofNode.parent] === node ? child : -1
}

/** Term that ends at a node, or -1. */
export function termAtNode(nodes: Int32Array, node: number): number {
  return nodes[node * nodeSize + ofNode.term] as number
}

/** Positions inside one packed sense. */
export const sense = {
  concept: 0,
  value: 1,
  strength: 2,
  language: 3,
  taxaFrom: 4,
  taxaCount: 5,
  article: 6,
  spelling: 7,
} as const
export const senseSize = 8

/** What a term can be evidence of; a concept's number is its position. */
export const concepts = [
  'name',
  'form',
  'goods',
  'imitation',
  'attribute',
  'process',
  'state',
  'part',
  'use',
  'container',
  'joint',
  'vague',
  'soiled',
  'packaging',
  'sold',
] as const
export type Concept = (typeof concepts)[number]

/** Values of the concepts; a value's number is its position. `form` takes articles, `part` parts, `use` uses. */
export const conceptValues = {
  name: ['plain', 'word', 'food', 'candidate', 'beside'],
  goods: [
    'jewellery',
    'clothing',
    'electronics',
    'cosmetics',
    'food',
    'toy',
    'home',
    'tool',
    'paper',
    'medicine',
    'vehicle',
    'sport',
    'media',
    'animal',
    'chemical',
    'other',
    'thing',
  ],
  attribute: ['look', 'smell', 'taste', 'name'],
  process: [
    'dried',
    'ground',
    'frozen',
    'roasted',
    'cooked',
    'preserved',
    'extracted',
    'milled',
    'peeled',
    'manufactured',
  ],
  state: [
    'fresh',
    'leaves',
    'leaves:no',
    'flowers',
    'flowers:no',
    'fruit:no',
    'dormant',
    'rooted',
    'rooted:no',
    'bare-root',
    'grafted',
    'dwarfed',
    'in-medium',
    'unused',
    'used',
    'peat-or-coir',
    'peat-or-coir:no',
    'shelled',
    'shelled:no',
  ],
  joint: ['with', 'and', 'for', 'of', 'without'],
  sold: ['fresh', 'bunch', 'piece'],
} as const

/** Whether a term has a sense of a concept, at least as strong as `strength`. */
export function termSays({ senseFrom, senses }: Lexicon, term: number, concept: number, strength = 0): boolean {
  for (let at = senseFrom[term] as number; at < (senseFrom[term + 1] as number); at += 1) {
    const first = at * senseSize
    if (senses[first + sense.concept] === concept && (senses[first + sense.strength] as number) >= strength) return true
  }
  return false
}
