import { say, type Words } from '../core/decide/words.ts'
import { type Format, formatOfBytes, formatOfName } from '../intake/formats.ts'
import { elementLines } from '../intake/json-elements.ts'
import { type FileProblem, joined, Unreadable, utf8Chunks } from '../intake/open.ts'
import type { Reception, Sending, Tally } from '../intake/reception.ts'
import { UsageError } from '../intake/table.ts'
import { tableStart } from '../intake/table-start.ts'

/** A file that is not to be read as it is. The message tells for each fault where it is and what to do, a line each. */
export class FaultyFile extends Error {
  override readonly name = 'FaultyFile'
}

export interface ReceiveFileParts {
  readonly reception: Pick<Reception, 'receive'>
  /** Sentences that problems are told in. */
  readonly words: () => Words
  /** Told of each run of records. */
  readonly tally: (tally: Tally) => void
}

/** Most faults that a file is told to have: whoever made it sees by the first ones what is wrong. */
const mostFaults = 20

/**
 * Takes the parcels of a file in as `POST /parcels` does: NDJSON, JSON, CSV or TSV by its name or by what it holds, UTF-8 or UTF-16,
 * gzip or plain. Yields the answers as NDJSON in input order, each once its parcel is on disk. Throws FaultyFile, after the
 * answers to what could be read, where the file cannot be read, is cut short or empty, or where none of its records can be read;
 * throws StoreFault where the store does not take it.
 */
export async function* receiveFile(
  file: string,
  sending: Sending,
  { reception, words, tally }: ReceiveFileParts,
): AsyncGenerator<Buffer> {
  const problems: FileProblem[] = []
  const chunks = utf8Chunks(file, { tell: (problem) => problems.push(problem), count: () => {} })
  let [records, unreadable] = [0, 0]
  const faults: string[] = []
  try {
    for await (const { answers, tally: counts } of answersTo(file, chunks, { sending, reception })) {
      tally(counts)
      records += counts.records
      unreadable += counts.unreadable
      if (records === unreadable && faults.length < mostFaults) faults.push(...faultsIn(answers))
      yield answers
    }
  } catch (error) {
    throw faultOf(error, words())
  }
  const cut = problems.find(({ kind }) => kind === 'file-cut')
  if (cut !== undefined) throw new FaultyFile(say(words(), 'problem.file-cut', cut.facts))
  if (records === 0) throw new FaultyFile(say(words(), 'problem.file-empty'))
  if (records === unreadable) throw new FaultyFile(faults.slice(0, mostFaults).join('\n'))
}

function faultOf(error: unknown, words: Words): unknown {
  if (error instanceof UsageError) return new FaultyFile(`Line 1: ${error.message}`, { cause: error })
  if (error instanceof Unreadable)
    return new FaultyFile(say(words, 'problem.file-unreadable', { detail: error.message }), { cause: error })
  return error
}

async function* answersTo(
  file: string,
  chunks: AsyncGenerator<Buffer>,
  { sending, reception }: { readonly sending: Sending; readonly reception: Pick<Reception, 'receive'> },
): ReturnType<Reception['receive']> {
  const head = await firstBytes(chunks)
  const format: Format =
    formatOfName(file) ?? formatOfBytes(head.toString('utf8', 0, headLength), head.length >= headLength)
  const all = joined(head, chunks)
  const start = format === 'csv' || format === 'tsv' ? tableStart(format) : ({ format: 'ndjson' } as const)
  yield* reception.receive(format === 'json' ? elementLines(all) : all, start, sending)
}

const headLength = 65_536

async function firstBytes(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const held: Buffer[] = []
  let size = 0
  while (size < headLength) {
    const next = await chunks.next()
    if (next.done === true) break
    held.push(next.value)
    size += next.value.length
  }
  return Buffer.concat(held)
}

interface UnreadableAnswer {
  readonly parcel: { readonly line: number }
  readonly reasons: readonly { readonly sentence: string }[]
}

/** What the answers to records that could not be read say, each with its line. */
function faultsIn(answers: Buffer): string[] {
  const lines = answers
    .toString('utf8')
    .split('\n', mostFaults)
    .filter((line) => line !== '')
  return lines.map((line) => {
    const { parcel, reasons } = JSON.parse(line) as UnreadableAnswer
    return `Line ${parcel.line}: ${reasons.map(({ sentence }) => sentence).join(' ')}`
  })
}
