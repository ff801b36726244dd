import type { Knowledge } from '../core/knowledge.ts'
import { attachKnowledge, loadKnowledge } from '../knowledge/load.ts'
import type { Store } from '../store/open-store.ts'
import { type CompiledFolder, compiledEdition } from './keep-edition.ts'
import { EditionFault, loadEdition } from './load-edition.ts'

/** Where knowledge of past decisions comes from. */
export interface ReplayShelf {
  readonly store: Store
  /** What came with the package. */
  readonly compiled: CompiledFolder
  /** Puts imported names beside the built-in knowledge, where a folder of them is given; else null. */
  readonly widen: ((knowledge: Knowledge) => Knowledge) | null
}

/**
 * The knowledge of an edition: as the engine that decided compiled it, else as any other engine did that is kept, the newest first,
 * else what came with the package. Throws EditionFault where it is none of these.
 */
export async function knowledgeOf(shelf: ReplayShelf, named: string, engine: string): Promise<Knowledge> {
  const [edition = '', imported] = named.split('+')
  const builtIn = await builtInOf(shelf, edition, engine)
  if (imported === undefined) return builtIn
  const wide = shelf.widen?.(builtIn)
  if (wide?.edition === named) return wide
  throw new EditionFault(
    `It was made with the imported names ${imported}, which the store does not keep: give their folder with --knowledge.`,
  )
}

async function builtInOf({ store, compiled }: ReplayShelf, edition: string, engine: string): Promise<Knowledge> {
  const kept = await store.db
    .selectFrom('editions')
    .select('engine')
    .where('edition', '=', edition)
    .orderBy('kept_at', 'desc')
    .execute()
  const engines = kept.map((row) => row.engine)
  const best = engines.includes(engine) ? engine : engines[0]
  if (best !== undefined) return attachKnowledge(await loadEdition(store, { edition, engine: best }))
  if (compiledEdition(compiled).edition === edition) return loadKnowledge(compiled.folder)
  throw new EditionFault(`The edition ${edition} is not kept in this store.`)
}
