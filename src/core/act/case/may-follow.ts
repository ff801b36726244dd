import { findOpenQuestion } from './add-questions.ts'
import { mayAct } from './by-whom.ts'
import type { Case, CaseDecision } from './case.ts'
import { isSameCertificate } from './certificate-number.ts'
import { actorKind, type EventBody, type EventDraft, type EventKind } from './event.ts'
import type { QuestionKey } from './event-asking.ts'
import { certificateSteps } from './event-inspecting.ts'
import { type Following, allowed as fine, kept, refused } from './following.ts'
import { hasCome, isInstant } from './instant.ts'
import { mayDecide } from './may-decide.ts'
import { stricterOf } from './standing.ts'

/** Whether an event may be added to a case: who does it, when, and what came before. */
export function mayFollow(state: Case, draft: EventDraft): Following {
  const { at, actor, body } = draft
  if (!isInstant(at)) return refused('time-not-an-instant', { at })
  const by = actorKind(actor)
  if (by === null) return refused('actor-unknown', { actor })
  if (!mayAct(by, body.kind)) return refused(by === 'system' ? 'not-by-machine' : `not-by-${by}`, { event: body.kind })
  const rule = rules[body.kind] as Rule<EventKind> | undefined
  return rule === undefined ? fine : rule(state, body, draft)
}

type Rule<K extends EventKind> = (state: Case, body: Extract<EventBody, { kind: K }>, draft: EventDraft) => Following

const rules: { readonly [K in EventKind]?: Rule<K> } = {
  received: ({ messages }, { digest, partner, amends }) => {
    // Only the latest counts: what was changed may be changed back.
    if (messages.findLast(({ told }) => told.partner === partner)?.told.digest === digest)
      return refused('message-known', { partner })
    const known = messages.some(({ told }) => told.digest === amends && told.partner === partner)
    return amends === null || known ? fine : refused('amends-unknown', { partner })
  },
  'opened-without-data': ({ messages, openedWithoutData }) =>
    messages.length > 0 || openedWithoutData !== null ? refused('opened-already') : fine,
  proposed: ({ messages }) => (messages.length === 0 ? refused('no-message') : fine),
  asked: (_, body, { at }) => roundFaults(body, at),
  'returned-to-declarant': ({ messages }, body, { at }) =>
    messages.length === 0 ? refused('no-message') : roundFaults(body, at),
  reminded: (state, { questions }) => openFaults(state, questions),
  answered: (state, key) => {
    if (key.value.trim() === '') return refused('answer-empty')
    const open = findOpenQuestion(state, key)
    return open === undefined ? kept('answer-unasked', { item: `${key.item}`, fact: key.fact }) : fine
  },
  'question-ended': (state, { questions, follows }, { at, actor }) => {
    const faults = openFaults(state, questions)
    if (!faults.allowed) return faults
    const early = questions.some((key) => !hasCome(at, findOpenQuestion(state, key)?.deadline ?? at))
    if (early && actorKind(actor) === 'system') return refused('deadline-not-come')
    const { standing, order } = state
    return standing !== null && stricterOf(order, standing, follows) !== follows
      ? refused('milder-than-stood', { stood: `@proposal.${standing}`, follows: `@proposal.${follows}` })
      : fine
  },
  'certificate-step': (state, { certificate, step }, { actor }) => {
    const seen = certificateSteps.indexOf(step) >= certificateSteps.indexOf('original-seen')
    if (seen && actorKind(actor) !== 'person') return refused('step-by-person', { step: `@certificate-step.${step}` })
    const claimed = state.certificates.some(({ claim }) => isSameCertificate(claim, certificate))
    return step === 'claimed' || claimed ? fine : refused('certificate-not-claimed')
  },
  decided: (state, body) => mayDecide(state, body) ?? fine,
  'decision-undone': (state, { decision }) => withTaken(state, decision),
  'carried-out': (state, { decision }) => withTaken(state, decision),
  inspected: ({ inspections, decision }, { id, done, minutes }) => {
    if (inspections.some(({ told }) => told.id === id)) return refused('inspection-known')
    if (!isInstant(done)) return refused('time-not-an-instant', { at: done })
    if (!(minutes >= 0)) return refused('minutes-negative')
    return decision?.state === 'carried-out' ? kept('inspected-after', { act: `@act.${decision.told.act}` }) : fine
  },
  'laboratory-result': ({ inspections }, { inspection }) =>
    inspections.some(({ told }) => told.id === inspection) ? fine : refused('inspection-unknown'),
  'personal-data-viewed': ({ personalData }, { purpose }) => {
    if (personalData === 'deleted') return refused('personal-data-gone')
    return purpose.trim() === '' ? refused('purpose-missing') : fine
  },
  'personal-data-deleted': ({ personalData }) => (personalData === 'deleted' ? refused('personal-data-gone') : fine),
  selected: (_, { probability }) => (probability > 0 && probability <= 1 ? fine : refused('probability-outside')),
  assigned: (_, { to }) => (to === null || actorKind(to) === 'person' ? fine : refused('assigned-to-no-person')),
  note: (_, { text }) => (text.trim() === '' ? refused('words-missing') : fine),
}

function roundFaults(
  {
    questions,
    deadline,
  }: { readonly questions: readonly { readonly whom: readonly string[] }[]; readonly deadline: string },
  at: string,
): Following {
  if (questions.length === 0) return refused('nothing-asked')
  if (questions.some(({ whom }) => whom.length === 0)) return refused('nobody-asked')
  return isInstant(deadline) && !hasCome(at, deadline) ? fine : refused('deadline-before', { deadline })
}

function openFaults(state: Case, questions: readonly QuestionKey[]): Following {
  const closed = questions.find((key) => findOpenQuestion(state, key) === undefined)
  if (closed !== undefined) return refused('question-not-open', { item: `${closed.item}`, fact: closed.fact })
  return questions.length === 0 ? refused('nothing-asked') : fine
}

/** A decision that is to be undone or carried out is there, stands, and was not carried out. */
function withTaken({ decisions, decision }: Case, number: number): Following {
  const found: CaseDecision | undefined = decisions.find(({ seq }) => seq === number)
  if (found === undefined) return refused('decision-unknown', { decision: `${number}` })
  const facts = { act: `@act.${found.told.act}` }
  if (found.state === 'undone') return refused('decision-undone', facts)
  if (found.state === 'carried-out') return refused('decision-carried-out', facts)
  // A notice is sent beside whatever else was decided.
  return found.seq === decision?.seq || found.told.act === 'notify' ? fine : refused('decision-replaced', facts)
}
