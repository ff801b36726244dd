import type { Concept } from '../core/recognise/lexicon.ts'
import type { Spot } from './fault.ts'

/** One thing that a text can say, before texts are folded and packed. */
export interface WrittenSense {
  readonly text: string
  readonly concept: Concept
  /** Position of the value in the concept's list. */
  readonly value: number
  readonly strength: number
  readonly language: number
  readonly taxa: readonly number[]
  /** Number of the article it usually is; 0 when not told. */
  readonly article: number
  /** Who says so: an expert, taxonomy, or WordNet where nobody else does. */
  readonly from: 'written' | 'taxonomy' | 'wordnet'
  /** The row that says so, of what experts wrote. */
  readonly at?: Spot
}
