import type { Knowledge } from '../../core/knowledge.ts'
import { UsageError } from '../../intake/table.ts'
import { readShared } from '../read-shared.ts'
import { linkInventories, readInventories } from './inventories.ts'
import { linkNames } from './link.ts'
import { places, readImportedEdition } from './shelf.ts'
import { unpackNames } from './stored.ts'

/** The knowledge together with the names imported into a folder. Its edition names both. */
export function withImported(knowledge: Knowledge, folder: string): Knowledge {
  const { edition, languages, inventories } = readImportedEdition(folder)
  const file = places.names(folder)
  const names = unpackNames(readShared(file))
  if (names === null)
    throw new UsageError(
      `${file} is of another version or cut short. Run \`greenlane knowledge import --compile --knowledge ${folder}\`.`,
    )
  const { taxa, lexicon } = knowledge
  const imported = linkNames(names, languages, { taxa, fold: lexicon.fold, languages: knowledge.languages })
  const wide = { ...knowledge, imported, edition: `${knowledge.edition}+${edition}` }
  if (inventories === undefined) return Object.freeze(wide)
  return Object.freeze({ ...wide, inventories: linkInventories(readInventories(folder), knowledge, imported) })
}
