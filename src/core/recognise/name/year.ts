import { isOf } from './letters.ts'

/** A year as it was read: where it ends, its digits, whether the writer doubted it. */
export interface Year {
  readonly end: number
  readonly year: string
  readonly doubtful: boolean
}

const shape =
  /^([[(]?) ?([12][0789]\d[\d?])([a-z](?![a-z]))?(\?*) ?([\])]?)(?:[-/]\d{1,4}[a-z]?|\.(?= |$|\)))?(?: ?: ?\d+(?:-\d+)?)?(?: [[(]\d{4}\??[\])])?/

/** Reads a year at `at`: 1753, 1887a: 12, [1790?], (1810), 1801-1803, 1840 [1841]. Null where there is none. */
export function readYear(text: string, at: number): Year | null {
  const unit = text.charCodeAt(at)
  if (unit !== 49 && unit !== 50 && unit !== 91 && unit !== 40) return null
  const match = shape.exec(text.slice(at, at + 40))
  if (match === null) return null
  const [whole, open, year = '', , question, close] = match
  const end = closedEnd(text, at + whole.length, { open: open === '', close: close === '', shut: whole })
  if (end < 0 || isOf(text, end, 16)) return null
  return { end, year, doubtful: open !== '' || question !== '' || year.endsWith('?') }
}

/** A bracket that closes without one that opened it belongs to what stands around. */
function closedEnd(text: string, end: number, at: { open: boolean; close: boolean; shut: string }): number {
  if (at.open === at.close) return end
  return at.open ? text.slice(0, end).lastIndexOf(at.shut.includes(']') ? ']' : ')') : -1
}
