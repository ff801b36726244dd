import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { otherMeaning, type WordNet } from './wordnet.ts'

/** Words that experts list or WordNet knows as something else than a plant, for names that users import. */
export function ordinaryText(listed: ReadonlySet<string>, net: WordNet | null): string {
  const words = new Set(listed)
  for (const word of [...(net?.nouns.keys() ?? []), ...(net?.usedOtherwise.keys() ?? [])])
    if (net !== null && otherMeaning(net, word) !== null) words.add(word)
  return [...words].sort().join('\n')
}

/** The same words from compiled knowledge. */
export function readOrdinary(folder: string): ReadonlySet<string> {
  const file = path.join(folder, 'ordinary-words.txt')
  if (!existsSync(file)) throw new Error(`${file} is missing. Run \`npm run prepare\`.`)
  return new Set(readFileSync(file, 'utf8').split('\n'))
}
