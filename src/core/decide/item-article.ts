import type { Article } from '../parcel/articles.ts'
import type { Policy } from './policy.ts'
import type { ItemDecision } from './reason.ts'

/** The article an item is decided on: `unclear` where ordinary goods are likeliest and something else cannot be left out. */
export function itemArticle({ decisive, judgement, finding }: ItemDecision, policy: Policy): Article {
  if (decisive === null) return 'unclear'
  if (
    decisive.article === 'none' &&
    (judgement.proposal !== 'no-objection' || finding.clarity < policy.vague) &&
    finding.contamination === null
  )
    return 'unclear'
  return decisive.article
}
