import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { proposals } from '../core/decide/policy.ts'
import { readActPolicy } from './act-policy.ts'
import { type Fault, faultLines } from './fault.ts'
import { readKnowledge } from './read.ts'
import { readSources } from './sources.ts'

const good = readSources(path.join(import.meta.dirname, 'good'))
const { parts } = readKnowledge(good)

/** Faults of the policy of acting in `good/`, with a text of it put in place of another, and who can answer what. */
function faultsWith(text: string, other: string, askWhom: Record<string, string[]> = { origin: ['sender'] }): string[] {
  const faults: Fault[] = []
  const files = good.map((one) =>
    one.path === 'policy/act.yaml' ? { ...one, text: one.text.replace(text, other) } : one,
  )
  const { places, packs } = parts
  const sources = new Map([['eu-2019-2072', { title: 'Regulation', href: 'https://example.org/law' }]])
  readActPolicy(files, { policy: { order: proposals, askWhom }, places, packs, sources, faults })
  return faultLines(faults)
}

describe('the policy of acting', () => {
  it('names the destinations of the pack whose law limits the age of a certificate', () => {
    expect(faultsWith('', '')).toEqual([])
    expect(parts.acting.certificates.validity).toMatchObject([{ days: 14, requirement: 'eu/annex-vi-11' }])
    expect(parts.acting.certificates.validity[0]?.destinations).toContain('DE')
    expect(parts.acting.stages['arrived'].unanswered.ask).toBe('inspect')
  })

  it('leaves no question that nobody is asked', () => {
    expect(faultsWith('', '', { use: ['addressee'] })).toEqual([
      'good/policy/act.yaml:3: Nobody who can tell "use" (addressee) is reached at the stage pre-departure. Add one of them to a round.',
      'good/policy/act.yaml:6: Nobody who can tell "use" (addressee) is reached at the stage departed. Add one of them to a round.',
      'good/policy/act.yaml:6: Nobody who can tell "use" (addressee) is reached at the stage arrived. Add one of them to a round.',
      'good/policy/act.yaml:10: Nobody who can tell "use" (addressee) is reached at the stage unknown. Add one of them to a round.',
    ])
  })

  it('never lets waiting make anything milder', () => {
    expect(faultsWith('ask: inspect', 'ask: no-objection').join('\n')).toContain('"no-objection" is milder than "ask"')
  })

  it('is told to be missing where it is', () => {
    const faults: Fault[] = []
    const { places, packs } = parts
    readActPolicy([], { policy: { order: proposals, askWhom: {} }, places, packs, sources: new Map(), faults })
    expect(faultLines(faults)).toEqual([
      'knowledge/policy/act.yaml:1: The file is missing. Write who is asked, and until when.',
    ])
  })
})
