import type { Answer, AnswerItem, AnswerMeasure, AnswerReason } from '../core/act/answer.ts'
import type { ReportRow } from './report-row.ts'
import { mostTellingFirst } from './speak.ts'
import { visible } from './visible.ts'

/** The columns, in order. */
export const csvColumns = [
  'file',
  'line',
  'id',
  'proposal',
  'item',
  'description',
  'article',
  'probability',
  'taxa',
  'measures',
  'requirements',
  'reason',
  'question',
  'problems',
] as const

/** The header line, without a line end. */
export function csvHeader(): string {
  return csvColumns.join(',')
}

/** One line for each item of a record, one for a record without items; without a line end after the last. */
export function csvRow(row: ReportRow): string {
  const { items } = row.answer
  const told = toldOf(row.answer)
  const lines = items.length === 0 ? [cells(row, null, told)] : items.map((item) => cells(row, item, told))
  return lines.map((line) => line.map(csvCell).join(',')).join('\n')
}

/** What is told of each item, by its number; what is told of the record stands with its first line. */
interface Told {
  readonly reasons: ReadonlyMap<number, readonly AnswerReason[]>
  readonly questions: ReadonlyMap<number, readonly { readonly sentence: string }[]>
  readonly problems: ReadonlyMap<number, readonly { readonly sentence: string }[]>
}

function toldOf({ items, reasons, questions, problems }: Answer): Told {
  const first = items[0]?.index ?? 0
  const lineOf = (at: string): number => Number(/^lines\[(\d+)\]/.exec(at)?.[1] ?? first - 1) + 1
  return {
    reasons: Map.groupBy(reasons, ({ item }) => item ?? first),
    questions: Map.groupBy(questions, ({ item }) => item),
    problems: Map.groupBy(problems, ({ at }) => (items.length === 0 ? first : lineOf(at))),
  }
}

function cells({ answer, line, file, descriptions }: ReportRow, item: AnswerItem | null, told: Told): string[] {
  const index = item?.index ?? 0
  return [
    file,
    String(line),
    answer.parcel.id ?? '',
    answer.proposal,
    item === null ? '' : String(index),
    descriptions[index - 1] ?? '',
    item?.article ?? '',
    item === null ? '' : String(item.probability),
    listed(item?.taxa.map(({ name }) => name) ?? []),
    listed(item?.measures.map(measureName) ?? []),
    listed(item?.measures.map(({ requirement }) => requirement) ?? []),
    mostTellingFirst(told.reasons.get(index) ?? [])[0]?.sentence ?? '',
    told.questions.get(index)?.[0]?.sentence ?? '',
    (told.problems.get(index) ?? []).map(({ sentence }) => sentence).join(' '),
  ]
}

function measureName({ measure, certainty }: AnswerMeasure): string {
  return certainty === 'possible' ? `${measure} (possible)` : measure
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].join('; ')
}

const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front: it then shows what was declared. */
export function guarded(value: string): string {
  return formula.test(value) ? `'${value}` : value
}

/** Control characters but tab and line ends are shown, since a CSV is often read in a terminal. */
const control = /[^\t\r\n]+/g

/** A value as a cell: quoted where it must be, harmless in a spreadsheet and on a terminal. */
export function csvCell(value: string): string {
  const safe = guarded(value).replace(control, visible)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
