import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDrafts } from '../../../../test/act/case.fixture.ts'
import { loadKnowledge } from '../../../knowledge/load.ts'
import { say } from '../../decide/words.ts'
import { newCase } from './case.ts'
import { caseStatuses } from './case-status.ts'
import { partnerStates } from './codes.ts'
import { openedBecause } from './event.ts'
import { causes } from './event-asking.ts'
import { acts, handOverTo } from './event-deciding.ts'
import { certificateSteps } from './event-inspecting.ts'
import { historyLine } from './history-line.ts'
import { mayFollow } from './may-follow.ts'
import { partyRoles } from './party-roles.ts'

const { words } = loadKnowledge(path.resolve(import.meta.dirname, '../../../../dist/knowledge'))

describe('the words of cases', () => {
  it.each([
    ['case-status', caseStatuses],
    ['act', acts],
    ['hand-over', handOverTo],
    ['party', partyRoles],
    ['report.whom', partyRoles],
    ['cause', causes],
    ['certificate-step', certificateSteps],
    ['partner-state', partnerStates],
    ['opened-because', openedBecause],
  ] as const)('have one for each %s', (path, known) => {
    for (const one of known) expect(words[`${path}.${one}`], one).toBeTypeOf('string')
  })

  it('tell of every event in a sentence, with every slot filled', () => {
    fc.assert(
      fc.property(anyDrafts(10), (drafts) => {
        for (const [at, draft] of drafts.entries()) {
          const { key, slots } = historyLine({ ...draft, seq: at + 1 })
          expect(words[key], key).toBeTypeOf('string')
          const named = [...(words[key] ?? '').matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot)
          expect(Object.keys(slots)).toEqual(expect.arrayContaining(named))
          // A slot that stands for words finds them.
          expect(say(words, key, slots)).not.toMatch(/@[a-z-]+\.[a-z-]/)
        }
      }),
    )
  })

  it('tell why an event may not follow', () => {
    fc.assert(
      fc.property(anyDrafts(10), (drafts) => {
        for (const draft of drafts) {
          const { why, facts } = mayFollow(newCase(), draft)
          if (why === null) continue
          expect(words[`may-follow.${why}`], why).toBeTypeOf('string')
          expect(say(words, `may-follow.${why}`, facts)).not.toMatch(/@[a-z-]+\.[a-z-]/)
        }
      }),
    )
  })
})
