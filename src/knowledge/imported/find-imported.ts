import type { Knowledge } from '../../core/knowledge.ts'
import { importedName, widenTaxa } from '../../core/parcel/imported-taxa.ts'
import { fold, foldedRoom } from '../../core/recognise/fold.ts'
import { type ImportedNames, importedEnd, importedFound, importedTaxaOf } from '../../core/recognise/imported.ts'
import { taxonKey } from '../taxa.ts'

/** Number of the imported name that a text is from its first to its last letter, or -1. `table` is the folding of letters. */
export function findImported(names: ImportedNames, text: string, table: Uint16Array): number {
  const room = foldedRoom(text.length * 3 + 2)
  fold(text, table, room)
  let { length } = room
  while (length > 0 && room.units[length - 1] === 32) length -= 1
  if (length === 0) return -1
  return importedEnd(names, room.units, 0, length, false) === length ? importedFound() : -1
}

/** The names of the taxa that an imported name means. */
export function importedMeanings(names: ImportedNames, name: number): string[] {
  return importedTaxaOf(names, name).map((own) => importedName(names, own))
}

/**
 * The knowledge in which an imported name is known like a built-in one, for commands that take a name by itself. Unchanged
 * where the name is built in, is not known, or means several taxa.
 */
export function knowing(knowledge: Knowledge, text: string): Knowledge {
  const { imported, taxa, lexicon } = knowledge
  if (imported === undefined || Object.hasOwn(taxa.numberOf, taxonKey(text))) return knowledge
  const name = findImported(imported, text, lexicon.fold)
  const [own, ...others] = name < 0 ? [] : importedTaxaOf(imported, name)
  if (own === undefined || others.length > 0) return knowledge
  const wide = widenTaxa(taxa, imported)
  const linked = imported.nameLink[name] as number
  const number = linked > 0 ? linked - 1 : wide.meet(own)
  return { ...knowledge, taxa: { ...wide.taxa, numberOf: { ...taxa.numberOf, [taxonKey(text)]: number } } }
}
