import type { Answer } from '../core/act/answer.ts'
import type { Proposal } from '../core/decide/policy.ts'

/** One screened record as a report shows it: the answer beside what was declared. */
export interface ReportRow {
  readonly answer: Answer
  /** Line in the file, from 1. */
  readonly line: number
  /** The file as it was named; a report shows its last part only. */
  readonly file: string
  /** Descriptions as declared, untouched, in the order of the item lines. */
  readonly descriptions: readonly string[]
  /** Declared origin of each item line, where the caller tells it. */
  readonly origins?: readonly (string | null)[]
  readonly dispatch: string | null
  readonly destination: string | null
}

export type Counts = Readonly<Record<Proposal, number>>

/** What was screened, in numbers. The numbers cover every record, also those whose rows are not handed over. */
export interface Summary {
  readonly files: readonly string[]
  readonly records: number
  readonly unreadable: number
  readonly byProposal: Counts
  /** By country of dispatch; the empty key stands for records that do not tell it. */
  readonly byDispatch: Readonly<Record<string, Counts>>
  readonly seconds: number
  readonly knowledge: string
  readonly engine: string
  /** Day whose law counts, as 2026-11-24. */
  readonly on: string
  /** Destination of records that do not tell one, or null. */
  readonly destination: string | null
  /** Names of places by code, where they are known. */
  readonly places?: Readonly<Record<string, string>>
}
