import type { Article } from '../parcel/articles.ts'
import type { StateFact } from '../parcel/state.ts'
import type { ModelUse } from '../recognise/model.ts'
import type { UnitWords } from '../recognise/numbers.ts'
import { type Measure, measures } from '../require/pack.ts'

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
  /** Articles less probable than this are not followed through the law. */
  readonly consider: number
  /** Below this clarity the declaration goes back to who lodged it. */
  readonly vague: number
  /** What a measure leads to when it is required and nobody claims the paper; also `possible` and `contamination`. */
  readonly unmet: Readonly<Record<string, Proposal>>
  /** What a required paper that is claimed leads to. */
  readonly claimed: Proposal
  /** What a prohibition leads to where a derogation could hold or an authorisation is claimed. */
  readonly derogation: Proposal
  /** What an article leads to where the law of the destination is not loaded or not complete. */
  readonly notLoaded: Readonly<Partial<Record<Article, Proposal>>>
  /** Facts of state that are taken for granted while nothing tells otherwise: a dwarfed tree is sold as one. Shown as not told. */
  readonly presume: Readonly<Partial<Record<StateFact, boolean>>>
  /** Kinds of claimed paper that meet a measure. */
  readonly meets: Readonly<Record<string, readonly string[]>>
  /** Most questions asked about one parcel. */
  readonly questions: number
  /** Who can answer a question, by fact. */
  readonly askWhom: Readonly<Record<string, readonly string[]>>
  /** Weights of recognition by name, in natural logarithms of odds. */
  readonly weights: Readonly<Record<string, number>>
  /** Kinds of products whose plants after "with" are ingredients, not contents. */
  readonly ingredientKinds: readonly string[]
  /** Kinds of products that soil clings to: boots, tents, tools. */
  readonly soiledKinds: readonly string[]
  /** Words for many goods at once: what is eaten beside them is no look of theirs. */
  readonly collectives: readonly string[]
  /** What one unit of a currency is worth in the reference currency, coarsely. */
  readonly currencies: Readonly<Record<string, number>>
  /** Words beside which a thing is less than its name: a case, a miniature, a part. */
  readonly lesserWords: readonly string[]
  /** Taxa whose name behind an unmistakable product is its scent, flavour or colour (lavender, cherry), not the thing itself. */
  readonly scents: readonly string[]
  /** Whether the learned model is heard beside the rules. */
  readonly model: ModelUse
  /** Words that turn a number into a fact. */
  readonly units: UnitWords
  /** What checks before the sale go by. */
  readonly checks: CheckPolicy
}

/** What checks before the sale go by: `knowledge/policy/checks.yaml`. */
export interface CheckPolicy {
  /** Every measure, in the order in which a seller sees to them. */
  readonly order: readonly Measure[]
  /** Demands that only could apply and are told one by one. */
  readonly possible: number
  /** Days for which a receipt is honoured. */
  readonly receiptDays: number
  /** Share of words that two titles of one seller have in common when they are wordings of one offer. */
  readonly sameOffer: number
  /** From so many unclear wordings of one offer on, rewording is told to whoever runs the checks. */
  readonly rewordings: number
}

/** Where the policy says nothing of checks: measures as law lists them, receipts of the same day, and each rewording told. */
export const silentChecks: CheckPolicy = {
  order: measures,
  possible: 0,
  receiptDays: 0,
  sameOffer: 0.5,
  rewordings: 1,
}

/** Place of a proposal in the policy's order: 0 is the mildest. */
export function severity(policy: Policy, proposal: Proposal): number {
  return policy.order.indexOf(proposal)
}

/** The stricter of two proposals. */
export function stricter(policy: Policy, one: Proposal, other: Proposal): Proposal {
  return one === other || severity(policy, one) >= severity(policy, other) ? one : other
}
