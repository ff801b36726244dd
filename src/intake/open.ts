import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { createGunzip } from 'node:zlib'

/** What is wrong with a file as a whole: a key of `problem.*` and its values. */
export interface FileProblem {
  readonly kind: string
  readonly facts: Readonly<Record<string, string>>
}

/** Bytes of one input as UTF-8, whatever it was packed or encoded in. */
export interface Source {
  readonly name: string
  readonly chunks: AsyncIterable<Buffer>
  /** Bytes on disk, or null for a stream. */
  readonly size: number | null
}

/**
 * Opens a file, or standard input for `-`, and yields its bytes as UTF-8 without a byte order mark: gzip is unpacked, UTF-16
 * is converted. Faults of the file (cut short, not UTF-8) are told through `tell`; what could be read is still yielded.
 */
export async function* utf8Chunks(name: string, tell: (problem: FileProblem) => void): AsyncGenerator<Buffer> {
  const raw: AsyncIterable<Buffer> = name === '-' ? process.stdin : createReadStream(name, { highWaterMark: 1 << 20 })
  const iterator = raw[Symbol.asyncIterator]()
  const head = await readHead(iterator)
  if (head === null) return
  const whole = joined(head, iterator)
  const packed = head[0] === 0x1f && head[1] === 0x8b
  yield* decoded(packed ? unpacked(whole, tell) : whole, tell)
}

async function readHead(iterator: AsyncIterator<Buffer>): Promise<Buffer | null> {
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await iterator.next()
    if (next.done === true) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return head.length === 0 ? null : head
}

async function* joined(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}

async function* unpacked(whole: AsyncIterable<Buffer>, tell: (problem: FileProblem) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const fed = feed(whole, gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    tell({ kind: 'file-cut', facts: { detail: error instanceof Error ? error.message : String(error) } })
  }
  await fed
}

async function feed(whole: AsyncIterable<Buffer>, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  try {
    for await (const chunk of whole) {
      if (gunzip.destroyed) return
      if (!gunzip.write(chunk)) await new Promise<void>((done) => gunzip.once('drain', done).once('close', done))
    }
    gunzip.end()
  } catch (error) {
    gunzip.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

/** UTF-8 without its mark; UTF-16 converted. */
async function* decoded(bytes: AsyncIterable<Buffer>, tell: (problem: FileProblem) => void): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null
  let first = true
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue
    if (first) {
      first = false
      const utf16 = utf16Kind(chunk)
      if (utf16 !== null) {
        tell({ kind: 'encoding', facts: { found: utf16.toUpperCase() } })
        decoder = new TextDecoder(utf16)
      } else if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) {
        if (chunk.length > 3) yield chunk.subarray(3)
        continue
      }
    }
    yield decoder === null ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }))
  }
}

/** UTF-16 by its mark, or by the zero bytes that Latin text has in it. */
function utf16Kind(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head.length < 4) return null
  if (head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'utf-16le'
  return head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0 ? 'utf-16be' : null
}

export const formats = ['ndjson', 'json', 'csv', 'tsv'] as const
export type Format = (typeof formats)[number]

/** The format a name tells, or null. */
export function formatOfName(name: string): Format | null {
  const plain = name.toLowerCase().replace(/\.gz$/, '')
  const extension = extname(plain).slice(1)
  if (extension === 'jsonl') return 'ndjson'
  return (formats as readonly string[]).includes(extension) ? (extension as Format) : null
}

/**
 * The format that the first bytes show: JSON begins with a bracket (one record a line, or one document), a table with a header
 * that holds tabs or not.
 */
export function formatOfBytes(head: string): Format {
  const text = head.trimStart()
  if (text.startsWith('[')) return 'json'
  if (text.startsWith('{')) {
    const line = text.split('\n', 1)[0] as string
    try {
      JSON.parse(line)
      return 'ndjson'
    } catch {
      return line.trim().length > 200 || /\}\s*$/.test(line) ? 'ndjson' : 'json'
    }
  }
  return (text.split('\n', 1)[0] as string).includes('\t') ? 'tsv' : 'csv'
}
