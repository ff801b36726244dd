import type { RawRecord } from '../core/screen.ts'
import { isLineByLine } from './formats.ts'
import type { FileProblem } from './open.ts'
import { jsonDetail } from './records.ts'

/** Longest JSON document that is read: it must be held whole. */
export const longestDocument = 256 << 20

/** A document's records, one a line; or the one record that stands for a broken document; or why it is not read. */
export type Document =
  | { readonly kind: 'lines'; readonly chunks: AsyncGenerator<Buffer> }
  | { readonly kind: 'broken'; readonly record: RawRecord }
  | { readonly kind: 'problem'; readonly problem: FileProblem }

/** Reads a JSON document whole: one record or a list of them. A text that is one record a line after all is taken as such. */
export async function readDocument(chunks: AsyncIterable<Buffer>): Promise<Document> {
  const held: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.length
    if (size > longestDocument) {
      return { kind: 'problem', problem: { kind: 'document-too-long', facts: { limit: String(longestDocument) } } }
    }
  }
  const bytes = Buffer.concat(held)
  const text = bytes.toString('utf8')
  try {
    const value: unknown = JSON.parse(text)
    return { kind: 'lines', chunks: linesOf(Array.isArray(value) ? value : [value]) }
  } catch (error) {
    if (isLineByLine(text)) return { kind: 'lines', chunks: only(bytes) }
    return { kind: 'broken', record: { line: 1, fault: 'document-broken', facts: { detail: jsonDetail(error) } } }
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function* linesOf(records: readonly unknown[]): AsyncGenerator<Buffer> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`)
}
