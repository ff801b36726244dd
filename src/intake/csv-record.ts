const newline = 10
const carriage = 13
const quote = 34
const comma = 44

/** Line ends that a quoted cell may hold; beyond them its quote counts as never closed. */
export const mostLinesCrossed = 256

/** The cell ends outside of the bytes at hand. */
const beyond = -1
/** The quotes of the cell do not pair. */
const faulty = -2

/**
 * End of the CSV record (RFC 4180) that begins at `at`, or -1 where more bytes are needed to tell; `whole` says that none
 * follow. Where the quotes do not pair, the record is its first line: the lines after it stand for themselves. Blocks are cut
 * and records are read by this one rule, so that both agree on where a record begins.
 */
export function csvEnd(bytes: Uint8Array, at: number, whole: boolean): number {
  for (let cell = at; ; ) {
    let end = cell
    if (bytes[cell] === quote) {
      end = closedBehind(bytes, cell + 1, whole)
      if (end === faulty || (end === beyond && whole)) return lineEnd(bytes, at, whole)
      if (end === beyond) return beyond
    } else while (end < bytes.length && bytes[end] !== comma && bytes[end] !== newline) end += 1
    if (end >= bytes.length) return whole ? bytes.length : beyond
    if (bytes[end] === comma) cell = end + 1
    else return bytes[end] === carriage ? end + 2 : end + 1
  }
}

/** Where the line that begins at `at` ends, or -1 where more bytes are needed to tell. */
export function lineEnd(bytes: Uint8Array, at: number, whole: boolean): number {
  const end = bytes.indexOf(newline, at)
  if (end >= 0) return end + 1
  return whole ? bytes.length : beyond
}

/** Position behind the quote that closes a cell: a comma, a line end or the end. */
function closedBehind(bytes: Uint8Array, from: number, whole: boolean): number {
  let crossed = 0
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === newline) crossed += 1
    if (crossed > mostLinesCrossed) return faulty
    if (bytes[at] !== quote) continue
    if (bytes[at + 1] === quote) at += 1
    else return behindQuote(bytes, at + 1, whole)
  }
  return beyond
}

function behindQuote(bytes: Uint8Array, at: number, whole: boolean): number {
  const next = bytes[at]
  if (next === undefined) return whole ? at : beyond
  if (next === comma || next === newline) return at
  if (next !== carriage) return faulty
  if (at + 1 === bytes.length) return whole ? at + 1 : beyond
  return bytes[at + 1] === newline ? at : faulty
}

/** Cells of the record in `bytes`, which ends where `csvEnd` says; null where its quotes do not pair. */
export function csvCells(bytes: Buffer): string[] | null {
  const cells: string[] = []
  const length = withoutLineEnd(bytes)
  for (let cell = 0; ; ) {
    let end = cell
    if (bytes[cell] === quote) {
      end = closedBehind(bytes, cell + 1, true)
      if (end < 0) return null
      end = Math.min(end, length)
      cells.push(bytes.toString('utf8', cell + 1, end - 1).replaceAll('""', '"'))
    } else {
      end = bytes.indexOf(comma, cell)
      if (end < 0) end = length
      cells.push(bytes.toString('utf8', cell, end))
    }
    if (end >= length) return cells
    cell = end + 1
  }
}

function withoutLineEnd(bytes: Uint8Array): number {
  const end = bytes.at(-1) === newline ? bytes.length - 1 : bytes.length
  return end > 0 && bytes[end - 1] === carriage ? end - 1 : end
}
