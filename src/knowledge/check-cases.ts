import type { Answer } from '../core/act/answer.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { Mode } from '../core/parcel/parcel.ts'
import { type RawRecord, type Screener, screener } from '../core/screen.ts'
import type { Case, Said } from './cases.ts'
import type { Fault } from './fault.ts'
import { taxonKey } from './taxa.ts'

/** The day of cases that name none. */
export const usualDay = '2026-11-24'

/**
 * Screens every case as a parcel of its own; a fault for each line that does not come out as it says. Each answer is given to
 * `look` as well.
 */
export function checkCases(knowledge: Knowledge, cases: readonly Case[], look: (answer: Answer) => void): Fault[] {
  const screeners = new Map<string, Screener>()
  return cases.flatMap((one) => {
    const on = first(one, 'on') ?? usualDay
    const by = first(one, 'by') as Mode | null
    const screening = screeners.get(`${on} ${by}`) ?? newScreener(knowledge, on, by)
    screeners.set(`${on} ${by}`, screening)
    const answer = screening.answer(screening.decide(recordOf(one)))
    look(answer)
    return faultsOf(one, answer, knowledge)
  })
}

/** A screener for a day and a way of sending. */
export function newScreener(knowledge: Knowledge, on: string, by: Mode | null): Screener {
  return screener(knowledge, { on, defaults: { destination: null, dispatch: null, origin: null, by }, engine: '' })
}

function first({ said }: Case, key: string): string | null {
  return said.get(key)?.[0]?.value ?? null
}

/** The record that a case declares; several descriptions are several items. */
function recordOf(one: Case): RawRecord {
  const grams = first(one, 'grams')
  const [amount, currency] = first(one, 'value')?.split(' ') ?? []
  const lines = (one.said.get('description') ?? []).map(({ value }) => ({
    description: value,
    hs: first(one, 'hs'),
    category: first(one, 'category'),
    originCountry: first(one, 'origin'),
    quantity: first(one, 'pieces'),
    value: amount === undefined ? null : { amount, currency },
    netWeightKg: grams === null ? null : Number(grams) / 1000,
  }))
  return {
    line: one.line,
    value: {
      stage: first(one, 'stage') ?? undefined,
      route: { dispatchCountry: first(one, 'from'), destinationCountry: first(one, 'to') },
      recipient: { kind: first(one, 'recipient') },
      documents: (one.said.get('claimed') ?? []).map(({ value }) => ({ kind: value })),
      lines,
    },
  }
}

function faultsOf(one: Case, answer: Answer, knowledge: Knowledge): Fault[] {
  const found = {
    article: answer.items.map(({ article }) => article as string),
    taxon: answer.items.flatMap(({ taxa }) => taxa.map(({ name }) => name)),
    proposal: [answer.proposal as string],
    requirement: answer.items.flatMap(({ measures }) => measures.map(({ requirement }) => requirement)),
  }
  const accepted = ({ value }: Said): string =>
    knowledge.taxa.names[knowledge.taxa.numberOf[taxonKey(value)] ?? -1] ?? value
  const each = (key: string, fits: (said: Said) => boolean, list: readonly string[]): Fault[] =>
    (one.said.get(key) ?? []).filter((said) => !fits(said)).map((said) => missed(one, key, said, list))
  return [
    ...each('article', ({ value }) => found.article.includes(value), found.article),
    ...each('taxon', (said) => found.taxon.includes(accepted(said)), found.taxon),
    ...each('proposal', ({ value }) => found.proposal.includes(value), found.proposal),
    ...each('requirement', ({ value }) => found.requirement.includes(value), found.requirement),
    ...each('no-requirement', ({ value }) => !found.requirement.includes(value), found.requirement),
  ]
}

function missed(one: Case, key: string, { file, line, value }: Said, found: readonly string[]): Fault {
  const all = [...new Set(found)].join(', ') || 'nothing'
  return { file, line, sentence: `"${one.title}": expected ${key} ${value}, comes out as ${all}.` }
}
