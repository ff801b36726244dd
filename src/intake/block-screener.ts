import { type Answer, answerProblem } from '../core/act/answer.ts'
import type { Decision } from '../core/decide/decide.ts'
import type { Proposal } from '../core/decide/policy.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { type RawRecord, type ScreeningOptions, screener } from '../core/screen.ts'
import { answerLines } from './answer-lines.ts'
import { type BlockFormat, recordsIn } from './records.ts'

/** One block to screen: its bytes, or the one record that stands for what could not be read. */
export interface Job {
  readonly bytes: Uint8Array
  readonly firstLine: number
  readonly instead: RawRecord | null
  readonly how: BlockFormat
  readonly wanted: Wanted
}

/** What is wanted of the records: their answers as text, or rows for a report of those with some proposals. */
export type Wanted = 'text' | readonly Proposal[]

/** What a report shows of one record, besides its answer. */
export interface ScreenedRow {
  readonly answer: Answer
  readonly descriptions: readonly string[]
  readonly origins: readonly (string | null)[]
  readonly dispatch: string | null
  readonly destination: string | null
}

/** A record that could not be read, with a sentence that says what to do. */
export interface Fault {
  readonly line: number
  readonly sentence: string
}

/** What came of one block. */
export interface Screened {
  /** Answers as NDJSON in UTF-8, one a record, in order. Empty when rows are wanted. */
  readonly answers: Uint8Array
  readonly rows: readonly ScreenedRow[]
  readonly records: number
  readonly items: number
  /** Records by proposal, in the policy's order. */
  readonly byProposal: readonly number[]
  /** The same by country of dispatch, empty where it is not told. Counted where rows are wanted. */
  readonly byDispatch: ReadonlyMap<string, readonly number[]>
  readonly faults: readonly Fault[]
  /** Weights of a table that told no unit. */
  readonly bareWeights: number
}

export type BlockScreener = (job: Job) => Screened

/** Makes the function that screens whole blocks: the same in this thread and in a worker. */
export function blockScreener(knowledge: Knowledge, options: ScreeningOptions): BlockScreener {
  const { decide, answer, write } = screener(knowledge, options)
  const { order } = knowledge.policy
  const lines = answerLines({ answer, write })
  return ({ bytes, firstLine, instead, how, wanted }) => {
    const rows: ScreenedRow[] = []
    const faults: Fault[] = []
    const byProposal = order.map(() => 0)
    const byDispatch = new Map<string, number[]>()
    let items = 0
    let records = 0
    const take = (record: RawRecord): void => {
      const decision = decide(record)
      const at = order.indexOf(decision.proposal)
      byProposal[at] = (byProposal[at] as number) + 1
      records += 1
      items += decision.items.length
      if (!decision.parcel.readable) {
        const problem = decision.parcel.problems[0]
        faults.push({
          line: record.line,
          sentence: problem === undefined ? '' : answerProblem(problem, knowledge.words).sentence,
        })
      }
      if (wanted === 'text') lines.add(decision)
      else {
        const from = decision.parcel.route.dispatch ?? ''
        const counts = byDispatch.get(from) ?? order.map(() => 0)
        counts[at] = (counts[at] as number) + 1
        byDispatch.set(from, counts)
        if (wanted.includes(decision.proposal)) rows.push(rowOf(decision, answer(decision)))
      }
    }
    let bareWeights = 0
    if (instead !== null) take(instead)
    else bareWeights = recordsIn(bytes, firstLine, how, take)
    return { answers: lines.bytes(), rows, records, items, byProposal, byDispatch, faults, bareWeights }
  }
}

function rowOf({ parcel }: Decision, answer: Answer): ScreenedRow {
  const { route, lines } = parcel
  return {
    answer,
    descriptions: lines.map(({ description }) => description),
    origins: lines.map(({ origin }) => origin),
    dispatch: route.dispatch,
    destination: route.destination,
  }
}
