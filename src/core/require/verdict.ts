import { isBan, isLaw } from './demands.ts'
import type { LawAnswer } from './requirements.ts'

export type Verdict = 'prohibited' | 'partly-prohibited' | 'conditions' | 'no-requirement' | 'not-loaded'

/** One word for what the law says: terms of carriers are told beside it and change it only where they are sure and the law asks nothing. */
export function verdictOf(answer: LawAnswer): Verdict {
  if (!answer.loaded) return 'not-loaded'
  const law = answer.demands.filter(isLaw)
  const bans = law.filter(
    (demand) => isBan(demand) && !(demand.requirement.contamination && demand.certainty === 'possible'),
  )
  if (bans.some(({ certainty, derogation }) => certainty === 'required' && derogation === null)) return 'prohibited'
  if (bans.length > 0) return 'partly-prohibited'
  if (law.length > 0) return 'conditions'
  if (!answer.complete) return 'not-loaded'
  return answer.demands.some(({ certainty }) => certainty === 'required') ? 'conditions' : 'no-requirement'
}
