import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { NameAnswer } from '../core/recognise/name/answer.ts'
import { csvCell } from './csv.ts'
import { displayWidth, fitted } from './display-width.ts'
import { harmless } from './harmless.ts'

/** What one line of `greenlane names --output ndjson` holds. */
export interface NameLine extends Omit<NameAnswer, 'problems'> {
  readonly input: string
  readonly problems: readonly { readonly kind: string; readonly sentence: string }[]
}

/** The line for a text and what was found of it, its keys in the order in which they are told. */
export function nameLine(input: string, answer: NameAnswer, words: Knowledge['words']): NameLine {
  return {
    input,
    canonical: answer.canonical,
    cultivar: answer.cultivar,
    rank: answer.rank,
    hybrid: answer.hybrid,
    accepted: answer.accepted,
    genus: answer.genus,
    family: answer.family,
    eppo: answer.eppo,
    quality: answer.quality,
    problems: answer.problems.map(({ kind, facts }) => ({ kind, sentence: say(words, `name-problem.${kind}`, facts) })),
    means: answer.means,
    simple: answer.simple,
    authorship: answer.authorship,
  }
}

/** How lines become text: a header, and a row for each. */
export interface NameForm {
  readonly header: string
  readonly row: (line: NameLine) => string
}

const columns = [
  'input',
  'canonical',
  'cultivar',
  'rank',
  'hybrid',
  'accepted',
  'genus',
  'family',
  'eppo',
  'quality',
  'problems',
  'means',
  'simple',
  'authorship',
] as const

export type NameFormName = 'table' | 'ndjson' | 'csv'

/** The forms of output by name; the table is as wide as the terminal. */
export function nameForm(form: NameFormName, width: number): NameForm {
  if (form === 'ndjson') return { header: '', row: (line) => `${JSON.stringify(line)}\n` }
  if (form === 'csv')
    return { header: `${columns.join(',')}\n`, row: (line) => `${csvCells(line).map(csvCell).join(',')}\n` }
  return tableForm(width)
}

function csvCells(line: NameLine): string[] {
  return columns.map((column) => {
    if (column === 'problems') return line.problems.map(({ sentence }) => sentence).join(' ')
    if (column === 'means') return line.means.join('; ')
    return line[column] === null ? '' : String(line[column])
  })
}

const heads = ['name', 'accepted name', 'family', 'EPPO', 'grade', 'what there is to say'] as const

function tableForm(width: number): NameForm {
  const [name, accepted, family, code, grade] = [0.24, 0.22, 0.12]
    .map((share) => Math.max(10, Math.floor(width * share)))
    .concat(6, 5)
  const fixed = [name, accepted, family, code, grade] as number[]
  const rest = Math.max(10, width - fixed.reduce((sum, one) => sum + one + 2, 0))
  const widths = [...fixed, rest]
  const row = (cells: readonly string[]): string =>
    `${cells
      .map((cell, at) => padded(cell, widths[at] as number))
      .join('  ')
      .trimEnd()}\n`
  return { header: row(heads), row: (line) => row(tableCells(line)) }
}

function padded(text: string, width: number): string {
  const shown = fitted(text, width)
  return shown + ' '.repeat(Math.max(0, width - displayWidth(shown)))
}

function tableCells(line: NameLine): string[] {
  const found = line.accepted ?? (line.means.length > 0 ? `${line.means.length} possible` : '–')
  const cultivar = line.cultivar === null ? '' : ` '${line.cultivar}'`
  const said = line.problems.map(({ sentence }) => sentence).join(' ')
  return [line.input, found + cultivar, line.family ?? '–', line.eppo ?? '–', String(line.quality), said].map(harmless)
}
