import type { Knowledge } from '../core/knowledge.ts'
import { attachKnowledge, loadKnowledge } from '../knowledge/load.ts'
import type { Store } from '../store/open-store.ts'
import { type CurrentEdition, currentEdition, isSameEdition, makeCurrent } from './current-edition.ts'
import type { EditionKey } from './edition-parts.ts'
import { type CompiledFolder, compiledEdition, keepEdition } from './keep-edition.ts'
import { EditionFault, loadEdition } from './load-edition.ts'

/** What editions are opened with. */
export interface EditionsStart {
  readonly store: Store
  /** The compiled knowledge that came with the package, and the engine that runs. */
  readonly compiled: CompiledFolder
  /** Puts what a user imported beside the built-in knowledge. */
  readonly widen?: (knowledge: Knowledge) => Knowledge
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
  /** Told of what could not be done while the edition before stays. */
  readonly onFault: (sentence: string, error: Error) => void
  /** Milliseconds between two looks; 1,000 when not given. */
  readonly pause?: number
}

/** An edition that is loaded. */
export interface LoadedEdition extends EditionKey {
  readonly knowledge: Knowledge
}

/** Told when another edition is loaded and counts from now on. */
export type OnEdition = (next: LoadedEdition, before: LoadedEdition) => void

export interface Editions {
  /** The edition that counts: the same until another one is loaded whole. */
  readonly current: () => LoadedEdition
  /** Calls back after each swap, before `current` is asked again; returns what ends it. */
  readonly onChange: (callback: OnEdition) => () => void
  /** Looks at once whether another edition was published, and resolves when it counts. */
  readonly look: () => Promise<void>
  /** Resolves when the package's edition is kept in the store. */
  readonly kept: Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Loads the edition that counts: the one that was published last, else the one that came with the package, which is kept in the store
 * as well. Looks every second whether another was published, by whichever process, and loads it beside the one that counts.
 * Throws EditionFault where the published edition cannot be used, and says what to do.
 */
export async function openEditions(start: EditionsStart): Promise<Editions> {
  const { store, compiled, now, onFault, pause = 1000 } = start
  const own = compiledEdition(compiled)
  let current = await load(await standing(start, own), own, start)
  let closed = false
  const callbacks = new Set<OnEdition>()
  const swap = async (): Promise<void> => {
    const wanted = await currentEdition(store.db)
    if (closed || wanted === null || isSameEdition(wanted, current)) return
    // Another version of Greenlane on the same store began with the edition of its own package.
    if (wanted.origin === 'package' && !isSameEdition(wanted, own)) return
    const next = await load(wanted, own, start)
    const before = current
    current = next
    for (const callback of callbacks) callback(next, before)
  }
  let looking: Promise<void> = Promise.resolve()
  let told = ''
  const tell = (error: unknown): void => {
    const fault = error instanceof Error ? error : new Error(String(error))
    // The same fault at each look is one fault.
    if (fault.message === told) return
    told = fault.message
    onFault('Another edition could not be loaded: the one before stays', fault)
  }
  const look = (): Promise<void> => {
    looking = looking.then(swap).then(
      () => {
        told = ''
      },
      (error: unknown) => tell(error),
    )
    return looking
  }
  const timer = setInterval(() => void look(), pause)
  const at = new Date(now()).toISOString()
  const kept = keepEdition(store, compiled, { actor: 'system', at }).then(
    (outcome) => {
      if (outcome === 'other-bytes')
        onFault('The package compiled its edition into other bytes than before', new EditionFault(otherBytes(own)))
    },
    (error: unknown) => onFault('The edition of the package could not be kept', error as Error),
  )
  return {
    current: () => current,
    onChange: (callback) => {
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
    look,
    kept,
    close: async () => {
      closed = true
      clearInterval(timer)
      await Promise.all([looking, kept])
    },
  }
}

function otherBytes({ edition, engine }: EditionKey): string {
  return `Decisions made by ${engine} with the edition ${edition} may not be replayed: give another version to code that compiles otherwise.`
}

/** The edition that counts; that of the package counts from its first start on, unless another was published. */
async function standing({ store, now }: EditionsStart, own: EditionKey): Promise<EditionKey> {
  const wanted = await currentEdition(store.db)
  if (wanted?.origin === 'published') return wanted
  if (wanted !== null && isSameEdition(wanted, own)) return own
  const begun: CurrentEdition = { ...own, origin: 'package', at: new Date(now()).toISOString(), actor: 'system' }
  await makeCurrent(store, begun)
  return own
}

async function load(wanted: EditionKey, own: EditionKey, start: EditionsStart): Promise<LoadedEdition> {
  const { store, compiled, widen = (knowledge) => knowledge } = start
  const { edition, engine } = wanted
  if (isSameEdition(wanted, own)) return { ...own, knowledge: widen(loadKnowledge(compiled.folder)) }
  if (engine !== own.engine)
    throw new EditionFault(
      `The published edition ${edition} was compiled by ${engine}, and this is ${own.engine}. Publish it again with this version (\`greenlane knowledge publish DIR\`), or what came with it (\`greenlane knowledge publish --package\`).`,
    )
  return { edition, engine, knowledge: widen(attachKnowledge(await loadEdition(store, wanted))) }
}
