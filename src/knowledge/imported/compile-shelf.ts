import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { compileNames } from './compile-names.ts'
import type { StoredInventory, StoredListing } from './inventories.ts'
import { settledLine } from './settled.ts'
import { type ImportedEdition, type ImportRecord, listImports, newPlace, places } from './shelf.ts'
import { packNames } from './stored.ts'

/** Compiles all imports of a folder into one look-up beside them; tells what collided. Without imports nothing is left compiled. */
export function compileShelf(
  folder: string,
  ordinaryWords: ReadonlySet<string>,
): { readonly edition: ImportedEdition; readonly collisions: readonly string[] } | null {
  const imports = listImports(folder)
  if (imports.length === 0) {
    rmSync(places.compiled(folder), { recursive: true, force: true })
    return null
  }
  const all: StoredInventory[] = []
  const { names, languages, counts, collisions } = compileNames(keptLines(folder, imports, all), ordinaryWords)
  const packed = packNames(names)
  const inventories = all.length === 0 ? '' : JSON.stringify(all)
  const edition: ImportedEdition = {
    edition: editionOf(packed, languages.join() + inventories),
    languages,
    counts,
    imports: imports.map(({ name, digest }) => ({ name, digest })),
    ...(all.length === 0 ? {} : { inventories: all.map(({ name }) => name) }),
  }
  const place = newPlace(places.compiled(folder))
  try {
    writeFileSync(path.join(place.folder, 'names.bin'), packed)
    if (inventories !== '')
      writeFileSync(path.join(place.folder, path.basename(places.inventories(folder))), inventories)
    writeFileSync(path.join(place.folder, 'collisions.txt'), collisions.map((line) => `${line}\n`).join(''))
    writeFileSync(path.join(place.folder, 'edition.json'), `${JSON.stringify(edition, null, 2)}\n`)
    place.put()
  } finally {
    place.drop()
  }
  return { edition, collisions }
}

/** Lines of each import, one import at a time in memory; what inventories list is put into `inventories`. */
function* keptLines(
  folder: string,
  imports: readonly ImportRecord[],
  inventories: StoredInventory[],
): Generator<Iterable<string>> {
  for (const { name, on } of imports) {
    const text = gunzipSync(readFileSync(path.join(places.one(folder, name), 'names.tsv.gz'))).toString('utf8')
    const listed: StoredListing[] = []
    yield withoutListings(linesOf(text), listed)
    if (listed.length > 0) inventories.push({ name, on, listed })
  }
}

/** The lines but for those of listings, which are put into `listed`. */
function* withoutListings(lines: Iterable<string>, listed: StoredListing[]): Generator<string> {
  for (const text of lines) {
    const line = text.startsWith('listed\t') ? settledLine(text) : null
    if (line?.kind === 'listed') listed.push([line.accepted, line.name, line.countries])
    else yield text
  }
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    yield text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
  }
}

/** Digest of what answers depend on: the same for the same names on every machine. */
function editionOf(packed: Uint8Array, rest: string): string {
  return createHash('sha256').update(packed).update(rest).digest('hex').slice(0, 16)
}
