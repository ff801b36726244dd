import type { Clean } from './clean.ts'
import type { Garden } from './garden.ts'
import type { Oddity } from './parsed.ts'
import type { Single } from './pieces.ts'
import type { IsOrdinary } from './single.ts'

/** Something odd that was seen. */
export interface Odd {
  readonly kind: Oddity
  readonly at: readonly [number, number] | null
  /** Whether the place is one of the text as it was given. */
  readonly moved: boolean
}

/** A name while it is read. */
export interface Draft {
  readonly cleaned: Clean
  readonly isOrdinary: IsOrdinary
  readonly odd: Odd[]
  singles: Single[]
  candidatus: boolean
  /** A formula whose last parent is missing. */
  openEnd: boolean
  virus: readonly string[] | null
  graft: boolean
  garden: Garden
}

/** Notes that something is odd, at a place of the cleaned text. */
export function note(draft: Draft, kind: Oddity, at: readonly [number, number] | null = null): void {
  draft.odd.push({ kind, at, moved: false })
}
