import { type Answer, answerProblem } from '../core/act/answer.ts'
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
  /** Whether rows for a report are wanted instead of the answers as text. */
  readonly withRows: boolean
}

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
  readonly faults: readonly Fault[]
  /** Weights of a table that told no unit. */
  readonly bareWeights: number
}

export type BlockScreener = (job: Job) => Screened

/** Makes the function that screens whole blocks: the same in this thread and in a worker. */
export function blockScreener(knowledge: Knowledge, options: ScreeningOptions): BlockScreener {
  const { decide, answer } = screener(knowledge, options)
  const { order } = knowledge.policy
  return ({ bytes, firstLine, instead, how, withRows }) => {
    const lines = answerLines()
    const rows: ScreenedRow[] = []
    const faults: Fault[] = []
    const byProposal = order.map(() => 0)
    let items = 0
    let records = 0
    const take = (record: RawRecord): void => {
      const decision = decide(record)
      const own = answer(decision)
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
      if (withRows) {
        const { route, lines: declared } = decision.parcel
        rows.push({
          answer: own,
          descriptions: declared.map(({ description }) => description),
          origins: declared.map(({ origin }) => origin),
          dispatch: route.dispatch,
          destination: route.destination,
        })
      } else lines.add(own)
    }
    let bareWeights = 0
    if (instead !== null) take(instead)
    else bareWeights = recordsIn(bytes, firstLine, how, take)
    return { answers: lines.bytes(), rows, records, items, byProposal, faults, bareWeights }
  }
}
