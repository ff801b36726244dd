import { articles } from '../parcel/articles.ts'
import type { GivenAnswer, Problem } from '../parcel/parcel.ts'
import { numberFacts, stateFacts } from '../parcel/state.ts'
import { linesIn } from './match-lines.ts'
import { isRecord, type Raw, shown, textOf } from './raw.ts'

/** An answer that tells in words of its own what an item is. */
export interface Described {
  /** Item line, from 1. */
  readonly item: number
  readonly text: string
  readonly by: string
}

/** Facts that a question can ask for. */
export const askedFacts: ReadonlySet<string> = new Set([
  'description',
  'article',
  'taxon',
  'part',
  'use',
  'origin',
  'dispatch',
  'destination',
  'by',
  'recipient',
  'certificate',
  'authorisation',
  ...stateFacts,
  ...numberFacts,
])

/** Facts of the way of a parcel: an answer about one of them holds for all its lines, whichever of them it was asked about. */
export const parcelFacts: ReadonlySet<string> = new Set(['dispatch', 'destination', 'by', 'recipient'])

/** Most answers of one parcel that are read. */
const mostAnswers = 1000

/**
 * Reads the answers of a content, `{ item, fact, value, by }` each, with the `partner` who sent it where several did. Of two answers of one
 * party to one question that one partner sent the later stands; what cannot be read is a problem with its place, and answers nothing.
 */
export function readAnswers(
  record: Raw,
  problems: Problem[],
): { readonly answers: readonly GivenAnswer[]; readonly descriptions: readonly Described[] } {
  const list = record['answers']
  const answers = new Map<string, GivenAnswer>()
  const descriptions = new Map<string, Described>()
  const count = linesIn(record).length
  for (const [at, one] of (Array.isArray(list) ? list.slice(0, mostAnswers) : []).entries()) {
    const answer = answerOf(one, count)
    if (answer === null) {
      problems.push({ kind: 'answer-unreadable', at: `answers[${at}]`, facts: {} })
      continue
    }
    const { item, fact, value, by } = answer
    const from = `${by} ${(one as Raw)['partner'] ?? ''}`
    const asDescription = (fact === 'description' || fact === 'article') && !isArticle(value)
    if (asDescription) {
      for (let line = item ?? 1; line <= (item ?? count); line += 1)
        descriptions.set(`${line} ${from}`, { item: line, text: value, by })
    } else answers.set(`${item} ${fact} ${from}`, answer)
  }
  return { answers: [...answers.values()], descriptions: [...descriptions.values()] }
}

function answerOf(one: unknown, count: number): GivenAnswer | null {
  if (!isRecord(one)) return null
  const { item = null, fact, value, by } = one as Record<keyof GivenAnswer, unknown>
  const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : textOf(value)
  const isOfLine = typeof item === 'number' && Number.isInteger(item) && item >= 1 && item <= count
  if (text === null || typeof fact !== 'string' || !askedFacts.has(fact) || (item !== null && !isOfLine)) return null
  return {
    item: parcelFacts.has(fact) ? null : (item as number | null),
    fact,
    value: text,
    by: shown(textOf(by) ?? '?'),
  }
}

/** Whether a value is an article of the list, as `seeds` or `article.seeds`. */
function isArticle(value: string): boolean {
  return (articles as readonly string[]).includes(lastWord(value, 'article'))
}

/** A word of a list without the name of the list before it: `seeds` of `article.seeds`. */
export function lastWord(value: string, list: string): string {
  const text = value.trim()
  return text.startsWith(`${list}.`) ? text.slice(list.length + 1) : text
}
