import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkKnowledge } from '../knowledge/check.ts'
import { compile } from '../knowledge/compile.ts'
import { editionOf } from '../knowledge/edition.ts'
import type { Fault } from '../knowledge/fault.ts'
import { readSources } from '../knowledge/sources.ts'
import { wordNetFolder } from '../knowledge/wordnet.ts'
import type { Store } from '../store/open-store.ts'
import { type CurrentEdition, currentEdition, isSameEdition, makeCurrent } from './current-edition.ts'
import { type CompiledFolder, compiledEdition, findEdition, keepEdition } from './keep-edition.ts'
import { EditionFault } from './load-edition.ts'

/** Who publishes, and by which engine. */
export interface Publisher {
  readonly engine: string
  readonly actor: string
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
}

/** What came of publishing; `stands` where this edition counted already. */
export type Published =
  | { readonly kind: 'published' | 'stands'; readonly edition: string; readonly before: string | null }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] }

/**
 * Checks a folder of knowledge as `knowledge check` does, compiles it, keeps it and makes it the edition that counts; services on the
 * same store take it up by themselves. What this engine kept before was checked before. A folder with faults is refused, and nothing
 * changes. Throws EditionFault where the folder changed while it was checked.
 */
export async function publishEdition(store: Store, folder: string, publisher: Publisher): Promise<Published> {
  const { engine } = publisher
  const edition = editionOf(readSources(folder), wordNetFolder())
  if ((await findEdition(store, { edition, engine })) === null) {
    const { faults, missed } = checkKnowledge(folder)
    if (faults.length + missed.length > 0) return { kind: 'refused', faults: [...faults, ...missed] }
    await compileAndKeep(store, folder, { ...publisher, edition })
  }
  return letCount(store, { edition, engine, origin: 'published', ...said(publisher) })
}

/** Makes the edition that came with the package count again, now and after each upgrade. */
export async function publishPackage(store: Store, compiled: CompiledFolder, publisher: Publisher): Promise<Published> {
  const { actor, at } = said(publisher)
  await keepEdition(store, compiled, { actor, at })
  return letCount(store, { ...compiledEdition(compiled), origin: 'package', actor, at })
}

function said({ actor, now }: Publisher): { actor: string; at: string } {
  return { actor, at: new Date(now()).toISOString() }
}

async function compileAndKeep(
  store: Store,
  folder: string,
  { edition, ...publisher }: Publisher & { readonly edition: string },
): Promise<void> {
  const { engine } = publisher
  const compiled = { folder: mkdtempSync(path.join(tmpdir(), 'greenlane-edition-')), engine }
  try {
    await compile(folder, compiled.folder)
    if (compiledEdition(compiled).edition !== edition)
      throw new EditionFault(`${folder} was changed while it was checked: nothing was published. Publish it again.`)
    await keepEdition(store, compiled, said(publisher))
  } finally {
    rmSync(compiled.folder, { recursive: true, force: true })
  }
}

async function letCount(store: Store, current: CurrentEdition): Promise<Published> {
  const before = await currentEdition(store.db)
  const told = { edition: current.edition, before: before?.edition ?? null }
  if (before !== null && isSameEdition(before, current) && before.origin === current.origin)
    return { kind: 'stands', ...told }
  await makeCurrent(store, current)
  return { kind: 'published', ...told }
}
