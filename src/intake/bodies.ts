import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A body that is not taken: too large, or not what it says it is. */
export class BodyFault extends Error {
  override readonly name = 'BodyFault'
  readonly kind: 'too-large' | 'too-large-unpacked' | 'broken-gzip' | 'cut'

  constructor(kind: BodyFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

export interface BodyLimits {
  /** Most bytes as sent; null for no limit. */
  readonly sent: number | null
  /** Most bytes after unpacking; null for no limit. */
  readonly unpacked: number | null
}

/** The bytes of a body in chunks, unpacked where it is gzip. Throws BodyFault as soon as a limit is passed: a packed bomb is never unpacked whole. */
export async function* bodyChunks(
  body: ReadableStream<Uint8Array> | null,
  gzip: 'gzip' | 'plain',
  limits: BodyLimits,
): AsyncGenerator<Buffer> {
  if (body === null) return
  const sent = limited(chunksOf(body), limits.sent, 'too-large')
  if (gzip === 'plain') {
    yield* sent
    return
  }
  const counted = { bytes: 0 }
  yield* inProportion(limited(unpacked(counting(sent, counted)), limits.unpacked, 'too-large-unpacked'), counted)
}

/** Times that a packed body may grow: parcels grow about ten times. A little is let be, however it is packed. */
const mostGrowth = 200
const letBe = 64 << 20

async function* counting(chunks: AsyncIterable<Buffer>, counted: { bytes: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    counted.bytes += chunk.length
    yield chunk
  }
}

/** Refuses a packed stream that is nearly nothing but repetition: it has no limit of its own. */
async function* inProportion(chunks: AsyncIterable<Buffer>, sent: { readonly bytes: number }): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > letBe && size > sent.bytes * mostGrowth)
      throw new BodyFault('too-large-unpacked', `It grows more than ${mostGrowth} times when it is unpacked.`)
    yield chunk
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  } catch (error) {
    throw new BodyFault('cut', 'The body ended before it was whole.', { cause: error })
  }
}

async function* limited(
  chunks: AsyncIterable<Buffer>,
  most: number | null,
  kind: 'too-large' | 'too-large-unpacked',
): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (most !== null && size > most) throw new BodyFault(kind, `More than ${most} bytes are not taken in one body.`)
    yield chunk
  }
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const source = Readable.from(chunks)
  source.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Buffer
  } catch (error) {
    if (error instanceof BodyFault) throw error
    throw new BodyFault('broken-gzip', 'The body is said to be gzip, and is not, or is cut.', { cause: error })
  } finally {
    source.destroy()
  }
}
