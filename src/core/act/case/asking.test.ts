import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decided, hour } from '../../../../test/act/case.fixture.ts'
import { type Proposal, proposals } from '../../decide/policy.ts'
import type { Stage } from '../../parcel/parcel.ts'
import type { AnswerQuestion } from '../answer.ts'
import type { ActPolicy, StagePolicy } from './act-policy.ts'
import { type AskingAnswer, openQuestions, proposedEvent } from './asking.ts'
import { type Case, foldCase, newCase } from './case.ts'
import { dueOf, nextDue } from './due.ts'
import type { EventBody } from './event.ts'
import { mayFollow } from './may-follow.ts'

const stays = Object.fromEntries(proposals.map((one) => [one, one])) as Record<Proposal, Proposal>
const here: StagePolicy = {
  rounds: [{ whom: ['declarant', 'addressee', 'sender'], hours: 48, remind: [24] }],
  unanswered: { ...stays, ask: 'inspect', 'hold-documents': 'inspect', 'stop-before-dispatch': 'inspect' },
}
const policy: ActPolicy = {
  order: proposals,
  stages: {
    'pre-departure': {
      rounds: [
        { whom: ['declarant', 'seller'], hours: 72, remind: [24, 48] },
        { whom: ['exporting-authority', 'addressee'], hours: 96, remind: [] },
      ],
      unanswered: { ...stays, ask: 'stop-before-dispatch', inspect: 'stop-before-dispatch' },
    },
    departed: here,
    arrived: here,
    unknown: here,
  },
  returned: ['vague'],
  certificates: { placeholders: [], shortest: 4, longest: 70, forms: [], validity: [], tolerance: 0 },
}

const question = (fact: string, ...askWhom: string[]): AnswerQuestion => ({
  fact,
  item: 1,
  sentence: `Please tell: ${fact}.`,
  askWhom,
  wouldChange: [],
  answers: [],
})
const answerOf = (proposal: Proposal, ...questions: AnswerQuestion[]): AskingAnswer => ({
  proposal,
  questions,
  reasons: [],
})
const asking = (stage: Stage, at = hour(0)) => ({ policy, stage, at, partner: 'post', dispatch: 'TH' })

/** A case that goes on by itself: each event gets its number, may follow, and is folded. */
interface Running {
  readonly state: () => Case
  readonly last: () => number
  readonly add: (at: string, actor: string, ...bodies: readonly EventBody[]) => void
  /** Screened with this answer: what is proposed, and what is asked. */
  readonly screen: (answer: AskingAnswer, stage: Stage, at?: string) => void
  /** The clock shows this: what is due happens. */
  readonly wait: (until: string) => EventBody[]
}

function running(first: AskingAnswer, begun: Stage): Running {
  let state = newCase()
  const add: Running['add'] = (at, actor, ...bodies) => {
    for (const body of bodies) {
      expect(mayFollow(state, { at, actor, body })).toEqual({ allowed: true, why: null, facts: {} })
      state = foldCase([{ seq: state.lastSeq + 1, at, actor, body }], state)
    }
  }
  const screen: Running['screen'] = (answer, stage, at = hour(0)) => {
    if (state.lastSeq === 0 || state.stage !== stage) add(at, 'key:post', receivedAt(stage))
    add(at, 'system', proposedEvent({ ...answer, knowledge: '0123', engine: 'greenlane' }, made, policy))
    add(at, 'system', ...openQuestions(answer, state, asking(stage, at)))
  }
  const wait: Running['wait'] = (until) => {
    const due = dueOf(state, until, policy)
    add(until, 'system', ...due)
    return due
  }
  screen(first, begun)
  return { state: () => state, last: () => state.lastSeq, add, screen, wait }
}

const made = { digest: 'aa', day: '2026-11-24', cause: 'received' } as const

function receivedAt(stage: Stage): EventBody {
  return { kind: 'received', digest: `${stage} message`, partner: 'post', identifiers: [], amends: null, stage }
}

describe('asking', () => {
  it('asks of those who can answer whom the round reaches, until its deadline', () => {
    const answer = answerOf(
      'ask',
      question('origin', 'seller', 'sender'),
      question('certificate', 'exporting-authority'),
    )
    const events = openQuestions(answer, newCase(), asking('pre-departure'))
    expect(events).toMatchObject([
      { kind: 'asked', round: 1, deadline: hour(72), questions: [{ fact: 'origin', whom: ['seller'] }] },
      {
        kind: 'asked',
        round: 2,
        deadline: hour(96),
        questions: [{ fact: 'certificate', whom: ['exporting-authority'] }],
      },
    ])
    expect(events[0]?.questions[0]).toMatchObject({ sentence: 'Please tell: origin.', canAnswer: ['seller', 'sender'] })
  })

  it('asks nothing where there is no objection', () => {
    expect(openQuestions(answerOf('no-objection'), newCase(), asking('arrived'))).toEqual([])
  })

  it('sends a vague declaration back to its declarant, also where the machine had better questions', () => {
    const reasons = [1, 2].map((item) => ({
      kind: 'vague',
      item,
      sentence: `Item ${item} is too vague.`,
      evidence: [],
      requirement: null,
      source: null,
    }))
    const questions = [question('description', 'sender', 'declarant'), question('origin', 'sender')]
    expect(openQuestions({ proposal: 'ask', questions, reasons }, newCase(), asking('arrived'))).toMatchObject([
      {
        kind: 'returned-to-declarant',
        partner: 'post',
        dispatch: 'TH',
        questions: [
          { item: 1, fact: 'description', sentence: 'Please tell: description.', whom: ['declarant'] },
          { item: 2, fact: 'description', sentence: 'Item 2 is too vague.', whom: ['declarant'] },
        ],
      },
      { kind: 'asked', questions: [{ fact: 'origin', whom: ['sender'] }] },
    ])
  })

  it('does not ask twice what is open, and asks anew where an answer was not enough', () => {
    const answer = answerOf('ask', question('origin', 'sender'))
    const own = running(answer, 'arrived')
    expect(openQuestions(answer, own.state(), asking('arrived', hour(5)))).toEqual([])
    own.add(hour(5), 'key:shop', { kind: 'answered', item: 1, fact: 'origin', as: 'sender', value: 'from my garden' })
    own.screen(answer, 'arrived', hour(6))
    expect(own.state().questions).toMatchObject([{ fact: 'origin', state: 'open', deadline: hour(54) }])
  })
})

describe('what is due', () => {
  it('is each reminder once, then the next round, then the end and what follows', () => {
    const own = running(answerOf('ask', question('origin', 'seller', 'addressee')), 'pre-departure')
    expect(nextDue(own.state(), policy)).toBe(hour(24))
    expect(own.wait(hour(23))).toEqual([])
    expect(own.wait(hour(24))).toEqual([{ kind: 'reminded', questions: [{ item: 1, fact: 'origin' }], number: 1 }])
    expect([own.wait(hour(30)), nextDue(own.state(), policy)]).toEqual([[], hour(48)])
    expect(own.wait(hour(72))).toMatchObject([
      { kind: 'asked', round: 2, deadline: hour(168), questions: [{ fact: 'origin', whom: ['addressee'] }] },
    ])
    expect(own.wait(hour(100))).toEqual([])
    expect(own.wait(hour(168))).toEqual([
      {
        kind: 'question-ended',
        questions: [{ item: 1, fact: 'origin' }],
        stood: 'ask',
        follows: 'stop-before-dispatch',
      },
    ])
    expect([own.state().status, own.state().standing, nextDue(own.state(), policy)]).toEqual([
      'to-stop',
      'stop-before-dispatch',
      null,
    ])
  })

  it('is the last reminder only, where the clock stood still', () => {
    const own = running(answerOf('ask', question('origin', 'seller')), 'pre-departure')
    expect(own.wait(hour(60))).toMatchObject([{ kind: 'reminded', number: 2 }])
    expect(own.wait(hour(60))).toEqual([])
  })

  it('is nothing before its time when the clock goes back an hour', () => {
    const own = running(answerOf('ask', question('origin', 'sender')), 'arrived')
    own.wait(hour(24))
    expect(own.wait(hour(23))).toEqual([])
  })

  it('is nothing more once a person lets the parcel go', () => {
    const own = running(answerOf('ask', question('origin', 'sender')), 'arrived')
    own.add(hour(1), 'person:ines', decided({ act: 'release', reasons: 'Known goods.' }))
    expect([own.wait(hour(100)), nextDue(own.state(), policy)]).toEqual([[], null])
    own.add(hour(101), 'person:ines', { kind: 'decision-undone', decision: own.last(), reasons: '' })
    expect(own.wait(hour(102))).toMatchObject([{ kind: 'question-ended', follows: 'inspect' }])
  })

  it('keeps what followed, whatever is screened again, until the question is answered', () => {
    const answer = answerOf('ask', question('origin', 'sender'))
    const own = running(answer, 'arrived')
    own.wait(hour(48))
    own.screen(answer, 'arrived', hour(50))
    expect([own.state().standing, own.state().proposal?.told.proposal]).toEqual(['inspect', 'ask'])
    own.screen(answerOf('hold-documents'), 'arrived', hour(51))
    expect(own.state().standing).toBe('hold-documents')
  })

  it('that was to be stopped and comes all the same is looked into, and asked again here', () => {
    const answer = answerOf('ask', question('origin', 'seller', 'sender'))
    const own = running(answer, 'pre-departure')
    own.wait(hour(72))
    expect(own.state().standing).toBe('stop-before-dispatch')
    own.screen(answer, 'arrived', hour(200))
    expect(own.state().questions).toMatchObject([
      { state: 'open', stage: 'arrived', stands: 'inspect', whom: ['sender'] },
    ])
    expect([own.state().standing, own.state().status]).toEqual(['inspect', 'to-inspect'])
  })
})

describe('whenever the clock is looked at', () => {
  const stage = fc.constantFrom<Stage>('pre-departure', 'departed', 'arrived', 'unknown')
  const proposal = fc.constantFrom<Proposal>('ask', 'hold-documents', 'inspect', 'refuse')
  const looks = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 })

  it('what stands never becomes milder by waiting, and every question ends', () => {
    fc.assert(
      fc.property(stage, proposal, looks, (at, proposed, hours) => {
        const own = running(answerOf(proposed, question('origin', 'seller', 'sender', 'addressee')), at)
        let severity = proposals.indexOf(proposed)
        for (const one of [...hours.toSorted((first, second) => first - second), 500, 1000, 1500]) {
          own.wait(hour(one))
          const now = proposals.indexOf(own.state().standing as Proposal)
          expect(now).toBeGreaterThanOrEqual(severity)
          severity = now
        }
        expect(own.state().questions.map(({ state }) => state)).toEqual(['ended'])
        expect(nextDue(own.state(), policy)).toBeNull()
      }),
    )
  })

  it('looking twice at once does nothing the second time', () => {
    fc.assert(
      fc.property(stage, fc.integer({ min: 0, max: 400 }), (at, hours) => {
        const own = running(answerOf('ask', question('origin', 'seller', 'sender')), at)
        own.wait(hour(hours))
        expect(own.wait(hour(hours))).toEqual([])
      }),
    )
  })
})
