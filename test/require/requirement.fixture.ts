import type { Requirement } from '../../src/core/require/pack.ts'

/** A prohibition of everything, read on the day of the tests, with what a test says of it put in. */
export function someRequirement(id: string, own: Partial<Requirement> = {}): Requirement {
  return {
    id,
    title: id,
    kind: 'requirement',
    branch: 'plant-health',
    contamination: false,
    pests: [],
    measures: [{ measure: 'prohibited', by: null, paper: null, detail: null }],
    when: {},
    unless: [],
    doubt: [],
    lifts: null,
    paper: null,
    conditions: null,
    from: null,
    to: null,
    attainable: null,
    source: {
      title: 'Act',
      point: id,
      href: '',
      text: '',
      read: { on: '2026-11-24', text: '' },
      dated: null,
      unverified: null,
    },
    ...own,
  }
}
