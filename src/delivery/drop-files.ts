import { constants } from 'node:fs'
import { access, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** The folders of one partner. */
export interface PartnerFolders {
  /** Files that are taken in. */
  readonly in: string
  readonly done: string
  readonly faulty: string
  /** Answers. */
  readonly out: string
}

/** The folders of a partner below those of the service. */
export function foldersOf(incoming: string, outgoing: string, partner: string): PartnerFolders {
  const folder = path.join(incoming, partner)
  return {
    in: folder,
    done: path.join(folder, 'done'),
    faulty: path.join(folder, 'faulty'),
    out: path.join(outgoing, partner),
  }
}

/** Makes the folders that are not there yet. */
export async function makeFolders({ done, faulty, out }: PartnerFolders): Promise<void> {
  for (const folder of [done, faulty, out]) await mkdir(folder, { recursive: true })
}

/** A file as it was seen. */
export interface SeenFile {
  readonly name: string
  readonly size: number
  readonly changed: number
}

/** Endings of files that are being written still. */
const unfinished = /\.(part|partial|filepart|tmp|temp|swp|crdownload)$|~$/i

/** Files of a folder that may be taken, by name. Links are none: they lead to files of others. */
export async function filesIn(folder: string): Promise<readonly SeenFile[]> {
  const names = await readdir(folder)
  const seen: SeenFile[] = []
  for (const name of names.sort()) {
    if (name.startsWith('.') || unfinished.test(name)) continue
    const stat = await lstat(path.join(folder, name)).catch(() => null)
    if (stat?.isFile() === true) seen.push({ name, size: stat.size, changed: stat.mtimeMs })
  }
  return seen
}

/** A name for a file under which none went out or was put away before. */
export async function freeName(name: string, { done, faulty, out }: PartnerFolders): Promise<string> {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : name.replace(/^[^.]+/, `$&-${number}`)
    const taken = [path.join(done, free), path.join(faulty, free), path.join(out, answersName(free))]
    if (!(await Promise.all(taken.map(isThere))).includes(true)) return free
  }
}

/** Name of the file of answers. */
export function answersName(name: string): string {
  return `${name}.answers.ndjson`
}

export async function isThere(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  )
}

/** Writes pieces to a new file and to disk. */
export async function writeWhole(
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const written = await open(file, 'w', 0o640)
  try {
    for await (const piece of pieces) await written.writeFile(piece)
    await written.sync()
  } finally {
    await written.close()
  }
}

/** Moves a file within a file system, in one step, so that it is in its new place after a power cut as well. */
export async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(path.dirname(to))
  if (path.dirname(from) !== path.dirname(to)) await syncFolder(path.dirname(from))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the file system keeps the order itself.
  if (process.platform === 'win32') return
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** Takes a file away where it is there. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true })
}
