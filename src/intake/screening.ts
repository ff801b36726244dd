import { statSync } from 'node:fs'
import type { WeightUnit } from '../core/read/flat.ts'
import type { Screened } from './block-screener.ts'
import { type Block, blockSize, blocksOf } from './blocks.ts'
import { type Format, formatOfBytes, formatOfName, utf8Chunks } from './open.ts'
import type { Pool } from './pool.ts'
import type { BlockFormat } from './records.ts'
import { headerCells, tableShape } from './table.ts'

/** What to screen and how to read it. */
export interface Input {
  /** File names; `-` is standard input. */
  readonly files: readonly string[]
  readonly format: Format | 'auto'
  readonly columns: readonly string[]
  readonly weightUnit: WeightUnit
  readonly weightBasis: 'line' | 'unit'
  /** Whether rows for a report are wanted instead of answers as text. */
  readonly withRows: boolean
  /** Asked before each block: true ends the screening with what is done. */
  readonly stopped: () => boolean
}

/** What was screened of one file, or what is wrong with the file as a whole. */
export type Step =
  | { readonly kind: 'screened'; readonly file: string; readonly screened: Screened; readonly bytes: number }
  | {
      readonly kind: 'file-problem'
      readonly file: string
      readonly problem: string
      readonly facts: Readonly<Record<string, string>>
    }

/**
 * Screens files one after another and yields what came of each block, in order. Pools are asked for when there is work: `here`
 * for the first block, `many` from the second on. Throws UsageError for a table whose columns are not as told.
 */
export async function* screenFiles(
  input: Input,
  pools: { readonly here: () => Pool; readonly many: () => Pool },
): AsyncGenerator<Step> {
  for (const file of input.files) {
    if (input.stopped()) return
    try {
      yield* screenFile(file, input, pools)
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
      yield { kind: 'file-problem', file, problem: 'file-unreadable', facts: { detail: reasonOf(error) } }
    }
  }
}

function reasonOf(error: Error & { code?: unknown }): string {
  if (error.code === 'ENOENT') return 'there is no such file'
  if (error.code === 'EACCES') return 'it may not be read'
  return error.code === 'EISDIR' ? 'it is a folder' : error.message
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

async function* screenFile(
  file: string,
  input: Input,
  pools: { readonly here: () => Pool; readonly many: () => Pool },
): AsyncGenerator<Step> {
  const problems: Step[] = []
  const tell = ({ kind, facts }: { kind: string; facts: Readonly<Record<string, string>> }): void => {
    problems.push({ kind: 'file-problem', file, problem: kind, facts })
  }
  const chunks = utf8Chunks(file, tell)
  const head = await firstChunks(chunks)
  if (head.length === 0) {
    yield* problems
    yield { kind: 'file-problem', file, problem: 'file-empty', facts: {} }
    return
  }
  const format =
    input.format !== 'auto' ? input.format : (formatOfName(file) ?? formatOfBytes(head.toString('utf8', 0, 65_536)))
  const all = joined(head, chunks)
  if (format === 'json') yield* screenDocument(file, all, input, pools)
  else yield* screenBlocks(file, all, { input, format, pools })
  yield* problems
}

/** Enough bytes to see a header and the first record, or all there are. */
async function firstChunks(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const held: Buffer[] = []
  let size = 0
  while (size < 65_536) {
    const next = await chunks.next()
    if (next.done === true) break
    held.push(next.value)
    size += next.value.length
    if (next.value.includes(10) && size > 4096) break
  }
  return Buffer.concat(held)
}

async function* joined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* rest
}

/** A JSON document is read whole: one record or a list of them, each counted as a line. */
async function* screenDocument(
  file: string,
  chunks: AsyncIterable<Buffer>,
  input: Input,
  pools: { readonly here: () => Pool },
): AsyncGenerator<Step> {
  const held: Buffer[] = []
  for await (const chunk of chunks) held.push(chunk)
  const text = Buffer.concat(held)
  let lines: string
  try {
    const value: unknown = JSON.parse(text.toString('utf8'))
    lines = (Array.isArray(value) ? value : [value]).map((record) => JSON.stringify(record)).join('\n')
  } catch {
    // A broken document is one record that cannot be read; one record a line is told by its lines.
    lines = text
      .toString('utf8')
      .split('\n')
      .every((line) => line.trim() === '' || line.trim().startsWith('{"'))
      ? text.toString('utf8')
      : text.toString('utf8').replaceAll('\n', ' ')
  }
  const job = {
    bytes: Buffer.from(lines),
    firstLine: 1,
    tooLong: false,
    how: { format: 'ndjson' } as const,
    withRows: input.withRows,
  }
  yield { kind: 'screened', file, screened: await pools.here().screen(job), bytes: text.length }
}

interface Way {
  readonly input: Input
  readonly format: 'ndjson' | 'csv' | 'tsv'
  readonly pools: { readonly here: () => Pool; readonly many: () => Pool }
}

async function* screenBlocks(
  file: string,
  chunks: AsyncIterable<Buffer>,
  { input, format, pools }: Way,
): AsyncGenerator<Step> {
  const under: Promise<Step>[] = []
  let how: BlockFormat | null = format === 'ndjson' ? { format } : null
  let pool: Pool | null = null
  for await (const block of blocksOf(chunks, format === 'csv')) {
    if (input.stopped()) break
    let { bytes, firstLine } = block
    if (how === null) {
      const end = headerEnd(bytes, format === 'csv')
      const header = headerCells(bytes.toString('utf8', 0, end), format as 'csv' | 'tsv')
      how = { format: format as 'csv' | 'tsv', shape: tableShape(header, input), width: header.length }
      firstLine += countLines(bytes.toString('utf8', 0, end))
      bytes = bytes.subarray(end)
    }
    pool ??= bytes.length < blockSize / 2 ? pools.here() : pools.many()
    under.push(screenBlock(file, { ...block, bytes, firstLine }, { how, pool, input }))
    if (under.length >= pool.width) yield (await under.shift()) as Step
  }
  for (const step of under) yield await step
}

function headerEnd(bytes: Buffer, quoted: boolean): number {
  let odd = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (quoted && bytes[at] === 34) odd ^= 1
    else if (bytes[at] === 10 && odd === 0) return at + 1
  }
  const first = bytes.indexOf(10)
  return first < 0 ? bytes.length : first + 1
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}

async function screenBlock(
  file: string,
  block: Block,
  way: { readonly how: BlockFormat; readonly pool: Pool; readonly input: Input },
): Promise<Step> {
  const { how, pool, input } = way
  const { bytes, firstLine, tooLong } = block
  const screened = await pool.screen({ bytes, firstLine, tooLong, how, withRows: input.withRows })
  return { kind: 'screened', file, screened, bytes: bytes.length }
}
