import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Sending } from '../intake/reception.ts'
import {
  answersName,
  filesIn,
  foldersOf,
  freeName,
  isThere,
  makeFolders,
  moveFile,
  type PartnerFolders,
  removeFile,
  type SeenFile,
  writeWhole,
} from './drop-files.ts'
import { FaultyFile } from './receive-file.ts'

/** What a drop folder is made of. */
export interface DropFolderParts {
  /** Folder with a sub-folder for each partner, named as the partner is; whoever may write there sends in its name. */
  readonly in: string
  /** Folder with a sub-folder for each partner, for the answers. */
  readonly out: string
  readonly tenant: string
  /** Takes a file in and yields the answers as NDJSON. Throws FaultyFile where the file is at fault. */
  readonly receive: (file: string, sending: Sending) => AsyncIterable<Uint8Array>
  /** Whether this process is the one that looks after the folder now; asked again and again while it works. */
  readonly hold: () => Promise<boolean>
  /** Told of what went wrong and is no fault of a file; it is tried again. */
  readonly failed: (error: unknown) => void
}

/** A folder that is looked through a turn at a time. */
export interface DropFolder {
  /** Takes in the files that have not changed since the turn before; tells how many. */
  readonly turn: () => Promise<number>
  /** Ends in the middle of a file: it stays where it is, and is taken in again from the beginning. */
  readonly stop: () => void
}

/**
 * Opens a drop folder. A file is complete when a turn finds it as the turn before did; who writes `NAME.part` and then renames it
 * is safe for sure. Its answers go to `NAME.answers.ndjson`, the file to `done`, or to `faulty` with `NAME.problem.txt` beside it.
 *
 * However often it is ended in the middle, each file has its answers once: (1) they are written to disk under a name with a dot,
 * which becomes `.NAME.ready` when they are whole, (2) the file is moved away, (3) they get their name. What ended before 2 is done
 * again, which stores nothing twice; what ended after 2 goes on with 3.
 */
export function openDropFolder(parts: DropFolderParts): DropFolder {
  const looking: Looking = { seen: new Map(), failing: new Map(), open: true }
  return {
    turn: async () => {
      let taken = 0
      for (const partner of await partnersIn(parts.in)) {
        if (!looking.open || !(await parts.hold())) return taken
        taken += await turnOf(partner, parts, looking)
      }
      return taken
    },
    stop: () => {
      looking.open = false
    },
  }
}

/** What is known of the folder from turn to turn. */
interface Looking {
  /** Files as the turn before saw them, by their place. */
  readonly seen: Map<string, SeenFile>
  /** Files that could not be taken in, though they are not at fault: how often, and for how many turns they are left alone. */
  readonly failing: Map<string, { readonly times: number; wait: number }>
  open: boolean
}

/** Most turns for which a file is left alone, and most files that fail in one turn. */
const [longestWait, mostFailures] = [64, 3]

async function turnOf(partner: string, parts: DropFolderParts, looking: Looking): Promise<number> {
  const folders = foldersOf(parts.in, parts.out, partner)
  await makeFolders(folders)
  await finish(folders)
  let [taken, failures] = [0, 0]
  for (const { name } of complete(folders, await filesIn(folders.in), looking.seen)) {
    const place = path.join(folders.in, name)
    const failing = looking.failing.get(place)
    if (failing !== undefined && failing.wait > 0) {
      failing.wait -= 1
      continue
    }
    if (!looking.open || failures === mostFailures || !(await parts.hold())) break
    const sending = { tenant: parts.tenant, partner, actor: 'key:drop-folder' }
    if (await take({ name, folders, sending }, parts, () => looking.open)) {
      looking.failing.delete(place)
      taken += 1
    } else {
      failures += 1
      const times = (failing?.times ?? 0) + 1
      looking.failing.set(place, { times, wait: Math.min(2 ** times - 2, longestWait) })
    }
  }
  return taken
}

/** Names of partners: what they can be is what keys of partners can say. */
async function partnersIn(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && /^[\w-]{1,64}$/.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** Files that are as they were seen before. */
function complete(
  { in: folder }: PartnerFolders,
  files: readonly SeenFile[],
  seen: Map<string, SeenFile>,
): readonly SeenFile[] {
  const before = new Map(seen)
  const here = (name: string): string => path.join(folder, name)
  for (const place of before.keys()) if (path.dirname(place) === folder) seen.delete(place)
  for (const file of files) seen.set(here(file.name), file)
  return files.filter((file) => {
    const last = before.get(here(file.name))
    return last !== undefined && last.size === file.size && last.changed === file.changed
  })
}

interface Task {
  readonly name: string
  readonly folders: PartnerFolders
  readonly sending: Sending
}

/** Takes one file in; false where it is to be tried again later. */
async function take({ name, folders, sending }: Task, parts: DropFolderParts, isOpen: () => boolean): Promise<boolean> {
  const source = path.join(folders.in, name)
  const free = await freeName(name, folders)
  const [part, ready] = [path.join(folders.out, `.${free}.part`), path.join(folders.out, `.${free}.ready`)]
  let fault: FaultyFile | null = null
  let size = 0
  async function* answers(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of parts.receive(source, sending)) {
        if (!isOpen()) throw new Ended()
        size += piece.length
        yield piece
      }
    } catch (error) {
      if (!(error instanceof FaultyFile)) throw error
      fault = error
    }
  }
  try {
    await writeWhole(part, answers())
    await putAway({ name, free, size, part, ready, folders, fault })
    return true
  } catch (error) {
    await removeFile(part).catch(() => {})
    if (!(error instanceof Ended)) parts.failed(error)
    return false
  }
}

/** The service stops in the middle of a file. */
class Ended extends Error {}

interface Away {
  readonly name: string
  readonly free: string
  readonly size: number
  readonly part: string
  readonly ready: string
  readonly folders: PartnerFolders
  readonly fault: FaultyFile | null
}

async function putAway({ name, free, size, part, ready, folders, fault }: Away): Promise<void> {
  const source = path.join(folders.in, name)
  if (size > 0) await moveFile(part, ready)
  else await removeFile(part)
  if (fault === null) await moveFile(source, path.join(folders.done, free))
  else {
    await writeProblem(path.join(folders.faulty, `${free}.problem.txt`), fault)
    await moveFile(source, path.join(folders.faulty, free))
  }
  if (size > 0) await moveFile(ready, path.join(folders.out, answersName(free)))
}

async function writeProblem(file: string, { message }: FaultyFile): Promise<void> {
  const text = `${message}\nMend the file and put it into the folder again. What was answered is stored, and is not stored twice.\n`
  await writeWhole(`${file}.part`, [Buffer.from(text)])
  await moveFile(`${file}.part`, file)
}

/** Goes on where an end came between: answers whose file was moved away get their name, others are made anew. */
async function finish(folders: PartnerFolders): Promise<void> {
  for (const entry of await readdir(folders.out)) {
    const [, name, stage] = /^\.(.+)\.(ready|part)$/.exec(entry) ?? []
    if (name === undefined) continue
    const place = path.join(folders.out, entry)
    const away = await Promise.all([folders.done, folders.faulty].map((folder) => isThere(path.join(folder, name))))
    if (stage === 'ready' && away.includes(true)) await moveFile(place, path.join(folders.out, answersName(name)))
    else await removeFile(place)
  }
}
