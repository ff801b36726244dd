import { createHash } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'

/** An edition as one engine compiled it. Decisions name both. */
export interface EditionKey {
  readonly edition: string
  /** Name and version of the code, and of Unicode in the engine it runs on. */
  readonly engine: string
}

/** What is kept of an edition: the files that `prepare` writes. */
export const partNames = ['knowledge.json', 'lexicon.bin', 'edition.json'] as const
export type PartName = (typeof partNames)[number]

/** One kept part, as the row of its edition tells it. */
export interface KeptPart {
  readonly name: PartName
  /** Length before it was compressed. */
  readonly bytes: number
  /** SHA-256 before it was compressed, in hexadecimal. */
  readonly digest: string
}

/** Bytes of one piece before it is compressed: a row stays below 1 MB also where nothing can be compressed. */
export const pieceBytes = 960_000

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** What is told of a part. Other work of the thread goes on between its pieces. */
export async function keptPart(name: PartName, content: Uint8Array): Promise<KeptPart> {
  const digest = createHash('sha256')
  for (let at = 0; at < content.byteLength; at += pieceBytes) {
    digest.update(content.subarray(at, at + pieceBytes))
    await otherWork()
  }
  return { name, bytes: content.byteLength, digest: digest.digest('hex') }
}

/** Compresses a part, a piece after the other. */
export async function* packPieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.byteLength; at += pieceBytes) yield compress(content.subarray(at, at + pieceBytes))
}

/** Puts compressed pieces, as they come, into memory that threads share. Throws Error where they do not make the part that was kept. */
export async function joinPieces(
  { name, bytes, digest }: KeptPart,
  pieces: AsyncIterable<Uint8Array>,
): Promise<SharedArrayBuffer> {
  const buffer = new SharedArrayBuffer(bytes)
  const whole = new Uint8Array(buffer)
  const found = createHash('sha256')
  let at = 0
  for await (const piece of pieces) {
    const content = await decompress(piece, { maxOutputLength: pieceBytes })
    if (at + content.length > bytes) throw new Error(`The kept part ${name} is longer than it was.`)
    whole.set(content, at)
    found.update(content)
    at += content.length
  }
  if (at < bytes) throw new Error(`The kept part ${name} ends early.`)
  if (found.digest('hex') !== digest) throw new Error(`The kept part ${name} is not what it was.`)
  return buffer
}
