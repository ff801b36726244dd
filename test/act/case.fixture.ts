import fc from 'fast-check'
import { type Case, foldCase, newCase } from '../../src/core/act/case/case.ts'
import { codeSystems, partnerStates } from '../../src/core/act/case/codes.ts'
import type { CaseEvent, EventBody, EventDraft } from '../../src/core/act/case/event.ts'
import { type AskedQuestion, causes } from '../../src/core/act/case/event-asking.ts'
import { acts, type Decided } from '../../src/core/act/case/event-deciding.ts'
import { certificateSteps, type Inspected } from '../../src/core/act/case/event-inspecting.ts'
import { instantOf } from '../../src/core/act/case/instant.ts'
import { mayFollow } from '../../src/core/act/case/may-follow.ts'
import { partyRoles } from '../../src/core/act/case/party-roles.ts'
import { proposals } from '../../src/core/decide/policy.ts'
import type { Stage } from '../../src/core/parcel/parcel.ts'

/** A decision of a person, with what most decisions leave out. */
export function decided(own: Partial<Decided>): Decided {
  return {
    kind: 'decided',
    act: 'detain',
    items: null,
    requirement: null,
    authority: null,
    reasons: '',
    disposal: null,
    to: null,
    until: null,
    ...own,
  }
}

/** A refusal with all that it needs. */
export const refusal = decided({
  act: 'destroy',
  requirement: 'eu/annex-vi-11',
  authority: 'Invented Plant Health Service',
  reasons: 'Leaves of citrus from a country where they may not come from.',
  disposal: { offered: ['destroy', 'return'], cost: '25 EUR, paid by the addressee', until: '2026-12-01' },
})

/** An inspection in which nothing was found. */
export function inspected(own: Partial<Inspected>): Inspected {
  return {
    kind: 'inspected',
    id: 'form-1',
    done: '2026-11-24T10:00:00Z',
    item: null,
    found: false,
    taxon: null,
    part: null,
    pest: null,
    alive: null,
    soil: null,
    measure: null,
    minutes: 4,
    certificateSeen: null,
    sampled: false,
    photographs: [],
    ...own,
  }
}

/** Events with their numbers, an hour apart from 2026-11-24T00:00 on. */
export function numbered(...events: readonly (readonly [actor: string, body: EventBody])[]): CaseEvent[] {
  return events.map(([actor, body], at) => ({ seq: at + 1, at: hour(at), actor, body }))
}

/** So many hours after the beginning of 2026-11-24. */
export function hour(hours: number): string {
  return instantOf(1_795_478_400_000 + hours * 3_600_000)
}

/** Events folded in turn, each only where it may follow; with what was folded and what was refused. */
export function follow(drafts: readonly EventDraft[]): { state: Case; log: CaseEvent[]; refusals: number } {
  let state = newCase()
  const log: CaseEvent[] = []
  for (const drawn of drafts) {
    const draft = { ...drawn, body: ofDecision(state, drawn.body) }
    if (!mayFollow(state, draft).allowed) continue
    const event = { ...draft, seq: log.length + 1 }
    log.push(event)
    state = foldCase([event], state)
  }
  return { state, log, refusals: drafts.length - log.length }
}

/** The same event about one of the decisions that there are, the latest for 1; as it is where there are fewer. */
export function ofDecision(state: Case, body: EventBody): EventBody {
  if (body.kind !== 'decision-undone' && body.kind !== 'carried-out') return body
  return { ...body, decision: state.decisions.at(-body.decision)?.seq ?? body.decision }
}

const stage = fc.constantFrom<Stage>('pre-departure', 'departed', 'arrived', 'unknown')
const instant = fc.integer({ min: 0, max: 200 }).map(hour)
const key = fc.record({ item: fc.integer({ min: 1, max: 2 }), fact: fc.constantFrom('origin', 'taxon', 'description') })
const proposal = fc.constantFrom(...proposals)
const party = fc.constantFrom(...partyRoles)
const question: fc.Arbitrary<AskedQuestion> = fc
  .tuple(key, fc.array(party, { minLength: 1, maxLength: 2 }), fc.option(proposal))
  .map(([own, whom, stands]) => ({ ...own, sentence: 'Where did it grow?', whom, canAnswer: whom, stands }))
const keys = fc.array(key, { minLength: 1, maxLength: 2 })
const words = fc.constantFrom('', 'Citrus hystrix', 'no soil on it')
const digest = fc.constantFrom('aa', 'bb', 'cc')
const round = {
  questions: fc.array(question, { maxLength: 3 }),
  stage,
  round: fc.integer({ min: 1, max: 2 }),
  deadline: instant,
}
const decision = fc.integer({ min: 1, max: 3 })
const one = <T extends string>(kind: T): fc.Arbitrary<T> => fc.constant(kind)

/** Any event that there is, of few items, facts and numbers, so that they speak of each other. */
const rareBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({
    kind: one('returned-to-declarant'),
    ...round,
    partner: fc.constant('post'),
    dispatch: fc.constant('TH'),
  }),
  fc.record({ kind: one('reminded'), questions: keys, number: fc.integer({ min: 1, max: 3 }) }),
  fc.tuple(key, party, words).map(([own, as, value]): EventBody => ({ kind: 'answered', ...own, as, value })),
  fc.record({
    kind: one('certificate-step'),
    certificate: fc.record({
      paper: fc.constantFrom('phytosanitary-certificate', 'import-permit'),
      number: fc.option(fc.constantFrom('TH-PC-2026-004518', 'thpc2026004518', 'n/a')),
      issuer: fc.option(fc.constant('TH')),
      issued: fc.option(fc.constant('2026-11-20')),
      item: fc.constant(null),
    }),
    step: fc.constantFrom(...certificateSteps),
    holds: fc.constantFrom(true, false, null),
    why: fc.constant(null),
    facts: fc.constant({}),
  }),
  fc.record({ id: fc.constantFrom('form-1', 'form-2'), found: fc.boolean(), sampled: fc.boolean() }).map(inspected),
  fc.record({
    kind: one('laboratory-result'),
    inspection: fc.constantFrom('form-1', 'form-2', 'form-3'),
    laboratory: fc.constant('Invented Laboratory'),
    found: fc.boolean(),
    taxon: fc.option(words),
    pest: fc.constant(null),
    alive: fc.option(fc.boolean()),
  }),
  fc.record({
    kind: one('partner-code-read'),
    partner: fc.constant('post'),
    reading: fc.record({
      system: fc.constantFrom(...codeSystems),
      raw: fc.constantFrom('EME', '6H', 'ZZ'),
      state: fc.option(fc.constantFrom(...partnerStates)),
      phase: fc.constant(null),
    }),
  }),
  fc.record({ kind: one('personal-data-viewed'), purpose: words }),
  fc.record({ kind: one('personal-data-deleted'), why: fc.constantFrom('schedule', 'asked', 'ordered') }),
  fc.record({
    kind: one('receipt-claimed'),
    receipt: fc.constant('R7K2M9'),
    honoured: fc.boolean(),
    differs: fc.constantFrom([], ['goods']),
  }),
  fc.record({
    kind: one('opened-without-data'),
    because: fc.constantFrom('x-ray', 'dog'),
    identifier: fc.option(fc.constant('RR473124829GB')),
    stage,
  }),
  fc.record({
    kind: one('selected'),
    by: fc.constantFrom('expectation', 'random'),
    probability: fc.double({ noNaN: true, min: 0, max: 1 }),
  }),
  fc.record({ kind: one('located'), place: fc.constant('Hall 3'), shelf: fc.option(fc.constant('B 12')) }),
  fc.record({ kind: one('assigned'), to: fc.option(fc.constantFrom('person:ines', 'key:post')) }),
  fc.record({
    kind: one('notified'),
    to: party,
    about: fc.constantFrom('refusal', 'non-compliance', 'question'),
    language: fc.constant('fr'),
    digest,
  }),
  fc.record({ kind: one('note'), text: words }),
)

/** What most of a case is made of. */
const commonBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({
    kind: one('received'),
    digest,
    partner: fc.constantFrom('post', 'shop'),
    identifiers: fc.constant(['RR473124829GB']),
    amends: fc.option(digest),
    stage,
  }),
  fc.record({
    kind: one('proposed'),
    proposal,
    digest,
    knowledge: fc.constant('0123456789abcdef'),
    engine: fc.constant('greenlane'),
    day: fc.constant('2026-11-24'),
    cause: fc.constantFrom(...causes),
    questions: keys,
  }),
  fc.record({ kind: one('asked'), ...round }),
  fc.record({ kind: one('question-ended'), questions: keys, stood: proposal, follows: proposal }),
  fc
    .record({
      act: fc.constantFrom(...acts),
      requirement: fc.option(fc.constant('eu/annex-vi-11')),
      authority: fc.option(fc.constant('Invented Plant Health Service')),
      reasons: words,
      disposal: fc.option(fc.constant(refusal.disposal)),
      to: fc.constantFrom('cites', null),
      until: fc.option(instant),
    })
    .map(decided),
  fc.record({ kind: one('decision-undone'), decision, reasons: words }),
  fc.record({ kind: one('carried-out'), decision, how: words }),
)

/** Any event by anybody at any time, whether it may follow or not. */
export const anyDraft: fc.Arbitrary<EventDraft> = fc.record({
  at: instant,
  actor: fc.constantFrom('person:ines', 'person:omar', 'key:post', 'system'),
  body: fc.oneof({ arbitrary: commonBody, weight: 2 }, { arbitrary: rareBody, weight: 1 }),
})

/** Events by anybody in any order, up to so many. */
export function anyDrafts(most: number): fc.Arbitrary<EventDraft[]> {
  return fc.array(anyDraft, { maxLength: most, size: 'max' })
}
