import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDrafts, follow } from '../../../../test/act/case.fixture.ts'
import { loadKnowledge } from '../../../knowledge/load.ts'
import { noDefaults } from '../../read/read.ts'
import { screener } from '../../screen.ts'
import { openQuestions, proposedEvent } from './asking.ts'
import { newCase } from './case.ts'
import { codeSystems, readCode } from './codes.ts'
import { dueOf } from './due.ts'
import { acts } from './event-deciding.ts'

const home = path.resolve(import.meta.dirname, '../../../..')
const knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
const { partnerCodes, acting } = knowledge
const security = partnerCodes.filter(({ state }) => state === 'screening-asked' || state === 'do-not-load')

describe('a code of a partner', () => {
  it.each([
    ['ics2', 'IE3Q02', 'information-asked', 'open'],
    ['ics2', 'IE3Q03', 'screening-asked', 'open'],
    ['ics2', 'IE3Q01', 'do-not-load', 'open'],
    ['cargo-xml', 'CO', 'released', null],
    ['camir', '8J', 'screening-asked', 'in-place'],
    ['camir', '6I', 'do-not-load', 'removed'],
    ['wco-res', '03', 'message-rejected', null],
    ['wco-res', '06', 'information-asked', null],
    ['btms', 'X00', 'no-certificate-matched', null],
    ['btms', 'N01', 'not-compliant', null],
    ['emsevt', 'EDX', 'import-terminated', null],
  ] as const)('of %s, %s, means %s (%s)', (system, raw, state, phase) => {
    expect(readCode(partnerCodes, system, raw)).toEqual({ system, raw, state, phase })
  })

  it('is kept as it came, known or not', () => {
    expect(readCode(partnerCodes, 'camir', ' 7h ')).toMatchObject({ raw: ' 7h ', state: 'information-asked' })
    expect(readCode(partnerCodes, 'emsevt', 'EMZ')).toEqual({ system: 'emsevt', raw: 'EMZ', state: null, phase: null })
    expect(readCode(partnerCodes, 'ics2', '6H').state).toBeNull()
    expect(readCode(partnerCodes, 'CAMIR', '6H').state).toBe('do-not-load')
    expect(readCode(partnerCodes, 'of our own', '6H')).toMatchObject({ system: 'other', raw: '6H', state: null })
  })

  it('has a sentence for what it means, and every system has some', () => {
    for (const { state } of partnerCodes) expect(knowledge.words[`partner-state.${state}`]).toBeTypeOf('string')
    expect(new Set(partnerCodes.map(({ system }) => system))).toEqual(new Set(codeSystems))
  })
})

/** Words and codes that order screening or not to load, where they stand alone. Two letters are codes of countries as well. */
const orderCodes = security.map(({ code }) => code).filter((code) => /\d/.test(code))
const orderWords = ['RFS', 'DNL', 'do[ -]not[ -]load', 'screening-asked', ...orderCodes]
const orders = new RegExp(`(?<![\\w-])(${orderWords.join('|')})(?![\\w-])`, 'i')

describe('an order of aviation security', () => {
  it('is known to the table, so that this test can see it', () => {
    expect(security.map(({ code }) => code).sort()).toEqual(
      ['6H', '6I', '6J', '8H', '8I', '8J', 'CD', 'IE3Q01', 'IE3Q03', 'IE3R03', 'RS'].sort(),
    )
    expect('{"state":"DNL"}').toMatch(orders)
    expect('{"code":"8H"}').toMatch(orders)
  })

  it('stands in no answer and no event that Greenlane makes of the sample parcels', () => {
    const { decide, answer, write } = screener(knowledge, {
      on: '2026-11-24',
      engine: 'greenlane',
      defaults: noDefaults,
    })
    const lines = readFileSync(path.join(home, 'knowledge/samples/consignments.ndjson'), 'utf8').trim().split('\n')
    let events = 0
    for (const [at, line] of lines.entries()) {
      for (const stage of ['pre-departure', 'arrived'] as const) {
        const record = { ...(JSON.parse(line) as object), stage }
        const decision = decide({ line: at + 1, value: record })
        const told = { ...answer(decision), parcel: null, items: [], problems: [] }
        const asking = { policy: acting, stage, at: '2026-11-24T00:00:00Z', partner: 'post', dispatch: null }
        const bodies = [
          proposedEvent(answer(decision), { digest: 'aa', day: '2026-11-24', cause: 'received' }, acting),
          ...openQuestions(answer(decision), newCase(acting.order), asking),
        ]
        events += bodies.length
        expect(`${JSON.stringify(told)}${JSON.stringify(bodies)}`).not.toMatch(orders)
        expect(write(decision)).not.toMatch(/(?<![\w-])(RFS|DNL)(?![\w-])/)
      }
    }
    expect(lines.length).toBeGreaterThan(20)
    expect(events).toBeGreaterThan(lines.length * 2)
  })

  it('is made by no clock, by no machine and as no decision', () => {
    for (const act of acts) expect(act).not.toMatch(orders)
    fc.assert(
      fc.property(anyDrafts(30), (drafts) => {
        const { state, log } = follow(drafts)
        expect(JSON.stringify(dueOf(state, '2027-11-24T00:00:00Z', acting))).not.toMatch(orders)
        for (const { actor, body } of log) if (body.kind === 'partner-code-read') expect(actor).not.toBe('system')
      }),
    )
  })

  it('is named by no code of Greenlane but the table that reads it', () => {
    const files = readdirSync(path.join(home, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith(path.join('case', 'codes.ts')),
    )
    expect(files.length).toBeGreaterThan(100)
    const named = /\b(RFS|DNL|IE3Q0[13])\b|['"](do-not-load|screening-asked)['"]/
    expect(files.filter((file) => named.test(readFileSync(path.join(home, 'src', file), 'utf8')))).toEqual([])
  })
})
