import { foldTable } from '../core/recognise/fold.ts'
import { readEnglishWords } from './english.ts'
import type { Fault } from './fault.ts'
import { letterKnowledge } from './letters.ts'
import { nameFaults } from './name-faults.ts'
import { nameWarnings, readFirstNames } from './name-warnings.ts'
import type { KnowledgeRead } from './read.ts'
import type { SourceFile } from './sources.ts'
import type { WordNet } from './wordnet.ts'

/** Languages whose names are still being read again: what rows disagree about is a warning there, until it is mended. */
const stillRead = /\/names\/(?:en|ar|hi|id|ja|ko|th|tr|vi|zh)\//

/** What is wrong with names as rows stand beside each other, and what may be. */
export function checkNames(
  files: readonly SourceFile[],
  read: KnowledgeRead,
  net: WordNet | null,
): { faults: Fault[]; warnings: Fault[] } {
  const fold = foldTable(letterKnowledge([...read.names, ...read.terms]))
  const disagreed = nameFaults(read, fold)
  const faults = disagreed.filter(({ file }) => !stillRead.test(file))
  const firstNames = readFirstNames(files, faults)
  const warnings = nameWarnings(read, { fold, firstNames, english: new Set(readEnglishWords()), net })
  return { faults, warnings: [...disagreed.filter(({ file }) => stillRead.test(file)), ...warnings] }
}
