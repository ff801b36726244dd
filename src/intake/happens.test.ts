import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { record, seeded } from '../../test/bench/records.ts'
import { openQuestions, proposedEvent } from '../core/act/case/asking.ts'
import { foldCase, newCase } from '../core/act/case/case.ts'
import { nextDue } from '../core/act/case/due.ts'
import type { CaseEvent, EventBody } from '../core/act/case/event.ts'
import { noDefaults } from '../core/read/read.ts'
import { screener } from '../core/screen.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { happens } from './happens.ts'

const home = path.resolve(import.meta.dirname, '../..')
const knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
const day = '2026-11-24'
const at = '2026-11-24T09:00:00.000Z'
const screen = screener(knowledge, { on: day, defaults: noDefaults, engine: 'test' })
const samples = readFileSync(path.join(home, 'knowledge/samples/consignments.ndjson'), 'utf8').trim().split('\n')
const random = seeded(5)
const lines = [...samples, ...Array.from({ length: 500 }, (_, number) => record(random, number))]

describe('what a message to a new parcel leads to', () => {
  test('is what folding its events says, and asks what the whole answer asks', () => {
    const nothing = newCase(knowledge.acting.order)
    const met = new Set<string>()
    for (const line of lines) {
      const content: unknown = JSON.parse(line)
      const decision = screen.decide({ line: 1, value: content })
      const said = { content, partner: 'post', identifiers: ['s10:A'], keys: ['s10:A'], digest: 'a' }
      const told = { said, at, day, cause: 'received', answerDigest: 'b', state: nothing } as const
      const { received, between, proposed, following, status, dueAt } = happens(decision, told, { screen, knowledge })
      const own = between.map(({ kind, own, body }) => ({ kind, actor: own ? 'system' : 'key:partner', body }))
      const events = [
        { kind: 'received', actor: 'key:partner', body: received as string },
        ...own,
        { kind: 'proposed', actor: 'system', body: proposed },
      ].map(eventOf)
      const before = foldCase(events, nothing)
      const { dispatch } = decision.parcel.route
      const asking = { policy: knowledge.acting, stage: before.stage, at, partner: 'post', dispatch }
      const answer = screen.answer(decision)
      expect(following.map(bodyOf)).toEqual(JSON.parse(JSON.stringify(openQuestions(answer, before, asking))))
      const proposing = proposedEvent(answer, { digest: 'b', day, cause: 'received' }, knowledge.acting)
      expect(bodyOf({ kind: 'proposed', body: proposed })).toEqual(proposing)
      const asked = following.map((one, place) => eventOf({ ...one, actor: 'system' }, events.length + place))
      const after = foldCase([...events, ...asked], nothing)
      expect([status, dueAt]).toEqual([after.status, nextDue(after, knowledge.acting)])
      met.add(decision.proposal)
    }
    expect(met.size).toBeGreaterThan(3)
  })
})

function bodyOf({ kind, body }: { readonly kind: string; readonly body: string }): EventBody {
  return { kind, ...(JSON.parse(body) as object) } as EventBody
}

function eventOf(
  one: { readonly kind: string; readonly actor: string; readonly body: string },
  before: number,
): CaseEvent {
  return { seq: before + 1, at, actor: one.actor, body: bodyOf(one) }
}
