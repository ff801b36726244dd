import type { Proposal } from '../../decide/policy.ts'
import type { Case } from './case.ts'

/** The stricter of two proposals by an order from mildest to strictest. */
export function stricterOf(order: readonly Proposal[], one: Proposal, other: Proposal): Proposal {
  return order.indexOf(one) >= order.indexOf(other) ? one : other
}

/**
 * What stands: the machine's proposal, made stricter by questions that it still asks and that nobody answered. Null before there is
 * a proposal. An answer that came does not make it milder before the parcel was screened again.
 */
export function standingOf({ order, proposal, questions }: Case): Proposal | null {
  if (proposal === null) return null
  let stands = proposal.told.proposal
  for (const { state, follows, stands: before } of questions) {
    if (state === 'closed') continue
    const raised = follows ?? before
    if (raised !== null) stands = stricterOf(order, stands, raised)
  }
  return stands
}
