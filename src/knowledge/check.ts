import { type Case, readCases } from './cases.ts'
import { checkCases } from './check-cases.ts'
import { checkExamples } from './check-examples.ts'
import { joinKnowledge } from './compile.ts'
import { type Counts, countsOf, editionOf } from './edition.ts'
import type { Fault } from './fault.ts'
import { type KnowledgeRead, readKnowledge } from './read.ts'
import { readSources, type SourceFile } from './sources.ts'
import { readWordNet, wordNetFolder } from './wordnet.ts'

/** What came of checking a folder of knowledge. */
export interface Checked {
  readonly edition: string
  readonly counts: Counts
  /** What is wrong with the files. While there is any, cases are not run. */
  readonly faults: readonly Fault[]
  /** Examples and cases that do not come out as they say. */
  readonly missed: readonly Fault[]
  readonly examples: number
  readonly cases: number
  /** Whether ordinary words of WordNet were known to the cases. */
  readonly withWordNet: boolean
}

/** Checks every file of a folder and runs every example and case. */
export function checkKnowledge(folder: string): Checked {
  const files = readSources(folder)
  const read = readKnowledge(files)
  const { cases, faults } = casesOf(files, read)
  const wordNet = wordNetFolder()
  const edition = editionOf(files, wordNet)
  const missed = checkExamples(read.parts, read.examples)
  if (faults.length === 0 && cases.length > 0) {
    const knowledge = joinKnowledge(read, edition, wordNet === null ? null : readWordNet(wordNet))
    missed.push(...checkCases(knowledge, cases))
  }
  return {
    edition,
    counts: countsOf(read),
    faults,
    missed,
    examples: read.examples.length,
    cases: cases.length,
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
