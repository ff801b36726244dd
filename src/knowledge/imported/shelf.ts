import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { NameCounts } from './compile-names.ts'

/** What is known of one import; written beside what was taken from it. */
export interface ImportRecord {
  readonly name: string
  /** Name of the file it came from, without its folder. */
  readonly file: string
  readonly format: string
  /** Digest of what was taken from the file. */
  readonly digest: string
  readonly rows: number
  readonly taxa: number
  readonly synonyms: number
  readonly commonNames: number
  /** Species that it lists for a country, where it is an inventory. */
  readonly listings?: number
  readonly broken: number
  /** Day of the import, as 2026-11-24. */
  readonly on: string
}

/** What `compiled/edition.json` holds. */
export interface ImportedEdition {
  readonly edition: string
  /** Languages of common names by number; 0 is none. */
  readonly languages: readonly string[]
  readonly counts: NameCounts
  readonly imports: readonly Pick<ImportRecord, 'name' | 'digest'>[]
  /** Inventories that were compiled, by the names of their imports. */
  readonly inventories?: readonly string[]
}

/** Reads what is known of the compiled imports of a folder. */
export function readImportedEdition(folder: string): ImportedEdition {
  return JSON.parse(readFileSync(places.edition(folder), 'utf8')) as ImportedEdition
}

/** Where everything of an imported knowledge lies. */
export const places = {
  imports: (folder: string) => path.join(folder, 'imports'),
  one: (folder: string, name: string) => path.join(folder, 'imports', name),
  compiled: (folder: string) => path.join(folder, 'compiled'),
  names: (folder: string) => path.join(folder, 'compiled', 'names.bin'),
  inventories: (folder: string) => path.join(folder, 'compiled', 'inventories.json'),
  edition: (folder: string) => path.join(folder, 'compiled', 'edition.json'),
} as const

/** The imports of a folder, by name. */
export function listImports(folder: string): ImportRecord[] {
  const shelf = places.imports(folder)
  if (!existsSync(shelf)) return []
  return readdirSync(shelf)
    .filter((name) => !name.startsWith('.') && existsSync(path.join(shelf, name, 'import.json')))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(shelf, name, 'import.json'), 'utf8')) as ImportRecord)
}

/** A new folder that will take the place of another at once, when it is whole. */
export function newPlace(target: string): {
  readonly folder: string
  readonly put: () => void
  readonly drop: () => void
} {
  const shelf = path.dirname(target)
  const beside = path.join(shelf, `.${path.basename(target)}.new-${process.pid}`)
  mkdirSync(beside, { recursive: true })
  tidy(shelf)
  return {
    folder: beside,
    put: () => {
      const old = path.join(shelf, `.${path.basename(target)}.old-${process.pid}`)
      if (existsSync(target)) renameSync(target, old)
      renameSync(beside, target)
      rmSync(old, { recursive: true, force: true })
    },
    drop: () => rmSync(beside, { recursive: true, force: true }),
  }
}

/** Takes away what an import that was stopped left. */
function tidy(shelf: string): void {
  for (const name of readdirSync(shelf)) {
    const [, owner] = /^\..+\.(?:new|old)-(\d+)$/.exec(name) ?? []
    if (owner !== undefined && !isRunning(Number(owner)))
      rmSync(path.join(shelf, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Writes what is known of an import. */
export function writeRecord(folder: string, record: ImportRecord): void {
  writeFileSync(path.join(folder, 'import.json'), `${JSON.stringify(record, null, 2)}\n`)
}

/** Takes an import away; false where there is none of that name. */
export function removeImport(folder: string, name: string): boolean {
  const place = places.one(folder, name)
  if (!listImports(folder).some((one) => one.name === name)) return false
  rmSync(place, { recursive: true, force: true })
  return true
}
