import { closeSync, openSync, readSync } from 'node:fs'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { UsageError } from '../../intake/table.ts'

/** A file inside a zip archive. */
export interface Member {
  readonly name: string
  readonly bytes: number
  readonly open: () => Promise<AsyncIterable<Buffer>>
}

/** An opened archive; its members can be read in any order. */
export interface Archive {
  readonly members: readonly Member[]
  readonly close: () => void
}

/** Opens a zip archive. Throws UsageError where it is broken. */
export async function openArchive(file: string): Promise<Archive> {
  const members: Member[] = []
  try {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false })
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) members.push(memberOf(zip, entry))
    return { members, close: () => zip.close() }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${file} is a broken zip archive: ${reason}. Fetch it again.`)
  }
}

function memberOf(zip: ZipFile, entry: Entry): Member {
  return {
    name: entry.fileName,
    bytes: entry.uncompressedSize,
    open: async () => (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>,
  }
}

/** Finds a member by its name without its folders, in whatever case; endings may be told apart by `|`. */
export function memberNamed({ members }: Archive, pattern: RegExp): Member | undefined {
  return members.find(({ name }) => pattern.test(name.slice(name.lastIndexOf('/') + 1)))
}

/** The first bytes of a file. */
export function firstBytes(file: string, count: number): Buffer {
  const bytes = Buffer.alloc(count)
  const descriptor = openSync(file, 'r')
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, count, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** A whole small member as text. */
export async function textOf(member: Member): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await member.open()) chunks.push(chunk)
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}
