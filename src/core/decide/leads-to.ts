import type { Article } from '../parcel/articles.ts'
import type { Parcel } from '../parcel/parcel.ts'
import { type Demand, isBan, isLaw } from '../require/demands.ts'
import type { Measure } from '../require/pack.ts'
import { type Policy, type Proposal, severity, stricter } from './policy.ts'

interface Plea {
  readonly demands: readonly Demand[]
  readonly complete: boolean
  readonly article: Article
  readonly claimed: readonly string[]
  readonly stage: Parcel['stage']
  readonly policy: Policy
}

/** The proposal that the law's demands on one article lead to. */
export function leadsTo({ demands, complete, article, claimed, stage, policy }: Plea): Proposal {
  let proposal: Proposal = complete ? 'no-objection' : (policy.notLoaded[article] ?? 'ask')
  const held = isHeldForPaper(demands, claimed)
  for (const demand of demands.filter(moves)) {
    if (isBan(demand)) proposal = stricter(policy, proposal, banLeadsTo(demand, claimed, stage, policy))
    else
      for (const { measure } of demand.requirement.measures) {
        if (demand.waived.includes(measure)) continue
        const asked = measureLeadsTo(measure, demand, claimed, policy)
        proposal = stricter(policy, proposal, held ? milder(policy, asked, policy.derogation) : asked)
      }
  }
  return proposal
}

/** Terms of a carrier that may not be the one, or may not reach the goods, are told and move nothing. */
function moves({ requirement, certainty }: Demand): boolean {
  return requirement.branch !== 'carrier' || certainty === 'required'
}

/** Whether every sure prohibition is let off by a paper: the parcel waits for it, and for what is written on it. */
function isHeldForPaper(demands: readonly Demand[], claimed: readonly string[]): boolean {
  const bans = demands.filter((demand) => isBan(demand) && demand.certainty === 'required')
  return bans.length > 0 && bans.every(({ derogation }) => derogation !== null || claimed.includes('authorisation'))
}

function milder(policy: Policy, one: Proposal, other: Proposal): Proposal {
  return severity(policy, one) < severity(policy, other) ? one : other
}

function banLeadsTo(demand: Demand, claimed: readonly string[], stage: Parcel['stage'], policy: Policy): Proposal {
  if (demand.certainty === 'possible') return policy.unmet['possible'] ?? 'ask'
  // What a carrier should not have taken has come all the same: that alone is no reason to refuse it entry.
  if (!isLaw(demand)) return stage === 'pre-departure' ? 'stop-before-dispatch' : (policy.unmet['possible'] ?? 'ask')
  if (demand.derogation !== null || claimed.includes('authorisation')) return policy.derogation
  return stage === 'pre-departure' ? 'stop-before-dispatch' : 'refuse'
}

function measureLeadsTo(measure: Measure, demand: Demand, claimed: readonly string[], policy: Policy): Proposal {
  if (demand.certainty === 'possible') return policy.unmet['possible'] ?? 'ask'
  return isMet(measure, claimed, policy) ? policy.claimed : (policy.unmet[measure] ?? 'inspect')
}

/** Whether a paper that meets the measure is claimed. */
export function isMet(measure: Measure, claimed: readonly string[], policy: Policy): boolean {
  return (policy.meets[measure] ?? []).some((kind) => claimed.includes(kind))
}
