import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The file of English words, a list in JSON: words that are spelled as they are meant. */
export function englishWordsFile(): string {
  return createRequire(import.meta.url).resolve('an-array-of-english-words/index.json')
}

/** English words in lower case. */
export function readEnglishWords(): readonly string[] {
  return JSON.parse(readFileSync(englishWordsFile(), 'utf8')) as string[]
}
