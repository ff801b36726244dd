import { existsSync } from 'node:fs'
import { UsageError } from '../intake/table.ts'
import { places } from '../knowledge/imported/shelf.ts'
import type { Arguments } from './arguments.ts'

/** Where imported knowledge lies when nothing else is said. */
export const usualFolder = 'greenlane-knowledge'

/** The folder that a user names for imported knowledge: by --knowledge, by GREENLANE_KNOWLEDGE, or the usual one. */
export function namedFolder(given: Arguments): string {
  return given.text('knowledge') ?? process.env['GREENLANE_KNOWLEDGE'] ?? usualFolder
}

/** The folder of imported names to load, or null where there are none; a folder that was named must hold some. */
export function importsFolder(given: Arguments): string | null {
  const folder = namedFolder(given)
  if (existsSync(places.edition(folder))) return folder
  if (folder === usualFolder && given.text('knowledge') === null) return null
  throw new UsageError(
    `There are no imported names in ${folder}. Import some with \`greenlane knowledge import FILE --knowledge ${folder}\`.`,
  )
}
