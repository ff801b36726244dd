import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Store } from '../store/open-store.ts'
import { type EditionKey, type KeptPart, keptPart, type PartName, packPieces, partNames } from './edition-parts.ts'

/** A folder of compiled knowledge, as `compile` writes it, with the engine that compiled it. */
export interface CompiledFolder {
  readonly folder: string
  readonly engine: string
}

/** Whether an edition was kept now or before; `other-bytes` where the same engine compiled the same sources into something else. */
export type Kept = 'kept' | 'known' | 'other-bytes'

/** Name of the edition in a folder of compiled knowledge. */
export function compiledEdition({ folder, engine }: CompiledFolder): EditionKey {
  const { edition } = JSON.parse(readFileSync(path.join(folder, 'edition.json'), 'utf8')) as { edition: string }
  return { edition, engine }
}

/**
 * Keeps a compiled edition in the store, so that replay, backups and other machines have it. Each piece is a transaction of its own,
 * so that parcels are stored meanwhile; the edition is there once the last one is. What a crash left half done is written again.
 */
export async function keepEdition(
  { db }: Store,
  compiled: CompiledFolder,
  { actor, at }: { readonly actor: string; readonly at: string },
): Promise<Kept> {
  const key = compiledEdition(compiled)
  const contents = new Map<PartName, Uint8Array>()
  const parts: KeptPart[] = []
  for (const name of partNames) {
    const content = await readFile(path.join(compiled.folder, name))
    contents.set(name, content)
    parts.push(await keptPart(name, content))
  }
  const before = await findEdition({ db }, key)
  if (before !== null) return JSON.stringify(before) === JSON.stringify(parts) ? 'known' : 'other-bytes'
  for (const [part, content] of contents) {
    let piece = 0
    for await (const packed of packPieces(content)) {
      await db
        .insertInto('edition_pieces')
        .values({ ...key, part, piece, content: packed })
        .onConflict((conflict) =>
          conflict.columns(['edition', 'engine', 'part', 'piece']).doUpdateSet({ content: packed }),
        )
        .execute()
      piece += 1
    }
  }
  await db
    .insertInto('editions')
    .values({ ...key, parts: JSON.stringify(parts), kept_at: at, actor })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return 'kept'
}

/** The parts of a kept edition, or null where it is not kept. */
export async function findEdition(
  { db }: Pick<Store, 'db'>,
  { edition, engine }: EditionKey,
): Promise<readonly KeptPart[] | null> {
  const row = await db
    .selectFrom('editions')
    .select('parts')
    .where('edition', '=', edition)
    .where('engine', '=', engine)
    .executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.parts) as readonly KeptPart[])
}
