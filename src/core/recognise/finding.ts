import type { Article } from '../parcel/articles.ts'
import type { Part, State, Use } from '../parcel/state.ts'
import type { Implausible } from './plausibility.ts'

/** Letters of the description as declared, in UTF-16 units. */
export interface Letters {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Something that was seen, what it speaks for, and how strongly. */
export interface Evidence {
  readonly kind:
    | 'form'
    | 'name'
    | 'goods'
    | 'imitation'
    | 'attribute'
    | 'process'
    | 'state'
    | 'part'
    | 'use'
    | 'hs'
    | 'category'
    | 'vague'
    | 'soiled'
    | 'packaging'
    | 'purpose'
    | 'ingredient'
    | 'variant'
    | 'nothing'
    | 'ordinary'
    | 'measure'
    | 'plausibility'
    | 'model'
  readonly article: Article
  /** Natural logarithm of the odds it adds for the article. */
  readonly weight: number
  /** Where it was seen; null for evidence outside the description (an HS code). */
  readonly letters: Letters | null
  /** HS code, category, number of a taxon or word of a list, where one belongs to it. */
  readonly value: string | null
}

/** A plant name in the description. */
export interface NameFound extends Letters {
  /** Numbers of the taxa it may mean, each as good as the other. */
  readonly taxa: readonly number[]
}

/** One thing that an item holds, with what it may be. */
export interface Thing {
  /** Every article with more than a trace of probability, the likeliest first; `none` and `unclear` among them. */
  readonly articles: readonly { readonly article: Article; readonly probability: number }[]
  readonly names: readonly NameFound[]
  readonly part: Part | null
  readonly state: Partial<State>
  /** Whether its facts were given by hand and not read from words: then nothing is presumed. */
  readonly given?: boolean
  readonly use: Use | null
}

/** What an item line is. */
export interface Finding {
  readonly index: number
  readonly things: readonly Thing[]
  /** 0 to 1: how far the description can be told at all. */
  readonly clarity: number
  /** Whether the words and the HS code say different things. */
  readonly contradiction: boolean
  readonly evidence: readonly Evidence[]
  /** Names and forms seen and set aside, with the evidence that did it. */
  readonly ruledOut: readonly Evidence[]
  readonly contamination: Letters | null
  readonly packaging: Letters | null
  /** A weight or value that does not fit what the line reads as. */
  readonly implausible?: Implausible
}
