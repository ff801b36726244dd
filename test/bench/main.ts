import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knowledge } from '../../src/core/knowledge.ts'
import type { ItemLine } from '../../src/core/parcel/parcel.ts'
import { nameReader } from '../../src/core/recognise/name/look-up.ts'
import { indexRequirements } from '../../src/core/require/index-requirements.ts'
import type { Requirement } from '../../src/core/require/pack.ts'
import { requirementsFor } from '../../src/core/require/requirements.ts'
import { type Situation, situation } from '../../src/core/require/situation.ts'
import { recogniserOf } from '../../src/core/screen.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { readSources } from '../../src/knowledge/sources.ts'
import { benchNames } from './names.ts'
import { record, seeded } from './records.ts'
import { benchService } from './service.ts'

const home = path.resolve(import.meta.dirname, '../..')
const launcher = path.join(home, 'bin', 'greenlane.js')
const count = Number(process.env['BENCH_RECORDS'] ?? 200_000)
const require = createRequire(import.meta.url)

/** One figure as a line of JSON: a ratio to something measured in the same run, and what both were. */
function tell(figure: string, facts: Readonly<Record<string, number | string | boolean>>): void {
  process.stdout.write(`${JSON.stringify({ figure, ...facts })}\n`)
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000
}

/** Seconds that `run` takes: the least of `times` runs, since other work on the machine only adds. */
function seconds(times: number, run: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < times; at += 1) {
    const start = performance.now()
    run()
    least = Math.min(least, (performance.now() - start) / 1000)
  }
  return least
}

const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-bench-'))
const isService = process.argv[2] === '--service'
const namesFiles = isService ? [] : process.argv.slice(2)
try {
  if (namesFiles.length > 0) benchNames(namesFiles, tell)
  else if (isService) await benchService(loadKnowledge(path.join(home, 'dist', 'knowledge')), tell)
  else await benchAll()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Every figure that needs no files from outside. */
async function benchAll(): Promise<void> {
  const knowledge = loadKnowledge(path.join(home, 'dist', 'knowledge'))
  const file = path.join(folder, 'records.ndjson')
  const descriptions = await writeRecords(file, count)
  benchScreening(file)
  benchRecognition(knowledge, descriptions)
  await benchRequirements(knowledge)
  benchReading(knowledge)
  benchStart()
  await benchMemory()
  await benchService(knowledge, tell)
}

/** Writes records to a file and returns their descriptions. */
async function writeRecords(file: string, records: number): Promise<string[]> {
  const random = seeded(7)
  const out = createWriteStream(file)
  const descriptions: string[] = []
  for (let at = 0; at < records; at += 1) {
    const line = record(random, at)
    const found = /"raw":"([^"]*)","lang"/.exec(line)
    descriptions.push(found?.[1] ?? '')
    if (!out.write(`${line}\n`)) await new Promise((done) => out.once('drain', done))
  }
  await new Promise((done) => out.end(done))
  return descriptions
}

function greenlane(...args: readonly string[]): { seconds: number; status: number | null } {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  return { seconds: (performance.now() - start) / 1000, status }
}

/** File in to file out with two workers, against JSON.parse of the same lines in memory on one thread. */
function benchScreening(file: string): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const parse = seconds(3, () => {
    for (const line of lines) JSON.parse(line)
  })
  const out = path.join(folder, 'answers.ndjson')
  let screen = Number.POSITIVE_INFINITY
  for (let at = 0; at < 3; at += 1) {
    const run = greenlane('screen', file, '--workers', '2', '--output', 'ndjson', '--out', out, '--on', '2026-11-24')
    if (run.status !== 0) throw new Error(`screen ended with ${run.status}`)
    screen = Math.min(screen, run.seconds)
  }
  const answers = readFileSync(out, 'utf8').trimEnd().split('\n')
  if (answers.length !== lines.length) throw new Error(`${answers.length} answers for ${lines.length} records`)
  tell('screening against JSON.parse', {
    ratio: round(parse / screen),
    'to reach': 0.3,
    'items/s': round(lines.length / screen),
    'items/s to reach': 100_000,
    'parse/s': round(lines.length / parse),
    records: lines.length,
    'mean bytes': round(statSync(file).size / lines.length),
    'mean bytes of an answer': round(statSync(out).size / lines.length),
  })
}

/** Whole recognition against a bare Aho-Corasick search for the same names. */
function benchRecognition(knowledge: Knowledge, descriptions: readonly string[]): void {
  const AhoCorasick = require('modern-ahocorasick').default ?? require('modern-ahocorasick')
  const names = namesOfKnowledge()
  const search = new AhoCorasick(names)
  const sample = descriptions.slice(0, 100_000)
  const lower = sample.map((text) => text.toLowerCase())
  const recognise = recogniserOf(knowledge)
  const lines: ItemLine[] = sample.map((description) => ({
    index: 1,
    path: '',
    description,
    legible: null,
    category: null,
    value: null,
    hs: null,
    origin: null,
    pieces: null,
    grams: null,
  }))
  let found = 0
  const own = seconds(3, () => {
    for (const line of lines) found += recognise(line).things.length
  })
  const peer = seconds(3, () => {
    for (const text of lower) found += search.search(text).length
  })
  tell('recognition against modern-ahocorasick', {
    ratio: round(peer / own),
    'to reach': 0.5,
    'descriptions/s': round(sample.length / own),
    'peer descriptions/s': round(sample.length / peer),
    names: names.length,
    found,
  })
}

/** Names and terms as the sources hold them, lower case. */
function namesOfKnowledge(): string[] {
  const names = new Set<string>()
  for (const { path: file, text } of readSources(path.join(home, 'knowledge'))) {
    if (!/^(names|terms|taxa)\//.test(file)) continue
    for (const line of text.split('\n').slice(1)) {
      const name = (line.startsWith('"') ? line.slice(1).split('"')[0] : line.split(',')[0])?.trim().toLowerCase()
      if (name !== undefined && name.length > 1 && !name.startsWith('#')) names.add(name)
    }
  }
  return [...names]
}

/** Synthetic requirements beside the real ones: each names some taxa, an article and an origin. */
function synthetic(knowledge: Knowledge, number: number, random: () => number): Requirement[] {
  const pack = knowledge.packs.find(({ place }) => place === 'eu')
  const like = pack?.requirements.find(
    ({ when, kind }) => kind === 'requirement' && when.taxa !== undefined && when.origin !== undefined,
  )
  if (like === undefined) throw new Error('no requirement to take as a pattern')
  const species = knowledge.taxa.ranks.flatMap((rank, at) => (rank === 'species' || rank === 'genus' ? [at] : []))
  return Array.from({ length: number }, (_, at) => ({
    ...like,
    id: `bench/${at}`,
    when: {
      ...like.when,
      taxa: Array.from({ length: 3 }, () => species[Math.floor(random() * species.length)] as number),
    },
  }))
}

async function benchRequirements(knowledge: Knowledge): Promise<void> {
  const pack = knowledge.packs.find(({ place }) => place === 'eu')
  if (pack === undefined) throw new Error('no pack is loaded')
  const perSecond = new Map<number, number>()
  for (const number of [0, 1000, 10_000]) {
    const random = seeded(11)
    const index = indexRequirements(
      { ...pack, requirements: [...pack.requirements, ...synthetic(knowledge, number, random)] },
      knowledge.taxa,
    )
    const situations = someSituations(knowledge, seeded(13), 20_000)
    let demands = 0
    const run = seconds(3, () => {
      for (const one of situations) demands += requirementsFor(index, one).demands.length
    })
    perSecond.set(number, situations.length / run)
    tell(`requirements with ${number} synthetic ones beside ${pack.requirements.length}`, {
      'evaluations/s on one core': round(situations.length / run),
      'to reach': 300_000,
      'demands each': round(demands / 3 / situations.length),
    })
  }
  tell('requirements: 10,000 against 1,000', {
    ratio: round((perSecond.get(1000) as number) / (perSecond.get(10_000) as number)),
    'at most': 2,
  })
  await benchPeers(perSecond.get(1000) as number)
}

function someSituations(knowledge: Knowledge, random: () => number, number: number): Situation[] {
  const { taxa, places } = knowledge
  const destination = places.numberOf['FR'] as number
  const origins = ['CN', 'US', 'TH', 'TR', 'JP', 'NL', 'KE', 'IN'].map((code) => places.numberOf[code] as number)
  const articles = ['seeds', 'plants-for-planting', 'cuttings', 'fruit-vegetables', 'wood'] as const
  const known = taxa.ranks.flatMap((rank, at) => (rank === 'species' || rank === 'genus' ? [at] : []))
  return Array.from({ length: number }, () => {
    const origin = origins[Math.floor(random() * origins.length)] as number
    return situation({
      article: articles[Math.floor(random() * articles.length)] as (typeof articles)[number],
      taxa: [known[Math.floor(random() * known.length)] as number],
      origin,
      dispatch: origin,
      destination,
      on: '2026-11-24',
      by: 'post',
    })
  })
}

/** The same thousand tests of taxon, article and origin in two rule engines, bounded to a few evaluations. */
async function benchPeers(own: number): Promise<void> {
  const { Engine } = require('json-rules-engine')
  const engine = new Engine()
  for (let at = 0; at < 1000; at += 1) {
    engine.addRule({
      conditions: {
        all: [
          { fact: 'taxon', operator: 'equal', value: at },
          { fact: 'article', operator: 'in', value: ['seeds', 'cuttings'] },
          { fact: 'origin', operator: 'notIn', value: ['CH', 'NO'] },
        ],
      },
      event: { type: `prohibited-${at}` },
    })
  }
  const start = performance.now()
  const evaluations = 30
  for (let at = 0; at < evaluations; at += 1) await engine.run({ taxon: at, article: 'seeds', origin: 'CN' })
  const jsonRules = evaluations / ((performance.now() - start) / 1000)
  tell('requirements against json-rules-engine at 1,000', {
    ratio: round(own / jsonRules),
    'peer evaluations/s': round(jsonRules),
  })
  const zen = await zenPerSecond()
  if (zen !== null)
    tell('requirements against @gorules/zen-engine at 1,000', {
      ratio: round(own / zen),
      'peer evaluations/s': round(zen),
    })
}

async function zenPerSecond(): Promise<number | null> {
  const { ZenEngine } = require('@gorules/zen-engine')
  const rules = Array.from({ length: 1000 }, (_, at) => ({
    _id: `r${at}`,
    taxon: String(at),
    article: '"seeds","cuttings"',
    origin: 'not ($ in ["CH","NO"])',
    measure: `"prohibited-${at}"`,
  }))
  const content = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        position: { x: 1, y: 0 },
        content: {
          hitPolicy: 'first',
          inputs: [
            { id: 'taxon', name: 'taxon', field: 'taxon' },
            { id: 'article', name: 'article', field: 'article' },
            { id: 'origin', name: 'origin', field: 'origin' },
          ],
          outputs: [{ id: 'measure', name: 'measure', field: 'measure' }],
          rules,
        },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  }
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(content)))
  const { result } = await decision.evaluate({ taxon: 3, article: 'seeds', origin: 'CN' })
  if (result?.measure !== 'prohibited-3') return null
  const start = performance.now()
  for (let at = 0; at < 200; at += 1) await decision.evaluate({ taxon: at, article: 'seeds', origin: 'CN' })
  return 200 / ((performance.now() - start) / 1000)
}

/** Names file in to answers file out, against JSON.parse of the same names in memory on one thread. */
function benchReading(knowledge: Knowledge): void {
  const names = someNames(knowledge, seeded(23), 200_000)
  const file = path.join(folder, 'names.txt')
  writeFileSync(file, `${names.join('\n')}\n`)
  const lines = names.map((name) => JSON.stringify({ name }))
  const parse = seconds(3, () => {
    for (const line of lines) JSON.parse(line)
  })
  const least = Math.min(...Array.from({ length: 3 }, () => greenlane('names', file).seconds))
  const read = nameReader(knowledge)
  const alone = seconds(3, () => {
    for (const name of names) read(name)
  })
  tell('names against JSON.parse', {
    ratio: round(parse / least),
    'names/s': round(names.length / least),
    'names/s to reach': 100_000,
    'names/s in memory on one thread': round(names.length / alone),
    'parse/s': round(names.length / parse),
    names: names.length,
  })
}

/** Names as lists have them: accepted or not, with authors, ranks, hybrid signs, cultivars and what the writer left open. */
function someNames({ taxa }: Knowledge, random: () => number, count: number): string[] {
  const known = Object.keys(taxa.numberOf).map((name) => name.charAt(0).toUpperCase() + name.slice(1))
  const after = [
    ' L.',
    ' (L.) Mill.',
    ' (Hook.f.) K.Koch ex Regel',
    ' Willd. subsp. alpina (Vill.) Celak.',
    " 'Royal Red'",
    ' sp.',
    '',
  ]
  return Array.from({ length: count }, () => {
    const name = known[Math.floor(random() * known.length)] as string
    const strange = random() < 0.3 ? name.replace(/ \S+$/, ' incognita') : name
    return strange + (after[Math.floor(random() * after.length)] as string)
  })
}

/** From the command to its end: one item explained. */
function benchStart(): void {
  const least = Math.min(
    ...Array.from(
      { length: 5 },
      () => greenlane('explain', '50 pcs monstera seeds', '--hs', '120999', '--dispatch', 'CN', '--to', 'FR').seconds,
    ),
  )
  const bare = Math.min(
    ...Array.from({ length: 5 }, () => {
      const start = performance.now()
      spawnSync(process.execPath, ['-e', '0'])
      return (performance.now() - start) / 1000
    }),
  )
  tell('start-up of explain against a bare Node', {
    ratio: round(least / bare),
    milliseconds: round(least * 1000),
    'at most milliseconds': 300,
    'bare milliseconds': round(bare * 1000),
  })
}

/** Peak memory over a long file, told by the operating system. */
async function benchMemory(): Promise<void> {
  const file = path.join(folder, 'long.ndjson')
  const megabytes = Number(process.env['BENCH_MEGABYTES'] ?? 500)
  const random = seeded(17)
  const block = `${Array.from({ length: 2000 }, (_, at) => record(random, at)).join('\n')}\n`
  const out = createWriteStream(file)
  for (let size = 0; size < megabytes * 1e6; size += block.length)
    if (!out.write(block)) await new Promise((done) => out.once('drain', done))
  await new Promise((done) => out.end(done))
  const run = spawnSync(
    process.execPath,
    [
      launcher,
      '--script',
      path.join(home, 'test', 'bench', 'peak.ts'),
      'screen',
      file,
      '--workers',
      '2',
      '--output',
      'ndjson',
      '--out',
      path.join(folder, 'long-answers.ndjson'),
    ],
    { encoding: 'utf8' },
  )
  const peak = Number(/PEAK (\d+) 0/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024
  if (!Number.isFinite(peak)) throw new Error(`the long file was not screened: ${run.stderr.slice(0, 400)}`)
  tell('peak memory of a long file with two workers', {
    megabytes: round(peak),
    'at most': 600,
    'file megabytes': round(statSync(file).size / 1e6),
  })
}
