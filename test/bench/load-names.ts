import path from 'node:path'
import { screener } from '../../src/core/screen.ts'
import { withImported } from '../../src/knowledge/imported/load-imported.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'

// Loads imported names beside the built-in knowledge and tells what that cost as one line of JSON.
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {})
const builtIn = loadKnowledge(path.resolve(import.meta.dirname, '../../dist/knowledge'))
collect()
const before = process.memoryUsage()
const start = performance.now()
const knowledge = withImported(builtIn, process.argv[2] as string)
const ready = screener(knowledge, {
  on: '2026-11-24',
  engine: '',
  defaults: { destination: 'FR', dispatch: null, origin: null, by: null },
})
const milliseconds = performance.now() - start
collect()
const after = process.memoryUsage()
const grown = (key: 'heapUsed' | 'external' | 'arrayBuffers' | 'rss'): number => (after[key] - before[key]) / 1e6
process.stdout.write(
  JSON.stringify({
    milliseconds,
    heap: grown('heapUsed'),
    outside: Math.max(grown('external'), grown('arrayBuffers')),
    resident: grown('rss'),
    taxa: ready.court.taxa.names.length,
  }),
)
