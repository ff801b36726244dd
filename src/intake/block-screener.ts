import { type Answer, answerProblem } from '../core/act/answer.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { type RawRecord, type ScreeningOptions, screener } from '../core/screen.ts'
import { type BlockFormat, recordsIn, tooLongRecord } from './records.ts'

/** One block to screen. */
export interface Job {
  readonly bytes: Uint8Array
  readonly firstLine: number
  readonly tooLong: boolean
  readonly how: BlockFormat
  /** Whether rows for a report are wanted beside the answers. */
  readonly withRows: boolean
}

/** What a report shows of one record, besides its answer. */
export interface ScreenedRow {
  readonly answer: Answer
  readonly descriptions: readonly string[]
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
}

export type BlockScreener = (job: Job) => Screened

/** Makes the function that screens whole blocks: the same in this thread and in a worker. */
export function blockScreener(knowledge: Knowledge, options: ScreeningOptions): BlockScreener {
  const { decide, answer, write } = screener(knowledge, options)
  const { order } = knowledge.policy
  return ({ bytes, firstLine, tooLong, how, withRows }) => {
    const lines: string[] = []
    const rows: ScreenedRow[] = []
    const faults: Fault[] = []
    const byProposal = order.map(() => 0)
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
      if (withRows) {
        const { route, lines: declared } = decision.parcel
        rows.push({
          answer: answer(decision),
          descriptions: declared.map(({ description }) => description),
          dispatch: route.dispatch,
          destination: route.destination,
        })
      } else lines.push(write(decision))
    }
    if (tooLong) take(tooLongRecord(firstLine))
    else recordsIn(bytes, firstLine, how, take)
    const answers = lines.length === 0 ? nothing : encoder.encode(`${lines.join('\n')}\n`)
    return { answers, rows, records, items, byProposal, faults }
  }
}

const encoder = new TextEncoder()
const nothing = new Uint8Array(0)
