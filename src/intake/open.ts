import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** What is wrong with a file as a whole: a key of `problem.*` and its values. */
export interface FileProblem {
  readonly kind: string
  readonly facts: Readonly<Record<string, string>>
}

/** A file that could not be opened or read on. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Who is told about a file while it is read. */
export interface Listener {
  /** What is wrong with the file. */
  readonly tell: (problem: FileProblem) => void
  /** Bytes that were read from disk, before unpacking. */
  readonly count: (bytes: number) => void
}

/**
 * Opens a file, or standard input for `-`, and yields its bytes as UTF-8 without a byte order mark: gzip is unpacked, UTF-16
 * is converted. Faults of the file (cut short, not UTF-8) are told; what could be read is still yielded. Throws Unreadable.
 */
export async function* utf8Chunks(name: string, listener: Listener): AsyncGenerator<Buffer> {
  const { head, whole } = await withHead(rawChunks(name, listener))
  const packed = head[0] === 0x1f && head[1] === 0x8b
  yield* decoded(packed ? unpacked(whole, listener) : whole, listener)
}

async function* rawChunks(name: string, { count }: Listener): AsyncGenerator<Buffer> {
  const raw: AsyncIterable<Buffer> = name === '-' ? process.stdin : createReadStream(name, { highWaterMark: 1 << 20 })
  try {
    for await (const chunk of raw) {
      count(chunk.length)
      yield chunk
    }
  } catch (error) {
    throw new Unreadable(reasonOf(error), { cause: error })
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read'
  return code === 'EISDIR' ? 'it is a folder' : message
}

/** The first four bytes, or all there are, and the whole again. */
async function withHead(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; whole: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await chunks.next()
    if (next.done === true) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, whole: joined(head, chunks) }
}

/** Chunks before others, as one; when nobody reads on, the others are closed. */
export async function* joined(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

async function* unpacked(whole: AsyncIterable<Buffer>, { tell }: Listener): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const fed = feed(whole, gunzip)
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
    await fed
  } catch (error) {
    if (error instanceof Unreadable) throw error
    tell({ kind: 'file-cut', facts: { detail: error instanceof Error ? error.message : String(error) } })
  } finally {
    gunzip.destroy()
  }
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
async function* decoded(bytes: AsyncGenerator<Buffer>, { tell }: Listener): AsyncGenerator<Buffer> {
  const { head, whole } = await withHead(bytes)
  const utf16 = utf16Kind(head)
  if (utf16 !== null) {
    tell({ kind: 'encoding', facts: { found: utf16.toUpperCase() } })
    yield* converted(whole, new TextDecoder(utf16))
    return
  }
  let mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  for await (const chunk of whole) {
    if (chunk.length > mark) yield chunk.subarray(mark)
    mark = 0
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

async function* converted(chunks: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}
