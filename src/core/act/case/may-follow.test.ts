import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDrafts, decided, follow, hour, inspected, numbered, refusal } from '../../../../test/act/case.fixture.ts'
import { foldCase } from './case.ts'
import type { EventBody } from './event.ts'
import { mayFollow } from './may-follow.ts'

const received: EventBody = {
  kind: 'received',
  digest: 'aa',
  partner: 'post',
  identifiers: ['RR473124829GB'],
  amends: null,
  stage: 'arrived',
}
const proposed: EventBody = {
  kind: 'proposed',
  proposal: 'inspect',
  digest: 'bb',
  knowledge: '0123456789abcdef',
  engine: 'greenlane',
  day: '2026-11-24',
  cause: 'received',
  questions: [{ item: 1, fact: 'origin' }],
}
const asked: EventBody = {
  kind: 'asked',
  stage: 'arrived',
  round: 1,
  deadline: hour(48),
  questions: [
    { item: 1, fact: 'origin', sentence: 'Where did it grow?', whom: ['sender'], canAnswer: ['sender'], stands: null },
  ],
}
const start = [
  ['key:post', received],
  ['system', proposed],
  ['system', asked],
] as const

/** Why an event may not follow these, or null; with what is told of one that may. */
function why(
  body: EventBody,
  {
    actor = 'person:ines',
    after = [],
    at = hour(10),
  }: {
    readonly actor?: string
    readonly after?: readonly (readonly [string, EventBody])[]
    readonly at?: string
  } = {},
): string | null {
  const { allowed, why: told } = mayFollow(foldCase(numbered(...start, ...after)), { at, actor, body })
  return told === null ? null : `${allowed ? 'kept: ' : ''}${told}`
}

describe('a decision', () => {
  it('is a person’s, never of the machine or a partner’s key', () => {
    expect(why(decided({}), { actor: 'system' })).toBe('not-by-machine')
    expect(why(decided({}), { actor: 'key:post' })).toBe('not-by-key')
    expect(why(decided({}), { actor: 'ines' })).toBe('actor-unknown')
    expect(why(decided({}))).toBeNull()
  })

  it('to refuse needs the requirement, the authority, the reasons and the disposal', () => {
    expect(why(refusal)).toBeNull()
    expect(why({ ...refusal, requirement: null })).toBe('requirement-missing')
    expect(why({ ...refusal, authority: ' ' })).toBe('authority-missing')
    expect(why({ ...refusal, reasons: '' })).toBe('reasons-missing')
    expect(why({ ...refusal, disposal: null })).toBe('disposal-missing')
    expect(why({ ...refusal, disposal: { offered: ['return'], cost: null, until: 'soon' } })).toBe('disposal-no-day')
  })

  it('to let go what is held needs words, unless somebody looked into it', () => {
    expect(why(decided({ act: 'release' }))).toBe('reasons-missing')
    expect(why(decided({ act: 'release', reasons: 'Known goods.' }))).toBeNull()
    expect(why(decided({ act: 'release' }), { after: [['person:ines', inspected({})]] })).toBeNull()
  })

  it('names the authority that it hands over to, and stops nothing that left', () => {
    expect(why(decided({ act: 'hand-over' }))).toBe('hand-over-to-whom')
    expect(why(decided({ act: 'hand-over', to: 'cites' }))).toBeNull()
    expect(why(decided({ act: 'stop-before-dispatch' }))).toBe('dispatched-already')
  })

  it('is undone until it is carried out, and then no more', () => {
    const undo: EventBody = { kind: 'decision-undone', decision: 4, reasons: '' }
    const after = [['person:ines', refusal]] as const
    const done = [...after, ['person:ines', { kind: 'carried-out', decision: 4, how: '' }]] as const
    expect(why(undo)).toBe('decision-unknown')
    expect(why(undo, { after })).toBeNull()
    expect(why(undo, { after: [...after, ['person:ines', undo]] })).toBe('decision-undone')
    expect(why(undo, { after: done })).toBe('decision-carried-out')
    expect(why(decided({ act: 'release', reasons: 'Changed.' }), { after: done })).toBe('case-closed')
    expect(why(decided({ act: 'notify' }), { after: done })).toBeNull()
  })

  it('that another followed is neither undone nor carried out before that one', () => {
    const after = [
      ['person:ines', decided({})],
      ['person:ines', refusal],
    ] as const
    expect(why({ kind: 'carried-out', decision: 4, how: '' }, { after })).toBe('decision-replaced')
    expect(why({ kind: 'carried-out', decision: 5, how: '' }, { after })).toBeNull()
  })
})

describe('an answer', () => {
  const answer: EventBody = { kind: 'answered', item: 1, fact: 'origin', as: 'sender', value: 'TH' }

  it('to no open question is kept, and it is said', () => {
    expect(why(answer, { actor: 'key:shop' })).toBeNull()
    expect(why({ ...answer, fact: 'taxon' }, { actor: 'key:shop' })).toBe('kept: answer-unasked')
    expect(why(answer, { actor: 'key:shop', after: [['key:shop', answer]] })).toBe('kept: answer-unasked')
  })

  it('is never the machine’s, and never empty', () => {
    expect(why(answer, { actor: 'system' })).toBe('not-by-machine')
    expect(why({ ...answer, value: ' ' })).toBe('answer-empty')
  })
})

describe('the end of a question', () => {
  const end: EventBody = {
    kind: 'question-ended',
    questions: [{ item: 1, fact: 'origin' }],
    stood: 'inspect',
    follows: 'inspect',
  }

  it('comes with its deadline; a person may end it before', () => {
    expect(why(end, { actor: 'system' })).toBe('deadline-not-come')
    expect(why(end, { actor: 'system', at: hour(48) })).toBeNull()
    expect(why(end)).toBeNull()
  })

  it('never leads to something milder than what stood', () => {
    expect(why({ ...end, follows: 'ask' })).toBe('milder-than-stood')
    expect(why({ ...end, follows: 'refuse' })).toBeNull()
    expect(why({ ...end, questions: [{ item: 2, fact: 'origin' }] })).toBe('question-not-open')
  })
})

describe('other events', () => {
  it('need what they speak of', () => {
    const stepped: EventBody = {
      kind: 'certificate-step',
      certificate: { paper: 'import-permit', number: null, issuer: null, issued: null, item: null },
      step: 'original-seen',
      holds: true,
      why: null,
      facts: {},
    }
    expect(why(stepped, { actor: 'system' })).toBe('step-by-person')
    expect(why(stepped)).toBe('certificate-not-claimed')
    expect(why(received, { actor: 'key:post' })).toBe('message-known')
    expect(why({ ...received, digest: 'cc', amends: 'zz' }, { actor: 'key:post' })).toBe('amends-unknown')
    expect(why({ ...received, digest: 'cc', amends: 'aa' }, { actor: 'key:post' })).toBeNull()
    expect(why({ ...received, partner: 'shop' }, { actor: 'key:shop' })).toBeNull()
    expect(why(proposed, { actor: 'person:ines' })).toBe('not-by-person')
    expect(why(inspected({}), { after: [['person:ines', inspected({})]] })).toBe('inspection-known')
    expect(why({ kind: 'note', text: '' })).toBe('words-missing')
    expect(why({ kind: 'note', text: 'x' }, { at: 'yesterday' })).toBe('time-not-an-instant')
    expect(why({ kind: 'assigned', to: 'key:post' })).toBe('assigned-to-no-person')
    expect(why({ kind: 'selected', by: 'random', probability: 0 })).toBe('probability-outside')
  })

  it('show no personal data that were deleted', () => {
    const deleted = [['system', { kind: 'personal-data-deleted', why: 'schedule' }]] as const
    const viewed: EventBody = { kind: 'personal-data-viewed', purpose: 'notice of refusal' }
    expect(why(viewed)).toBeNull()
    expect(why({ ...viewed, purpose: '' })).toBe('purpose-missing')
    expect(why(viewed, { after: deleted })).toBe('personal-data-gone')
  })
})

describe('whatever comes in whatever order', () => {
  it('only a person decides and undoes, and nothing carried out is undone', () => {
    fc.assert(
      fc.property(anyDrafts(40), (drafts) => {
        const { log } = follow(drafts)
        const done = new Set<number>()
        for (const { actor, body } of log) {
          if (['decided', 'decision-undone', 'inspected'].includes(body.kind)) expect(actor).toMatch(/^person:/)
          if (body.kind === 'decision-undone') expect(done).not.toContain(body.decision)
          if (body.kind === 'carried-out') done.add(body.decision)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
