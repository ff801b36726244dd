import type { ActorKind, EventKind } from './event.ts'

/** Who may do what. A proposal is the machine's alone; a decision never is. */
const byWhom: { readonly [K in EventKind]: readonly ActorKind[] } = {
  received: ['person', 'key', 'system'],
  proposed: ['system'],
  asked: ['system', 'person'],
  'returned-to-declarant': ['system', 'person'],
  reminded: ['system', 'person'],
  answered: ['person', 'key'],
  'question-ended': ['system', 'person'],
  'certificate-step': ['person', 'key', 'system'],
  decided: ['person'],
  'decision-undone': ['person'],
  'carried-out': ['person', 'key'],
  inspected: ['person'],
  'laboratory-result': ['person', 'key'],
  'partner-code-read': ['person', 'key'],
  'personal-data-viewed': ['person'],
  'personal-data-deleted': ['system', 'person'],
  'receipt-claimed': ['person', 'key', 'system'],
  'opened-without-data': ['person', 'key'],
  selected: ['system', 'person'],
  located: ['person', 'key'],
  assigned: ['person'],
  notified: ['system', 'person'],
  note: ['person'],
}

/** Whether such an actor may be who an event is by. Nobody may do what is not known here. */
export function mayAct(by: ActorKind, kind: EventKind): boolean {
  const may: readonly ActorKind[] = byWhom[kind] ?? []
  return may.includes(by)
}
