import type { Taxa } from '../parcel/taxa.ts'
import type { Headings } from './goods.ts'
import type { ImportedNames } from './imported.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hearing } from './model.ts'
import type { PlausibilityDesk } from './plausibility.ts'

/** What recognising needs to know. */
export interface RecogniserKnowledge extends PlausibilityDesk {
  readonly lexicon: Lexicon
  readonly languages: readonly {
    readonly head: 'first' | 'last'
    readonly compounds: boolean
    readonly international: boolean
    /** Whether whoever types one accent types them all. */
    readonly tones?: boolean
  }[]
  /** Kinds of products whose plants after "with" are ingredients. */
  readonly ingredientKinds: readonly string[]
  /** Words for many goods at once: what is eaten beside them is no look of theirs. */
  readonly collectives: readonly string[]
  /** Kinds of products that soil clings to: boots, tents, tools. */
  readonly soiledKinds: readonly string[]
  /** Taxa whose name behind an unmistakable product is its scent, flavour or colour. */
  readonly scents: readonly string[]
  readonly taxa: Taxa
  readonly imported?: ImportedNames
  /** Number of an imported taxon, which it makes known. */
  readonly meet?: (own: number) => number
  readonly headings: Headings
  readonly categories: Headings
  /** What a learned model says beside the rules; null where it is off. */
  readonly hearing?: Hearing | null
}
