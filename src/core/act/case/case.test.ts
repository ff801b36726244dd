import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyDraft,
  anyDrafts,
  decided,
  follow,
  hour,
  inspected,
  numbered,
  ofDecision,
  refusal,
} from '../../../../test/act/case.fixture.ts'
import { type Case, foldCase } from './case.ts'
import type { CaseEvent, EventBody } from './event.ts'
import { mayFollow } from './may-follow.ts'

const received: EventBody = {
  kind: 'received',
  digest: 'aa',
  partner: 'post',
  identifiers: ['RR473124829GB'],
  amends: null,
  stage: 'arrived',
}
const proposed = (proposal: 'no-objection' | 'ask' | 'inspect' | 'refuse', ...facts: string[]): EventBody => ({
  kind: 'proposed',
  proposal,
  digest: `answer ${proposal}`,
  knowledge: '0123456789abcdef',
  engine: 'greenlane',
  day: '2026-11-24',
  cause: 'received',
  questions: facts.map((fact) => ({ item: 1, fact })),
})
const asked = (...facts: string[]): EventBody => ({
  kind: 'asked',
  stage: 'arrived',
  round: 1,
  deadline: hour(48),
  questions: facts.map((fact) => ({
    item: 1,
    fact,
    sentence: 'Please tell.',
    whom: ['sender'],
    canAnswer: ['sender'],
    stands: null,
  })),
})
const answered: EventBody = { kind: 'answered', item: 1, fact: 'origin', as: 'sender', value: 'Thailand' }

const statuses = (...events: (readonly [string, EventBody])[]): string[] =>
  numbered(...events).map((_, at, all) => foldCase(all.slice(0, at + 1)).status)

describe('the status of a case', () => {
  it('goes from a message over a question and its answer to what was decided and done', () => {
    expect(
      statuses(
        ['key:post', received],
        ['system', proposed('ask', 'origin')],
        ['system', asked('origin')],
        ['key:shop', answered],
        ['system', proposed('inspect')],
        ['person:ines', decided({ act: 'inspect' })],
        ['person:ines', inspected({ found: true, taxon: 'Citrus hystrix' })],
        ['person:ines', refusal],
        ['person:omar', { kind: 'carried-out', decision: 8, how: 'incinerated' }],
      ),
    ).toEqual([
      'received',
      'to-ask',
      'waiting-for-answer',
      'to-ask',
      'to-inspect',
      'to-carry-out',
      'inspected',
      'to-carry-out',
      'closed',
    ])
  })

  it('begins without data where a dog found the parcel', () => {
    const opened: EventBody = { kind: 'opened-without-data', because: 'dog', identifier: null, stage: 'arrived' }
    expect(statuses(['person:ines', opened], ['person:ines', inspected({ sampled: true })])).toEqual([
      'opened-without-data',
      'waiting-for-laboratory',
    ])
  })

  it('goes back to what stood when a decision is undone', () => {
    const log = numbered(
      ['key:post', received],
      ['system', proposed('inspect')],
      ['person:ines', decided({ act: 'detain' })],
      ['person:ines', { kind: 'carried-out', decision: 3, how: '' }],
      ['person:ines', decided({ act: 'release', reasons: 'Nothing in it.' })],
      ['person:ines', { kind: 'decision-undone', decision: 5, reasons: 'The wrong parcel.' }],
    )
    const state = foldCase(log)
    expect([state.status, state.decision?.seq]).toEqual(['detained', 3])
    expect(state.decisions.map((one) => one.state)).toEqual(['carried-out', 'undone'])
  })
})

describe('machine and person', () => {
  const log = numbered(
    ['key:post', received],
    ['system', proposed('inspect')],
    ['person:ines', decided({ act: 'release', reasons: 'Known goods.' })],
    ['system', proposed('refuse')],
  )

  it('are both kept, and a later proposal is told beside what was decided', () => {
    const state = foldCase(log)
    expect(state.proposal?.told.proposal).toBe('refuse')
    expect(state.decision).toMatchObject({ actor: 'person:ines', state: 'taken', proposalThen: 'inspect' })
    expect([foldCase(log.slice(0, 3)).proposalChangedSince, state.proposalChangedSince]).toEqual([false, true])
  })

  it('speak apart: no event of the machine changes a decision of a person', () => {
    fc.assert(
      fc.property(anyDrafts(40), anyDraft, (drafts, last) => {
        const { state, log } = follow(drafts)
        const after = foldCase([{ ...last, actor: 'system', seq: log.length + 1 }], state)
        expect(after.decisions).toEqual(state.decisions)
        const acts = ['decided', 'decision-undone', 'carried-out', 'inspected'].includes(last.body.kind)
        if (acts) expect(mayFollow(state, { ...last, actor: 'system' }).allowed).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

describe('questions', () => {
  const before = [
    ['key:post', received],
    ['system', proposed('ask', 'origin', 'taxon')],
    ['system', asked('origin', 'taxon')],
  ] as const
  const ended: EventBody = {
    kind: 'question-ended',
    questions: [{ item: 1, fact: 'taxon' }],
    stood: 'ask',
    follows: 'inspect',
  }

  it('that nobody answers make stricter what stands, until an answer asks them no longer', () => {
    const log = numbered(...before, ['system', ended], ['system', proposed('ask', 'taxon')])
    expect(log.map((_, at) => foldCase(log.slice(0, at + 1)).standing)).toEqual([
      null,
      'ask',
      'ask',
      'inspect',
      'inspect',
    ])
    const cleared = foldCase([{ seq: 6, at: hour(6), actor: 'system', body: proposed('ask') }], foldCase(log))
    expect([cleared.standing, cleared.proposal?.told.proposal]).toEqual(['ask', 'ask'])
  })

  it('are closed when the machine asks them no longer', () => {
    const { questions } = foldCase(numbered(...before, ['system', proposed('inspect', 'origin')]))
    expect(questions.map(({ fact, state }) => [fact, state])).toEqual([
      ['origin', 'open'],
      ['taxon', 'closed'],
    ])
  })

  it('answered when no such question was open are kept, and it is told', () => {
    const { answers } = foldCase(numbered(...before, ['key:shop', answered], ['key:shop', answered]))
    expect(answers.map(({ unasked }) => unasked)).toEqual([false, true])
  })
})

describe('what was found', () => {
  it('is changed by the laboratory, which says what was taken for found before', () => {
    const result: EventBody = {
      kind: 'laboratory-result',
      inspection: 'form-1',
      laboratory: 'Invented Laboratory',
      found: true,
      taxon: 'Solanum lycopersicum',
      pest: 'Tomato brown rugose fruit virus',
      alive: null,
    }
    const found = inspected({ found: true, taxon: 'Solanum', sampled: true })
    const { findings, samples } = foldCase(numbered(['person:ines', found], ['person:omar', result]))
    expect(samples).toEqual([])
    expect(findings).toMatchObject([
      { by: 'laboratory', taxon: 'Solanum lycopersicum', before: { found: true, taxon: 'Solanum', pest: null } },
    ])
  })

  it('counts once, however often a phone sends it', () => {
    const { inspections } = foldCase(numbered(['person:ines', inspected({})], ['person:ines', inspected({})]))
    expect(inspections).toHaveLength(1)
  })
})

describe('certificates', () => {
  it('climb to the highest step that holds, each with its time and person', () => {
    const step = (own: object): EventBody => ({
      kind: 'certificate-step',
      certificate: {
        paper: 'phytosanitary-certificate',
        number: 'TH-PC-2026-004518',
        issuer: null,
        issued: null,
        item: null,
      },
      step: 'claimed',
      holds: true,
      why: null,
      facts: {},
      ...own,
    })
    const issuer = {
      paper: 'phytosanitary-certificate',
      number: 'thpc 2026/004518',
      issuer: 'TH',
      issued: '2026-11-20',
      item: null,
    }
    const { certificates } = foldCase(
      numbered(
        ['key:post', step({})],
        ['system', step({ step: 'issuer-fits', holds: null, why: 'issuer-not-told' })],
        ['person:ines', step({ step: 'original-seen', certificate: issuer })],
        ['person:ines', step({ step: 'goods-agree', holds: false })],
      ),
    )
    expect(certificates).toHaveLength(1)
    expect(certificates[0]?.claim).toMatchObject({ issuer: 'TH', issued: '2026-11-20' })
    expect(certificates[0]?.highest).toMatchObject({ step: 'original-seen', actor: 'person:ines', at: hour(2) })
    expect(certificates[0]?.steps.map(({ step: name, holds }) => [name, holds])).toEqual([
      ['claimed', true],
      ['issuer-fits', null],
      ['original-seen', true],
      ['goods-agree', false],
    ])
  })
})

describe('folding', () => {
  const anyLog = anyDrafts(40)
  const asLog = (drafts: readonly Omit<CaseEvent, 'seq'>[]): CaseEvent[] =>
    drafts.map((draft, at) => ({ ...draft, seq: at + 1 }))

  it('a part and then the rest is folding all', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(40), (drafts, at) => {
        const log = asLog(drafts)
        expect(foldCase(log.slice(at), foldCase(log.slice(0, at)))).toEqual(foldCase(log))
      }),
    )
  })

  it('throws for no order of events, allowed or not, and keeps a line of each', () => {
    fc.assert(
      fc.property(anyLog, (drafts) => {
        const state = foldCase(asLog(drafts))
        expect(state.history).toHaveLength(drafts.length)
        expect(follow(drafts).state.lastSeq).toBe(follow(drafts).log.length)
      }),
    )
  })

  it('does not change what it folds, and gives plain data', () => {
    fc.assert(
      fc.property(anyLog, (drafts) => {
        const before = foldCase(asLog(drafts))
        const copy = JSON.parse(JSON.stringify(before)) as Case
        foldCase(asLog(drafts), before)
        expect(before).toEqual(copy)
      }),
    )
  })

  it('never lets what was carried out be undone, whatever the log says', () => {
    fc.assert(
      fc.property(anyLog, anyLog, (drafts, more) => {
        const { state, log } = follow(drafts)
        const done = state.decisions.filter((one) => one.state === 'carried-out')
        const after = foldCase(
          more.map(({ body, ...rest }, at) => ({ ...rest, body: ofDecision(state, body), seq: log.length + at + 1 })),
          state,
        )
        for (const one of done) expect(after.decisions).toContainEqual(one)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps an event of a later version in the history, and nothing else of it', () => {
    const later = { kind: 'photographed' } as unknown as EventBody
    const state = foldCase(numbered(['key:post', received], ['person:ines', later]))
    expect(state.history.at(-1)?.key).toBe('event.photographed')
    expect(state.status).toBe('received')
  })
})
