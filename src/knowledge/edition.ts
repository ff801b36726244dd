import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { englishWordsFile } from './english.ts'
import { simplifiedFile } from './letters.ts'
import type { KnowledgeRead } from './read.ts'
import type { SourceFile } from './sources.ts'
import { wordNetFiles } from './wordnet.ts'

/** What an edition holds, in numbers. */
export interface Counts {
  readonly taxa: number
  readonly names: Readonly<Record<string, number>>
  readonly terms: Readonly<Record<string, number>>
  readonly requirements: Readonly<Record<string, { readonly read: number; readonly unverified: number }>>
}

/** Digest of all that answers depend on: the same for the same files on every machine. Worked examples change no answer. */
export function editionOf(files: readonly SourceFile[], wordNet: string | null): string {
  const digest = createHash('sha256')
  for (const file of files) if (!file.path.startsWith('cases/')) digest.update(`${digestOf(file.text)} ${file.path}\n`)
  digest.update(`${digestOf(readFileSync(simplifiedFile()))} letters/simplified\n`)
  digest.update(`${digestOf(readFileSync(englishWordsFile()))} words/english\n`)
  if (wordNet !== null) {
    for (const name of wordNetFiles)
      digest.update(`${digestOf(readFileSync(path.join(wordNet, name)))} wordnet/${name}\n`)
  }
  return digest.digest('hex').slice(0, 16)
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Counts what was read. */
export function countsOf({ parts, names, terms }: KnowledgeRead): Counts {
  const byLanguage = (senses: readonly { readonly language: number }[]): Record<string, number> => {
    const counts: Record<string, number> = {}
    parts.languages.forEach(({ code }, number) => {
      const count = senses.filter(({ language }) => language === number).length
      if (count > 0) counts[code] = count
    })
    return counts
  }
  const requirements = parts.packs.map(({ place, requirements: own }) => {
    const unverified = own.filter(({ source }) => source.unverified !== null).length
    return [place, { read: own.length - unverified, unverified }]
  })
  return {
    taxa: parts.taxa.names.length,
    names: byLanguage(names),
    terms: byLanguage(terms),
    requirements: Object.fromEntries(requirements),
  }
}
