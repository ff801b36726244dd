/** From mildest to strictest. */
export const proposals = ['no-objection', 'ask', 'hold-documents', 'inspect', 'stop-before-dispatch', 'refuse'] as const
export type Proposal = (typeof proposals)[number]

/** Thresholds and weights that the authority owns: `knowledge/policy/*.yaml`. */
export interface Policy {
  /** Mildest to strictest; a permutation of `proposals`. */
  readonly order: readonly Proposal[]
  /** Share of probability from which a proposal stands in full. */
  readonly act: number
  /** Share of probability of anything that is not harmless from which at least `ask` stands. */
  readonly ask: number
  /** Below this clarity the declaration goes back to who lodged it. */
  readonly vague: number
  /** What an unmet measure leads to when nobody claims the paper, and when somebody does. */
  readonly unmet: Readonly<Record<string, Proposal>>
  readonly claimed: Proposal
  readonly questions: number
  /** Weights of recognition by name, in natural logarithms of odds. */
  readonly weights: Readonly<Record<string, number>>
}
