import type { Answer, AnswerItem, AnswerMeasure } from '../core/act/answer.ts'
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
  const lines = items.length === 0 ? [cells(row, null, true)] : items.map((item, at) => cells(row, item, at === 0))
  return lines.map((line) => line.map(cell).join(',')).join('\n')
}

function cells(row: ReportRow, item: AnswerItem | null, first: boolean): string[] {
  const { answer } = row
  const index = item?.index ?? null
  const reason = mostTellingFirst(answer.reasons.filter((one) => one.item === index || one.item === null))[0]
  const question = answer.questions.find((one) => one.item === index)
  return [
    row.file,
    String(row.line),
    answer.parcel.id ?? '',
    answer.proposal,
    index === null ? '' : String(index),
    index === null ? '' : (row.descriptions[index - 1] ?? ''),
    item?.article ?? '',
    item === null ? '' : String(item.probability),
    listed(item?.taxa.map(({ name }) => name) ?? []),
    listed(item?.measures.map(measureName) ?? []),
    listed(item?.measures.map(({ requirement }) => requirement) ?? []),
    reason?.sentence ?? '',
    question?.sentence ?? '',
    problemsOf(answer, index, first).join(' '),
  ]
}

function measureName({ measure, certainty }: AnswerMeasure): string {
  return certainty === 'possible' ? `${measure} (possible)` : measure
}

function listed(values: readonly string[]): string {
  return [...new Set(values)].join('; ')
}

/** Problems of this item; those of the record as a whole stand on its first line. */
function problemsOf({ problems }: Answer, index: number | null, first: boolean): string[] {
  return problems
    .filter(({ at }) => {
      const own = /^lines\[(\d+)\]/.exec(at)
      return own === null || index === null ? first : Number(own[1]) === index - 1
    })
    .map(({ sentence }) => sentence)
}

const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front: it then shows what was declared. */
export function guarded(value: string): string {
  return formula.test(value) ? `'${value}` : value
}

/** Control characters but tab and line ends are shown, since a CSV is often read in a terminal. */
const control = /[^\t\r\n]+/g

function cell(value: string): string {
  const safe = guarded(value).replace(control, visible)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
