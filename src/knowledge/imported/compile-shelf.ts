import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { compileNames } from './compile-names.ts'
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
  const { names, languages, counts, collisions } = compileNames(keptLines(folder, imports), ordinaryWords)
  const packed = packNames(names)
  const edition: ImportedEdition = {
    edition: editionOf(packed, languages),
    languages,
    counts,
    imports: imports.map(({ name, digest }) => ({ name, digest })),
  }
  const place = newPlace(places.compiled(folder))
  try {
    writeFileSync(path.join(place.folder, 'names.bin'), packed)
    writeFileSync(path.join(place.folder, 'collisions.txt'), collisions.map((line) => `${line}\n`).join(''))
    writeFileSync(path.join(place.folder, 'edition.json'), `${JSON.stringify(edition, null, 2)}\n`)
    place.put()
  } finally {
    place.drop()
  }
  return { edition, collisions }
}

/** Lines of each import, one import at a time in memory. */
function* keptLines(folder: string, imports: readonly ImportRecord[]): Generator<Iterable<string>> {
  for (const { name } of imports) {
    const text = gunzipSync(readFileSync(path.join(places.one(folder, name), 'names.tsv.gz'))).toString('utf8')
    yield linesOf(text)
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
function editionOf(packed: Uint8Array, languages: readonly string[]): string {
  return createHash('sha256').update(packed).update(languages.join()).digest('hex').slice(0, 16)
}
