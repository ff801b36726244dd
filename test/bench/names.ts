import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { screener } from '../../src/core/screen.ts'
import { withImported } from '../../src/knowledge/imported/load-imported.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { record, seeded } from './records.ts'

const home = path.resolve(import.meta.dirname, '../..')
type Tell = (figure: string, facts: Readonly<Record<string, number | string | boolean>>) => void

/** Imports files of names with the real command, loads them and screens with and without them. */
export function benchNames(files: readonly string[], tell: Tell): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-bench-names-'))
  try {
    const start = performance.now()
    const launcher = path.join(home, 'bin', 'greenlane.js')
    const args = [launcher, 'knowledge', 'import', ...files, '--knowledge', folder]
    const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] })
    // 1 says that some rows were broken and skipped.
    if (status !== 0 && status !== 1) throw new Error(`the import ended with ${status}`)
    tell('import of names, from files to compiled', {
      seconds: round((performance.now() - start) / 1000),
      'at most': 30,
      'compiled megabytes': round(megabytesIn(path.join(folder, 'compiled'))),
    })
    tellLoad(folder, tell)
    tellSpeed(folder, tell)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function megabytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0) / 1e6
}

/** Time and memory of loading, in a process of its own so that nothing else is counted. */
function tellLoad(folder: string, tell: Tell): void {
  const script = path.join(home, 'test', 'bench', 'load-names.ts')
  const runs = Array.from({ length: 3 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, folder], { encoding: 'utf8' })
    if (stdout === '') throw new Error(`loading failed: ${stderr.slice(0, 400)}`)
    return JSON.parse(stdout) as { milliseconds: number; heap: number; outside: number; resident: number }
  })
  const best = runs.reduce((one, other) => (other.milliseconds < one.milliseconds ? other : one))
  tell('loading imported names', {
    milliseconds: round(best.milliseconds),
    'at most milliseconds': 500,
    'heap megabytes': round(best.heap),
    'buffers megabytes': round(best.outside),
    'resident megabytes': round(best.resident),
    'at most megabytes': 300,
  })
}

/** The same records screened without and with imported names, in turn; the least of each counts. */
function tellSpeed(folder: string, tell: Tell): void {
  const random = seeded(7)
  const records = Array.from({ length: 40_000 }, (_, at) => JSON.parse(record(random, at)) as unknown)
  const builtIn = loadKnowledge(path.join(home, 'dist', 'knowledge'))
  const runs = [builtIn, withImported(builtIn, folder)].map((knowledge) => run(knowledge, records))
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let at = 0; at < 5; at += 1)
    runs.forEach((one, which) => {
      least[which] = Math.min(least[which] as number, one())
    })
  const [without, and] = least as [number, number]
  tell('screening with imported names against without', {
    ratio: round(and / without),
    'at most': 1.2,
    'items/s with': Math.round(records.length / and),
    'items/s without': Math.round(records.length / without),
  })
}

function run(knowledge: Knowledge, records: readonly unknown[]): () => number {
  const { decide, write } = screener(knowledge, {
    on: '2026-11-24',
    engine: '',
    defaults: { destination: 'FR', dispatch: null, origin: null, by: null },
  })
  return () => {
    const start = performance.now()
    for (const value of records) write(decide({ line: 1, value }))
    return (performance.now() - start) / 1000
  }
}
