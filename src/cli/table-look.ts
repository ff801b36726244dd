import type { Proposal } from '../core/decide/policy.ts'
import type { Words } from '../core/decide/words.ts'

/** How the table is to look. */
export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number
  readonly colour: boolean
  readonly words: Words
  /** Most parcels shown; the others are counted. */
  readonly limit: number
}

/** How each proposal looks; its word always stands beside. */
export const looks: Readonly<Record<Proposal, string>> = {
  refuse: '1;97;41',
  'stop-before-dispatch': '1;31',
  inspect: '1;35',
  'hold-documents': '1;33',
  ask: '1;36',
  'no-objection': '32',
}
