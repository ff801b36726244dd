import type { Proposal } from '../../decide/policy.ts'
import type { Stage } from '../../parcel/parcel.ts'
import type { Instant } from './instant.ts'
import type { PartyRole } from './party-roles.ts'

/** A question within a case: one fact of one item line. */
export interface QuestionKey {
  /** Item line, from 1. */
  readonly item: number
  readonly fact: string
}

export interface AskedQuestion extends QuestionKey {
  /** The question in words. */
  readonly sentence: string
  /** Who is asked in this round. */
  readonly whom: readonly PartyRole[]
  /** Everybody who can answer, for the rounds that follow. */
  readonly canAnswer: readonly PartyRole[]
  /** What stands meanwhile, where an earlier stage ended without an answer; else null. */
  readonly stands: Proposal | null
}

/** A round of asking: who is asked what, and until when. */
interface Round {
  readonly questions: readonly AskedQuestion[]
  /** Stage of the parcel when it was asked. */
  readonly stage: Stage
  /** From 1. */
  readonly round: number
  readonly deadline: Instant
}

export const causes = ['received', 'amended', 'answered', 'edition', 'replayed'] as const
export type Cause = (typeof causes)[number]

/** The machine proposed. */
export interface Proposed {
  readonly kind: 'proposed'
  readonly proposal: Proposal
  /** Digest of the answer as it is stored. */
  readonly digest: string
  /** Edition of the knowledge. */
  readonly knowledge: string
  readonly engine: string
  /** Day whose law counts. */
  readonly day: string
  readonly cause: Cause
  /** What the answer still asks. Questions that it asks no longer are closed. */
  readonly questions: readonly QuestionKey[]
}

/** Questions were put to those who can answer. */
export interface Asked extends Round {
  readonly kind: 'asked'
}

/** A vague declaration went back to who lodged it, to be made better. */
export interface ReturnedToDeclarant extends Round {
  readonly kind: 'returned-to-declarant'
  /** Partner who lodged it, and the country of dispatch: what the scorecard of data quality counts by. */
  readonly partner: string
  readonly dispatch: string | null
}

export interface Reminded {
  readonly kind: 'reminded'
  readonly questions: readonly QuestionKey[]
  /** The first reminder of a round is 1. */
  readonly number: number
}

/** Somebody answered a question. The parcel is then screened again. */
export interface Answered extends QuestionKey {
  readonly kind: 'answered'
  /** In which capacity. */
  readonly as: PartyRole
  readonly value: string
}

/** Nobody answered in time; policy says what follows. */
export interface QuestionEnded {
  readonly kind: 'question-ended'
  readonly questions: readonly QuestionKey[]
  readonly stood: Proposal
  readonly follows: Proposal
}

/** Whether two keys mean the same question. */
export function isSameQuestion(one: QuestionKey, other: QuestionKey): boolean {
  return one.item === other.item && one.fact === other.fact
}
