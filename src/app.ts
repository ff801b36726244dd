import { fileURLToPath } from 'node:url'
import type { Knowledge } from './core/knowledge.ts'
import type { ScreeningOptions } from './core/screen.ts'
import type { Input, Step } from './intake/screening.ts'

/** Where the compiled knowledge lies that came with this build. */
export const compiledKnowledge = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/knowledge' : '../knowledge', import.meta.url),
)

/** Loads the knowledge that came with this build, with the names that were imported into a folder where one is given. */
export async function knowledge(imports: string | null = null): Promise<Knowledge> {
  const { loadKnowledge } = await import('./knowledge/load.ts')
  const builtIn = loadKnowledge(compiledKnowledge)
  if (imports === null) return builtIn
  const { withImported } = await import('./knowledge/imported/load-imported.ts')
  return withImported(builtIn, imports)
}

/** What puts the names that were imported into a folder beside the built-in knowledge; nothing where there is no folder. */
export async function widening(imports: string | null): Promise<(knowledge: Knowledge) => Knowledge> {
  if (imports === null) return (builtIn) => builtIn
  const { withImported } = await import('./knowledge/imported/load-imported.ts')
  return (builtIn) => withImported(builtIn, imports)
}

/** Name of the code and of the Unicode tables that answers depend on. */
export async function engineName(): Promise<string> {
  const { version } = await import('./cli/version.ts')
  return `greenlane ${version()}, Unicode ${process.versions.unicode}`
}

export interface ScreeningConfig {
  readonly knowledge: Knowledge
  readonly options: ScreeningOptions
  readonly input: Input
  /** Worker threads for large files; 0 screens in this thread. */
  readonly workers: number
}

/** Joins files, pools and the core into one screening; yields what came of each block, in order. */
export async function* screening({ knowledge, options, input, workers }: ScreeningConfig): AsyncGenerator<Step> {
  const { screenFiles } = await import('./intake/screening.ts')
  const { poolHere, poolOfWorkers } = await import('./intake/pool.ts')
  let here: ReturnType<typeof poolHere> | null = null
  let many: ReturnType<typeof poolHere> | null = null
  const pools = {
    here: () => (here ??= poolHere(knowledge, options)),
    many: () => (many ??= workers > 0 ? poolOfWorkers(workers, knowledge, options) : pools.here()),
  }
  try {
    yield* screenFiles(input, pools)
  } finally {
    await (many as ReturnType<typeof poolHere> | null)?.close()
  }
}
