import type { Answer, AnswerReason } from '../core/act/answer.ts'
import { type Proposal, proposals } from '../core/decide/policy.ts'
import { say, type Words } from '../core/decide/words.ts'
import type { ReportRow, Summary } from './report-row.ts'

/** Proposals as a reader wants them: the strictest first. */
export const strictestFirst: readonly Proposal[] = [...proposals].reverse()

/** Kinds of reason, the most telling first; what is not named comes last. */
const telling = [
  'record-unreadable',
  'nothing-declared',
  'prohibited',
  'derogation',
  'authorisation-claimed',
  'required',
  'required-claimed',
  'contamination',
  'possibly-prohibited',
  'possibly-required',
  'law-not-loaded',
  'destination-not-told',
  'law-incomplete',
  'carrier-refuses',
  'carrier-may-refuse',
  'carrier-asks',
  'expected',
  'packaging',
  'hs-contradicts',
  'may-be',
  'may-be-named',
  'vague',
  'unclear',
  'description-too-long',
]

/** Reasons with the most telling first; those equally telling keep their order. */
export function mostTellingFirst(reasons: readonly AnswerReason[]): AnswerReason[] {
  return [...reasons].sort((one, other) => rank(one) - rank(other))
}

function rank({ kind }: AnswerReason): number {
  const at = telling.indexOf(kind)
  return at < 0 ? telling.length : at
}

/** Rows of one proposal, in the order of the input. */
export function rowsOf(rows: readonly ReportRow[], proposal: Proposal): ReportRow[] {
  return rows.filter(({ answer }) => answer.proposal === proposal)
}

/** The numbers of the items that something is to be done about, in order: those with a reason that is no all-clear. */
export function itemsThatMatter({ items, reasons }: Answer): Set<number> {
  const clear = new Set([
    'other-goods',
    'other-goods-named',
    'other-goods-hs',
    'imitation',
    'no-requirement',
    'exempt',
    'inventory',
  ])
  const told = reasons.flatMap(({ item, kind }) => (item === null || clear.has(kind) ? [] : [item]))
  return new Set(told.length > 0 ? told : items.map(({ index }) => index))
}

/** A number as the language of the words writes it. */
export function count(words: Words, value: number): string {
  return value.toLocaleString(words['report.lang'] ?? 'en')
}

/** The sentence of a count: `key.one` for one, `key` with {count} for any other number. */
export function counted(words: Words, key: string, value: number): string {
  return say(words, value === 1 ? `${key}.one` : key, { count: count(words, value) })
}

/** The word of a value in a list of words, or the value itself where the list has none. */
export function named(words: Words, list: string, value: string): string {
  return words[`${list}.${value}`] ?? value
}

/** A place with its code; what is not told is said so. */
export function place(words: Words, code: string | null, { places }: Summary): string {
  if (code === null || code === '') return say(words, 'report.not-told')
  const name = places?.[code]
  return name === undefined ? code : `${name} (${code})`
}

/** A probability as whole percent, never rounded up to certainty. */
export function percent(probability: number): string {
  const whole = Math.round(probability * 100)
  if (whole >= 100 && probability < 1) return '> 99 %'
  return whole <= 0 && probability > 0 ? '< 1 %' : `${whole} %`
}

/** The last part of a file's path: folders of the machine are nobody's business. */
export function fileName(file: string): string {
  return file.split(/[\\/]/).findLast((part) => part !== '') ?? file
}

/** How many seconds, with one digit after the point where that says something. */
export function seconds(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toString()
}
