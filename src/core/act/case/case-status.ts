import type { Case } from './case.ts'
import { type Act, finalActs } from './event-deciding.ts'

/** Where a case stands, in an officer's words: `case-status.*`. */
export const caseStatuses = [
  'new',
  'opened-without-data',
  'received',
  'no-objection',
  'waiting-for-answer',
  'returned-to-declarant',
  'to-ask',
  'to-hold',
  'to-inspect',
  'to-stop',
  'to-refuse',
  'to-carry-out',
  'stopped',
  'detained',
  'inspected',
  'waiting-for-laboratory',
  'treated',
  'in-quarantine',
  'closed',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** Where a case stands, by what a person decided first, then by what was found, then by what the machine proposes. */
export function statusOf(state: Omit<Case, 'status'>): CaseStatus {
  return byDecision(state) ?? byFinding(state) ?? byProposal(state)
}

const afterAct: Readonly<Partial<Record<Act, CaseStatus>>> = {
  'stop-before-dispatch': 'stopped',
  detain: 'detained',
  treat: 'treated',
  quarantine: 'in-quarantine',
}

function byDecision({ decision, inspections, samples }: Omit<Case, 'status'>): CaseStatus | null {
  if (decision === null) return null
  if (decision.state === 'taken') return 'to-carry-out'
  if (finalActs.includes(decision.told.act)) return 'closed'
  if (samples.length > 0) return 'waiting-for-laboratory'
  // What was looked into since awaits a person's word.
  if (inspections.some(({ seq }) => seq > decision.seq)) return 'inspected'
  return afterAct[decision.told.act] ?? null
}

function byFinding({ inspections, samples }: Omit<Case, 'status'>): CaseStatus | null {
  if (samples.length > 0) return 'waiting-for-laboratory'
  return inspections.length > 0 ? 'inspected' : null
}

function byProposal({ standing, questions, openedWithoutData, messages }: Omit<Case, 'status'>): CaseStatus {
  if (standing === null) {
    if (messages.length > 0) return 'received'
    return openedWithoutData === null ? 'new' : 'opened-without-data'
  }
  if (standing !== 'ask') return forStanding[standing]
  const open = questions.filter(({ state }) => state === 'open')
  if (open.some(({ returned }) => returned)) return 'returned-to-declarant'
  return open.length > 0 ? 'waiting-for-answer' : 'to-ask'
}

const forStanding = {
  'no-objection': 'no-objection',
  'hold-documents': 'to-hold',
  inspect: 'to-inspect',
  'stop-before-dispatch': 'to-stop',
  refuse: 'to-refuse',
} as const
