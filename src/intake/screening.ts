import { statSync } from 'node:fs'
import type { WeightUnit } from '../core/read/flat.ts'
import type { RawRecord } from '../core/screen.ts'
import type { Screened, Wanted } from './block-screener.ts'
import { type Block, blocksOf } from './blocks.ts'
import { readDocument } from './document.ts'
import { type Format, formatOfBytes, formatOfName } from './formats.ts'
import { type FileProblem, joined, Unreadable, utf8Chunks } from './open.ts'
import type { Pool } from './pool.ts'
import { type BlockFormat, tooLongRecord } from './records.ts'
import { headed } from './table-start.ts'

/** What to screen and how to read it. */
export interface Input {
  /** File names; `-` is standard input. */
  readonly files: readonly string[]
  readonly format: Format | 'auto'
  readonly columns: readonly string[]
  /** Null when not told: a table's header may tell it, else kilograms are assumed and that is said. */
  readonly weightUnit: WeightUnit | null
  readonly weightBasis: 'line' | 'unit'
  /** Asked for each block: a report wants no more rows of a proposal once it has enough. */
  readonly wanted: () => Wanted
  /** Asked before each block: true ends the screening with what is done. */
  readonly stopped: () => boolean
}

/** What was screened of one file, or what is to be said of the file as a whole. */
export type Step =
  | {
      readonly kind: 'screened'
      readonly file: string
      readonly screened: Screened
      /** Bytes read from disk since the step before. */
      readonly bytes: number
    }
  | {
      readonly kind: 'file-problem'
      readonly file: string
      readonly problem: string
      readonly facts: Readonly<Record<string, string>>
    }

/** Where blocks are screened: `here` for little work, `many` where much follows. Asked for when there is work. */
export interface Pools {
  readonly here: () => Pool
  readonly many: () => Pool
}

/**
 * Screens files one after another and yields what came of each block, in order. Throws UsageError for a table whose columns
 * are not as told.
 */
export async function* screenFiles(input: Input, pools: Pools): AsyncGenerator<Step> {
  for (const file of input.files) {
    if (input.stopped()) return
    try {
      yield* screenFile(file, input, pools)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      if (input.stopped()) return
      yield { kind: 'file-problem', file, problem: 'file-unreadable', facts: { detail: error.message } }
    }
  }
}

/** Total size of the files on disk, or null where one is a stream. */
export function sizeOf(files: readonly string[]): number | null {
  let size = 0
  for (const file of files) {
    try {
      if (file === '-') return null
      size += statSync(file).size
    } catch {
      // A file that is not there is told when its turn comes.
    }
  }
  return size
}

/** One file while it is screened. */
interface Reading {
  readonly file: string
  readonly input: Input
  readonly pools: Pools
  /** Bytes read from disk that no step has told yet. */
  unread: number
}

async function* screenFile(file: string, input: Input, pools: Pools): AsyncGenerator<Step> {
  const reading: Reading = { file, input, pools, unread: 0 }
  const problems: FileProblem[] = []
  const chunks = utf8Chunks(file, {
    tell: (problem) => problems.push(problem),
    count: (bytes) => {
      reading.unread += bytes
    },
  })
  let silent = true
  let failure: unknown = null
  const toTell = function* (): Generator<Step> {
    for (const { kind, facts } of problems.splice(0)) {
      // Of a file that was cut short, nothing may be left: that it is empty is no news then.
      if (kind === 'file-cut') silent = false
      yield noted(file, kind, facts)
    }
  }
  try {
    for await (const step of screenChunks(chunks, reading)) {
      yield* toTell()
      if (step.kind === 'file-problem' || step.screened.records > 0) silent = false
      yield step
    }
  } catch (error) {
    failure = error
  }
  yield* toTell()
  if (failure !== null) throw failure
  if (silent && !input.stopped()) yield noted(file, 'file-empty')
}

function noted(file: string, problem: string, facts: Readonly<Record<string, string>> = {}): Step {
  return { kind: 'file-problem', file, problem, facts }
}

async function* screenChunks(chunks: AsyncGenerator<Buffer>, reading: Reading): AsyncGenerator<Step> {
  const { file, input } = reading
  const { head, ended } = await firstChunks(chunks)
  if (head.length === 0) return
  const told = input.format === 'auto' ? formatOfName(file) : input.format
  const format = told ?? formatOfBytes(head.toString('utf8', 0, headLength), !ended || head.length > headLength)
  const all = joined(head, chunks)
  if (format !== 'json') {
    yield* screenBlocks(blocksOf(all, format === 'csv'), format, reading)
    return
  }
  const document = await readDocument(all)
  if (document.kind === 'problem') yield noted(file, document.problem.kind, document.problem.facts)
  else if (document.kind === 'broken') yield await screenInstead(document.record, reading)
  else yield* screenBlocks(blocksOf(document.chunks, false), 'ndjson', reading)
}

const headLength = 65_536

/** Enough bytes to see a header and the first record, or all there are. */
async function firstChunks(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; ended: boolean }> {
  const held: Buffer[] = []
  let size = 0
  while (size < headLength) {
    const next = await chunks.next()
    if (next.done === true) return { head: Buffer.concat(held), ended: true }
    held.push(next.value)
    size += next.value.length
  }
  return { head: Buffer.concat(held), ended: false }
}

/** Blocks under way, a few at a time; their answers come in order, also when reading fails in the middle. */
async function* screenBlocks(
  blocks: AsyncGenerator<Block>,
  format: 'ndjson' | 'csv' | 'tsv',
  reading: Reading,
): AsyncGenerator<Step> {
  const { file, input, pools } = reading
  const under: Promise<Step>[] = []
  let how: BlockFormat | null = format === 'ndjson' ? { format } : null
  let pool: Pool | null = null
  let failure: unknown = null
  const teller = newTeller(file, input)
  try {
    for await (const block of blocks) {
      if (input.stopped()) break
      let rest: Block | null = block
      if (how === null) {
        const table = headed(block, format as 'csv' | 'tsv', input)
        how = table?.how ?? null
        rest = table?.rest ?? null
      }
      if (how === null || rest === null || (rest.bytes.length === 0 && !rest.tooLong)) continue
      pool ??= block.more ? pools.many() : pools.here()
      const step = screenBlock(rest, { how, pool, reading })
      // A failure is told when its turn comes.
      step.catch(() => {})
      under.push(step)
      if (under.length >= pool.width) yield* teller.tell((await under.shift()) as Step)
    }
  } catch (error) {
    failure = error
  }
  for (const step of under) yield* teller.tell(await step)
  if (failure !== null) throw failure
  if (how !== null && how.format !== 'ndjson' && teller.records() === 0 && !input.stopped())
    yield noted(file, 'table-empty')
}

/** Passes steps on, and says once for a table which unit its bare weights were taken in, where nobody told it. */
function newTeller(
  file: string,
  { weightBasis }: Input,
): { tell: (step: Step) => Generator<Step>; records: () => number } {
  let records = 0
  let unitSaid = false
  return {
    *tell(step) {
      if (step.kind === 'screened') {
        records += step.screened.records
        if (step.screened.bareWeights > 0 && !unitSaid) {
          unitSaid = true
          yield noted(file, 'unit-assumed', { basis: weightBasis })
        }
      }
      yield step
    },
    records: () => records,
  }
}

async function screenBlock(
  block: Block,
  { how, pool, reading }: { readonly how: BlockFormat; readonly pool: Pool; readonly reading: Reading },
): Promise<Step> {
  const { file, input } = reading
  const { bytes, firstLine, tooLong } = block
  const read = reading.unread
  reading.unread = 0
  const instead = tooLong ? tooLongRecord(firstLine) : null
  const screened = await pool.screen({ bytes, firstLine, instead, how, wanted: input.wanted() })
  return { kind: 'screened', file, screened, bytes: read }
}

async function screenInstead(record: RawRecord, { file, input, pools, unread }: Reading): Promise<Step> {
  const job = { bytes: Buffer.alloc(0), firstLine: record.line, instead: record, wanted: input.wanted() }
  const screened = await pools.here().screen({ ...job, how: { format: 'ndjson' } })
  return { kind: 'screened', file, screened, bytes: unread }
}
