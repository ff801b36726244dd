import type { Knowledge } from '../core/knowledge.ts'
import type { RawRecord } from '../core/screen.ts'
import { type Case, readCases } from './cases.ts'
import { checkCases, newScreener, usualDay } from './check-cases.ts'
import { checkExamples } from './check-examples.ts'
import { checkNames } from './check-names.ts'
import { joinKnowledge } from './compile.ts'
import { type Counts, countsOf, editionOf } from './edition.ts'
import type { Fault } from './fault.ts'
import { addRecords, addWithAbove, taxaOfAnswer, unhitTaxa } from './hits.ts'
import { type KnowledgeRead, readKnowledge } from './read.ts'
import { readSources, type SourceFile } from './sources.ts'
import { recordsOf, sampleRecords } from './titles.ts'
import { readWordNet, type WordNet, wordNetFolder } from './wordnet.ts'

/** What came of checking a folder of knowledge. */
export interface Checked {
  readonly edition: string
  readonly counts: Counts
  /** What is wrong with the files. */
  readonly faults: readonly Fault[]
  /** What may be wrong with names: it is told and fails nothing. */
  readonly warnings: readonly Fault[]
  /** Examples and cases that do not come out as they say. */
  readonly missed: readonly Fault[]
  readonly examples: number
  readonly cases: number
  /** What cases, examples and titles have hit; null while files cannot be read, when cases are not run. */
  readonly hits: Hits | null
  /** Whether ordinary words of WordNet were known to the cases. */
  readonly withWordNet: boolean
}

/** How many taxa were hit, themselves or by what stands under them, and those that nothing asks for. */
export interface Hits {
  readonly taxa: number
  readonly unhit: readonly Fault[]
}

/** Checks every file of a folder and runs every example and case; titles of further files count as hits. */
export function checkKnowledge(folder: string, titleFiles: readonly string[] = []): Checked {
  const files = readSources(folder)
  const read = readKnowledge(files)
  const { cases, faults } = casesOf(files, read)
  const wordNet = wordNetFolder()
  const net = wordNet === null ? null : readWordNet(wordNet)
  const edition = editionOf(files, wordNet)
  const missed = checkExamples(read.parts, read.examples)
  const named = checkNames(files, read, net)
  const ran = faults.length > 0 ? null : runAll({ read, edition, net }, cases, titlesOf(folder, titleFiles))
  return {
    edition,
    counts: countsOf(read),
    faults: [...faults, ...named.faults],
    warnings: named.warnings,
    missed: [...missed, ...(ran?.missed ?? [])],
    examples: read.examples.length,
    cases: cases.length,
    hits: ran?.hits ?? null,
    withWordNet: wordNet !== null,
  }
}

function casesOf(files: readonly SourceFile[], read: KnowledgeRead): { cases: Case[]; faults: Fault[] } {
  const faults = [...read.faults]
  const { places, taxa, packs } = read.parts
  const requirements = new Set(packs.flatMap((pack) => pack.requirements.map(({ id }) => id)))
  const cases = readCases(files, { places, taxa, requirements, faults })
  return { cases, faults }
}

function titlesOf(folder: string, titleFiles: readonly string[]): RawRecord[] {
  return [...sampleRecords(folder), ...titleFiles.flatMap((file) => recordsOf(file))]
}

interface Readable {
  readonly read: KnowledgeRead
  readonly edition: string
  readonly net: WordNet | null
}

/** Runs cases and titles, and counts what they and the examples hit. */
function runAll(
  { read, edition, net }: Readable,
  cases: readonly Case[],
  titles: readonly RawRecord[],
): { missed: Fault[]; hits: Hits } {
  const { taxa } = read.parts
  const hit = new Set<number>()
  for (const { given } of read.examples) addWithAbove(hit, given.taxa ?? [], taxa)
  let missed: Fault[] = []
  if (cases.length + titles.length > 0) {
    const knowledge: Knowledge = joinKnowledge(read, edition, net)
    missed = checkCases(knowledge, cases, (answer) => addWithAbove(hit, taxaOfAnswer(answer, taxa), taxa))
    addRecords(hit, titles, { screening: newScreener(knowledge, usualDay, null), taxa })
  }
  return { missed, hits: { taxa: hit.size, unhit: unhitTaxa(hit, read) } }
}
