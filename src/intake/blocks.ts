import { csvEnd, lineEnd } from './csv-record.ts'

/** A run of whole records of one file. */
export interface Block {
  readonly bytes: Buffer
  /** Line of the file that the block begins with, from 1. */
  readonly firstLine: number
  /** A line too long to be read: it is answered, its bytes are gone. */
  readonly tooLong: boolean
  /** Whether about as much again follows, or more. */
  readonly more: boolean
}

const newline = 10
export const blockSize = 1 << 20
/** Most records of a block: an answer can be a hundred times as long as its record. */
export const mostRecords = 500
/** Longest line that is read. */
export const longestLine = 32 << 20

/**
 * Cuts chunks into blocks that end where a line ends, and for `quoted` (CSV) where a record ends. A line longer than
 * `longestLine` becomes a block of its own that says so; memory stays bounded.
 */
export async function* blocksOf(chunks: AsyncIterable<Buffer>, quoted: boolean): AsyncGenerator<Block> {
  const cutter = newCutter(quoted ? csvEnd : lineEnd)
  for await (const chunk of chunks) yield* cutter.add(chunk)
  yield* cutter.release('ended')
}

/** When a block is given out before it is full. */
export interface Promptness {
  /** Milliseconds without a byte. */
  readonly pause: number
  /** Whether whoever takes the blocks has nothing else to do: small blocks cost more than they bring. */
  readonly idle: () => boolean
}

/**
 * The same for a source that may pause: what is whole is given out when nothing came for a while and nothing else is to be done, so
 * that whoever waits for an answer before sending on gets one.
 */
export async function* promptBlocksOf(
  chunks: AsyncIterable<Buffer>,
  quoted: boolean,
  { pause, idle }: Promptness,
): AsyncGenerator<Block> {
  const cutter = newCutter(quoted ? csvEnd : lineEnd)
  const source = chunks[Symbol.asyncIterator]()
  try {
    let given = true
    for (let next = source.next(); ; ) {
      // What is not whole waits for the rest of it.
      const came = given ? await next : await Promise.race([next, pauseOf(pause)])
      if (came === paused) {
        given = idle()
        if (given) yield* cutter.release('paused')
        continue
      }
      if (came.done === true) break
      yield* cutter.add(came.value)
      given = false
      next = source.next()
    }
    yield* cutter.release('ended')
  } finally {
    await source.return?.()
  }
}

const paused = Symbol('paused')

function pauseOf(milliseconds: number): Promise<typeof paused> {
  return new Promise((done) => setTimeout(done, milliseconds, paused).unref())
}

type EndOf = (bytes: Uint8Array, at: number, whole: boolean) => number

interface Cutter {
  readonly add: (chunk: Buffer) => Generator<Block>
  /** What is held, as far as it is whole; all of it when nothing more comes. */
  readonly release: (source: 'paused' | 'ended') => Generator<Block>
}

function newCutter(endOf: EndOf): Cutter {
  let held: Buffer[] = []
  let size = 0
  /** How much must be held before it is looked at: a long record is not looked through again for each chunk. */
  let wanted = blockSize
  let line = 1
  let skipping = false

  function blockOf(bytes: Buffer, more: boolean): Block {
    const block = { bytes, firstLine: line, tooLong: false, more }
    line += countLines(bytes)
    return block
  }

  function hold(bytes: Buffer): void {
    held = bytes.length === 0 ? [] : [bytes]
    size = bytes.length
  }

  /** Takes away what is held up to the end of a line that is too long. */
  function* giveUp(bytes: Buffer): Generator<Block> {
    const end = bytes.indexOf(newline)
    if (end >= 0) {
      // A CSV record of many lines: the first one stands for itself, the others are looked at again.
      yield blockOf(bytes.subarray(0, end + 1), true)
      hold(bytes.subarray(end + 1))
      return
    }
    yield { bytes: Buffer.alloc(0), firstLine: line, tooLong: true, more: true }
    hold(Buffer.alloc(0))
    skipping = true
  }

  function skip(chunk: Buffer): Buffer {
    const end = chunk.indexOf(newline)
    if (end < 0) return Buffer.alloc(0)
    skipping = false
    line += 1
    return chunk.subarray(end + 1)
  }

  function* add(chunk: Buffer): Generator<Block> {
    const fresh = skipping ? skip(chunk) : chunk
    held.push(fresh)
    size += fresh.length
    if (size < wanted) return
    const bytes = Buffer.concat(held)
    wanted = blockSize
    let at = 0
    let cut = cutOf(bytes, at, endOf, false)
    for (; cut.full; cut = cutOf(bytes, at, endOf, false)) {
      // Whoever takes a block that is all there is may keep its bytes.
      const last = cut.end === bytes.length
      yield blockOf(bytes.subarray(at, cut.end), true)
      if (last) return hold(Buffer.alloc(0))
      at = cut.end
    }
    const open = bytes.length - cut.end
    wanted = Math.max(blockSize, bytes.length - at + Math.min(open, longestLine))
    if (open <= longestLine) return hold(bytes.subarray(at))
    if (cut.end > at) yield blockOf(bytes.subarray(at, cut.end), true)
    yield* giveUp(bytes.subarray(cut.end))
    wanted = blockSize
  }

  function* release(source: 'paused' | 'ended'): Generator<Block> {
    if (skipping) return
    const bytes = Buffer.concat(held)
    let at = 0
    for (let end = 0; at < bytes.length; at = end) {
      ;({ end } = cutOf(bytes, at, endOf, source === 'ended'))
      if (end === at) break
      yield blockOf(bytes.subarray(at, end), source === 'paused' || bytes.length - end >= blockSize / 2)
    }
    hold(bytes.subarray(at))
  }

  return { add, release }
}

/** End of the block that begins at `at`, and whether it holds as much as a block should. */
function cutOf(bytes: Buffer, at: number, endOf: EndOf, whole: boolean): { end: number; full: boolean } {
  let end = at
  for (let records = 0; records < mostRecords && end - at < blockSize; ) {
    if (end === bytes.length) return { end, full: false }
    const next = endOf(bytes, end, whole)
    if (next < 0) return { end, full: false }
    // Empty lines are no records, however many there are.
    if (next - end > 2) records += 1
    end = next
  }
  return { end, full: true }
}

/** How many lines end in `bytes`. */
export function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}
