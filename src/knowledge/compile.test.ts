import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Knowledge } from '../core/knowledge.ts'
import { foldTerm } from '../core/recognise/fold.ts'
import { childOf, termAtNode } from '../core/recognise/lexicon.ts'
import { unpackTerm } from '../core/recognise/terms.ts'
import { compile, joinKnowledge } from './compile.ts'
import { editionOf } from './edition.ts'
import { attachKnowledge, loadKnowledge, shareKnowledge } from './load.ts'
import { readKnowledge } from './read.ts'
import { readSources } from './sources.ts'
import { readWordNet, wordNetFolder } from './wordnet.ts'

const good = path.join(import.meta.dirname, 'good')
let folder: string
let loaded: Knowledge

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-knowledge-'))
  await compile(good, folder)
  loaded = loadKnowledge(folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a text can say, or null when it is no term. */
function termOf({ lexicon, languages, taxa }: Knowledge, text: string) {
  let node = 0
  for (const letter of foldTerm(text, lexicon.fold)) {
    node = childOf(lexicon.nodes, node, lexicon.classOf[letter.charCodeAt(0)] as number)
    if (node < 0) return null
  }
  const term = termAtNode(lexicon.nodes, node)
  return term < 0
    ? null
    : unpackTerm(lexicon, term, {
        headFirst: languages.map(({ head }) => head === 'first'),
        parts: taxa.parts,
        international: 0,
        toned: 0,
        isScent: () => false,
        isAnnual: () => false,
      })
}

function nameOf(text: string): { readonly sense: string; readonly taxa: readonly (string | undefined)[] } | null {
  const name = termOf(loaded, text)?.name
  return name ? { sense: name.sense, taxa: name.taxa.map((taxon) => loaded.taxa.names[taxon]) } : null
}

it('loads what was compiled', () => {
  const files = readSources(good)
  const wordNet = wordNetFolder() as string
  const made = joinKnowledge(readKnowledge(files), editionOf(files, wordNet), readWordNet(wordNet))
  expect(loaded).toEqual(made)
})

it('compiles the same bytes every time', async () => {
  const again = mkdtempSync(path.join(tmpdir(), 'greenlane-knowledge-'))
  try {
    await compile(good, again)
    for (const name of ['lexicon.bin', 'knowledge.json', 'edition.json']) {
      expect(readFileSync(path.join(again, name)).equals(readFileSync(path.join(folder, name))), name).toBe(true)
    }
  } finally {
    rmSync(again, { recursive: true, force: true })
  }
})

it('names the edition after what the files say, not after cases, samples or times', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'greenlane-knowledge-'))
  try {
    cpSync(good, copy, { recursive: true })
    const edition = (): string => editionOf(readSources(copy), null)
    const before = editionOf(readSources(good), null)
    expect(edition()).toBe(before)
    writeFileSync(path.join(copy, 'cases', 'more.md'), '# More\n')
    writeFileSync(path.join(copy, 'README.md'), '# Read me\n')
    expect(edition()).toBe(before)
    writeFileSync(path.join(copy, 'terms', 'fr.csv'), 'term,concept,value,strength\ngraine,form,seeds,2\n')
    expect(edition()).not.toBe(before)
    expect(before).toMatch(/^[0-9a-f]{16}$/)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})

it('shares one lexicon between threads', async () => {
  const shared = shareKnowledge(folder)
  const source =
    'const { parentPort, workerData } = require("node:worker_threads"); new Int32Array(workerData.lexicon)[1] += 1; parentPort.postMessage(0)'
  const { lexicon } = attachKnowledge(shared)
  const before = new Int32Array(shared.lexicon)[1] as number
  const worker = new Worker(source, { eval: true, workerData: shared })
  await new Promise((resolve) => worker.once('message', resolve))
  expect(new Int32Array(shared.lexicon)[1]).toBe(before + 1)
  expect(lexicon.nodes.buffer).toBe(shared.lexicon)
  await worker.terminate()
})

it('knows scientific names, old ones and spellings, and plural common names', () => {
  expect(nameOf('Papeda hystrix')).toEqual({ sense: 'plain', taxa: ['Citrus hystrix'] })
  expect(nameOf('Citrus x aurantium')).toEqual({ sense: 'plain', taxa: ['Citrus × aurantium'] })
  expect(nameOf('kaffir limes')).toEqual({ sense: 'plain', taxa: ['Citrus hystrix'] })
  expect(nameOf('Tomatoes')).toEqual({ sense: 'food', taxa: ['Solanum lycopersicum'] })
})

it('keeps all that one text can say', () => {
  expect(termOf(loaded, 'bulb')).toMatchObject({ form: 'bulbs-tubers', formStrength: 2, goodsStrength: 1 })
  expect(termOf(loaded, 'bulbs')).toMatchObject({ form: 'bulbs-tubers', goodsStrength: 1 })
  expect(termOf(loaded, 'graine')).toMatchObject({ form: 'seeds', formStrength: 3, headFirst: true })
  expect(termOf(loaded, 'orange')).toMatchObject({ headFirst: false })
})

it('takes from WordNet only what nobody has written', () => {
  expect(termOf(loaded, 'teakettle')).toMatchObject({ goodsStrength: 1, name: null })
  expect(termOf(loaded, 'seed')).toMatchObject({ form: 'seeds', goodsStrength: 0 })
  expect(nameOf('lemon tree')).toEqual({ sense: 'candidate', taxa: ['Citrus'] })
  expect(termOf(loaded, 'happiness')).toBeNull()
})
