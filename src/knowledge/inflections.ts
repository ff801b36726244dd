import { cell, listCell, type Row, readTable } from './csv.ts'
import { type Fault, tell } from './fault.ts'
import type { Languages } from './languages.ts'
import { languageOf } from './names.ts'
import type { WrittenSense } from './senses.ts'
import { filesLike, type SourceFile } from './sources.ts'

/** What a word that ends in a certain way becomes, one ending for each case or number, in the order of the file. */
interface Rule {
  readonly ending: RegExp
  /** Letters that the ending covers: the longest rule is taken. */
  readonly length: number
  readonly forms: readonly string[]
}

/** The rules of each language by its number. */
export type Inflections = ReadonlyMap<number, readonly Rule[]>

const columns = { required: ['ending', 'forms'], optional: ['note'] }

/** Reads `inflections/<language>.csv`: endings of the dictionary form and what stands in their place in each other form. */
export function readInflections(files: readonly SourceFile[], languages: Languages, faults: Fault[]): Inflections {
  const found = new Map<number, Rule[]>()
  for (const file of filesLike(files, /^inflections\/[^/]+\.csv$/)) {
    const rows = readTable(file, columns, faults)
    const rules = rows.flatMap((row) => readRule(row, faults) ?? [])
    found.set(languageOf(file, languages, faults), rules.sort(longestFirst))
  }
  return found
}

function longestFirst(one: Rule, other: Rule): number {
  return other.length - one.length
}

function readRule(row: Row, faults: Fault[]): Rule | null {
  const ending = cell(row, 'ending').toLowerCase()
  const forms = listCell(row, 'forms').map((form) => (form === '-' ? '' : form.toLowerCase()))
  if (!/^\^?(?:[\p{L}\p{M}'’ʼ-]|\[[\p{L}\p{M}]+\])+$/u.test(ending)) {
    tell(
      faults,
      row,
      `"${ending}" is no ending. Write letters, a class of letters in brackets, or ^ before a whole word.`,
    )
    return null
  }
  if (forms.length === 0) {
    tell(faults, row, `"${ending}" has no forms. Write the endings that take its place, divided by ;.`)
    return null
  }
  const letters = ending.replace(/\[[^\]]+\]/g, '_').replace('^', '')
  return { ending: new RegExp(`${ending}$`, 'u'), length: letters.length + (ending.startsWith('^') ? 100 : 0), forms }
}

/** Inflected texts of one written sense: every word in the same form, and the main word alone. */
export function inflect(
  { text, language }: Pick<WrittenSense, 'text' | 'language'>,
  { rules, joints, headFirst }: { rules: readonly Rule[]; joints: ReadonlySet<string>; headFirst: boolean },
): string[] {
  const words = text.toLowerCase().split(' ')
  const joint = words.findIndex((word) => joints.has(`${language} ${word}`))
  const bound = joint < 0 ? words.length : joint
  const forms = words.map((word, at) => (at < bound ? formsOf(word, rules) : [word]))
  const most = Math.max(...forms.map((list) => list.length))
  const main = headFirst ? 0 : bound - 1
  const made = new Set<string>()
  for (let number = 0; number < most; number += 1) {
    const all = forms.map((list) => list[Math.min(number, list.length - 1)] as string)
    made.add(all.join(' '))
    made.add(words.map((word, at) => (at === main ? (all[at] as string) : word)).join(' '))
  }
  made.delete(words.join(' '))
  return [...made]
}

function formsOf(word: string, rules: readonly Rule[]): string[] {
  if (word.length < 3) return [word]
  const rule = rules.find(({ ending }) => ending.test(word))
  if (rule === undefined) return [word]
  // A form of two letters (Polish gr, of gra) is too short to be told from anything else.
  return rule.forms.map((form) => word.replace(rule.ending, form)).map((made) => (made.length < 3 ? word : made))
}
