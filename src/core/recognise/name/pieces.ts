import type { Authorship } from './authors.ts'
import { space } from './letters.ts'
import type { Hybrid, Oddity } from './parsed.ts'

/** One piece of a name: genus, epithet, or the lower of two names of one word. */
export interface Piece {
  readonly name: string
  /** The sign before it, as "var. " or "× "; empty when there is none. */
  readonly sign: string
}

/** One name, no formula, as it is read piece by piece. */
export interface Single {
  end: number
  readonly pieces: Piece[]
  authors: Authorship | null
  rank: string | null
  hybrid: Hybrid | null
  open: string | null
  abbreviated: boolean
  /** Section and the like: the last piece alone is the simple name. */
  combined: boolean
  readonly odd: { readonly kind: Oddity; readonly at: readonly [number, number] }[]
}

/** Where the next letter that is no blank stands. */
export function blankEnd(text: string, at: number): number {
  let end = at
  while (text.charCodeAt(end) === space) end += 1
  return end
}
