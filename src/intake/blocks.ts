/** A run of whole lines (or whole CSV records) of one file. */
export interface Block {
  readonly bytes: Buffer
  /** Line of the file that the block begins with, from 1. */
  readonly firstLine: number
  /** A line too long to be read: it is answered, its bytes are gone. */
  readonly tooLong: boolean
}

const newline = 10
const quote = 34
export const blockSize = 1 << 20
/** Longest line that is read. */
export const longestLine = 32 << 20
/** Longest quoted CSV record that a block waits for. */
const longestRecord = 4 << 20

/**
 * Cuts chunks into blocks that end where a line ends, and for `quoted` (CSV) where a record ends. A line longer than
 * `longestLine` becomes a block of its own that says so; memory stays bounded.
 */
export async function* blocksOf(chunks: AsyncIterable<Buffer>, quoted: boolean): AsyncGenerator<Block> {
  let held: Buffer[] = []
  let size = 0
  let line = 1
  let skipping = false
  let quotes = 0
  for await (const chunk of chunks) {
    let rest = chunk
    if (skipping) {
      const end = rest.indexOf(newline)
      if (end < 0) continue
      skipping = false
      line += 1
      rest = rest.subarray(end + 1)
    }
    const cut =
      rest.length + size >= blockSize || size > 0
        ? lastCut(rest, quoted, quotes, size)
        : lastCut(rest, quoted, quotes, 0)
    if (quoted) quotes = (quotes + countOf(rest, quote)) % 2
    if (cut > 0 && size + cut >= blockSize) {
      const bytes = Buffer.concat([...held, rest.subarray(0, cut)])
      yield { bytes, firstLine: line, tooLong: false }
      line += countOf(bytes, newline)
      held = []
      size = 0
      rest = rest.subarray(cut)
      if (quoted) quotes = countOf(rest, quote) % 2
    }
    if (rest.length > 0) {
      held.push(rest)
      size += rest.length
    }
    if (size > longestLine) {
      const bytes = Buffer.concat(held)
      const end = bytes.lastIndexOf(newline)
      if (end >= 0) {
        yield { bytes: bytes.subarray(0, end + 1), firstLine: line, tooLong: false }
        line += countOf(bytes.subarray(0, end + 1), newline)
        held = [bytes.subarray(end + 1)]
        size = bytes.length - end - 1
      } else {
        yield { bytes: Buffer.alloc(0), firstLine: line, tooLong: true }
        held = []
        size = 0
        skipping = true
      }
      quotes = 0
    }
  }
  if (size > 0) yield { bytes: Buffer.concat(held), firstLine: line, tooLong: false }
}

/** Where the last whole line (or record) of `bytes` ends, or 0. */
function lastCut(bytes: Buffer, quoted: boolean, quotesBefore: number, held: number): number {
  if (!quoted) return bytes.lastIndexOf(newline) + 1
  let odd = quotesBefore
  let last = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === quote) odd ^= 1
    else if (byte === newline && (odd === 0 || held + at - last > longestRecord)) {
      last = at + 1
      odd = 0
    }
  }
  return last
}

function countOf(bytes: Buffer, byte: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}
