import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One file of the knowledge. */
export interface SourceFile {
  /** Path below the folder, with `/`. */
  readonly path: string
  /** Path as a fault shows it. */
  readonly shown: string
  readonly text: string
}

/** Folders and files beside the knowledge itself: they explain it and do not change an answer. */
const besides = /^(samples|guide)\/|(^|\/)README\.md$/

/** Every file of a folder of knowledge, sorted by path. */
export function readSources(folder: string): readonly SourceFile[] {
  const name = path.basename(path.resolve(folder))
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(csv|ya?ml|md)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((full) => ({ full, below: path.relative(folder, full).replaceAll(path.sep, '/') }))
    .filter(({ below }) => !besides.test(below))
    .sort((one, other) => (one.below < other.below ? -1 : 1))
    .map(({ full, below }) => ({ path: below, shown: `${name}/${below}`, text: textOf(full) }))
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\ufeff/, '')
}

/** The files whose path fits a pattern. */
export function filesLike(files: readonly SourceFile[], pattern: RegExp): readonly SourceFile[] {
  return files.filter((file) => pattern.test(file.path))
}
