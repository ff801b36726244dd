import type { Case } from './case.ts'
import { type Decided, finalActs, refusals } from './event-deciding.ts'
import { type Following, refused } from './following.ts'
import { isDay, isInstant } from './instant.ts'

/** Why a decision may not be taken, or null. Whoever refuses entry says by which requirement, in whose name, and what is offered. */
export function mayDecide(state: Case, body: Decided): Following | null {
  const { act, to, until } = body
  const facts = { act: `@act.${act}` }
  const { decision } = state
  if (decision?.state === 'carried-out' && finalActs.includes(decision.told.act) && act !== 'notify')
    return refused('case-closed', { act: `@act.${decision.told.act}` })
  if (act === 'stop-before-dispatch' && (state.stage === 'departed' || state.stage === 'arrived'))
    return refused('dispatched-already')
  if (until !== null && !isInstant(until)) return refused('time-not-an-instant', { at: until })
  if (act === 'hand-over' && to === null) return refused('hand-over-to-whom')
  if (refusals.includes(act)) return refusalFault(body, facts)
  return needsReasons(state, body) ? refused('reasons-missing', facts) : null
}

function refusalFault(
  { requirement, authority, reasons, disposal }: Decided,
  facts: Following['facts'],
): Following | null {
  if (isBlank(requirement)) return refused('requirement-missing', facts)
  if (isBlank(authority)) return refused('authority-missing', facts)
  if (isBlank(reasons)) return refused('reasons-missing', facts)
  if (disposal === null || disposal.offered.length === 0) return refused('disposal-missing', facts)
  return isDay(disposal.until) ? null : refused('disposal-no-day', { day: disposal.until })
}

/** Whoever lets go what the machine holds, and has not looked into it, says why. */
function needsReasons({ standing, inspections }: Case, { act, reasons }: Decided): boolean {
  const held = standing !== null && standing !== 'no-objection'
  return act === 'release' && held && inspections.length === 0 && isBlank(reasons)
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
