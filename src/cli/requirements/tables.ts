import type { RequirementsAnswer } from '../../core/act/law.ts'
import { say } from '../../core/decide/words.ts'
import type { Knowledge } from '../../core/knowledge.ts'
import { findPlace } from '../../core/parcel/places.ts'
import { plainTable } from '../plain-table.ts'
import type { Listed } from './list.ts'
import type { Answered } from './text.ts'

/** Answers as a table for a terminal, a row for each question. */
export function answersAsTable(answers: readonly Answered[], knowledge: Knowledge): string {
  const table = plainTable(
    headOf(knowledge),
    answers.map((one) => rowOf(one, knowledge)),
  )
  const labels = labelsOf(answers)
  return labels.length === 0 ? table : [table.trimEnd(), '', ...labels].join('\n')
}

/** What inventories say of the plants, each once: it stands below the law and is none. */
function labelsOf(answers: readonly Answered[]): string[] {
  const all = answers.flatMap(({ answer }) => answer.inventories ?? [])
  return [...new Set(all.map(({ sentence, source }) => `${sentence} (${source.title})`))]
}

/** Answers as a Markdown table, and below it each requirement that they name, with its law. */
export function answersAsMarkdown(answers: readonly Answered[], knowledge: Knowledge): string {
  const { words } = knowledge
  const named = new Map(answers.flatMap(({ answer }) => answer.measures.map((one) => [one.requirement, one] as const)))
  const laws = [...named.values()].map((one) => {
    const unread = one.verified ? '' : ` ${say(words, 'unverified')}`
    const dated = one.edition === null ? '' : ` ${say(words, 'dated', { day: one.edition })}`
    return `- **${one.title}**: ${one.text} [${one.source.title}](${one.source.href})${dated}${unread}`
  })
  const table = markdownTable(
    headOf(knowledge),
    answers.map((one) => rowOf(one, knowledge)),
  )
  const labels = labelsOf(answers)
  const below = labels.length === 0 ? [] : ['', ...labels.map((label) => `- ${label}`)]
  return [table, '', ...laws, ...below, '', say(words, 'law.knowledge', { edition: knowledge.edition })].join('\n')
}

/** Requirements as a table for a terminal. */
export function listAsTable(rows: readonly Listed[], knowledge: Knowledge): string {
  return plainTable(
    listHead(knowledge),
    rows.map((row) => listRow(row, knowledge)),
  )
}

/** Requirements as a Markdown table. */
export function listAsMarkdown(rows: readonly Listed[], knowledge: Knowledge): string {
  return markdownTable(
    listHead(knowledge),
    rows.map((row) => listRow(row, knowledge)),
  )
}

function headOf({ words }: Knowledge): string[] {
  return ['to', 'origin', 'plant', 'article', 'answer', 'asked', 'law'].map((key) => say(words, `law-table.${key}`))
}

function rowOf({ question, answer }: Answered, { words, places }: Knowledge): string[] {
  const name = (code: string | null): string =>
    code === null ? say(words, 'report.not-told') : (places.names[findPlace(places, code)] ?? code)
  return [
    name(question.to),
    name(question.origin ?? question.dispatch),
    question.taxon?.name ?? say(words, 'report.not-told'),
    say(words, `article.${question.article}`),
    say(words, `verdict-short.${answer.verdict}`),
    asked(answer, words),
    pointsOf(answer),
  ]
}

/** Points of law, those that prohibit first, each instrument named once. */
const pointsShown = 3

function pointsOf({ measures }: RequirementsAnswer): string {
  const sorted = measures.toSorted((one, other) => weight(one) - weight(other))
  const points = [...new Set(sorted.map(({ point, source }) => (point === '' ? source.title : point)))]
  const more = points.length - pointsShown
  return points.slice(0, pointsShown).join('; ') + (more > 0 ? ` +${more}` : '')
}

function weight({ measure, certainty }: RequirementsAnswer['measures'][number]): number {
  return (measure === 'prohibited' ? 0 : 2) + (certainty === 'required' ? 0 : 1)
}

function asked({ measures }: RequirementsAnswer, words: Knowledge['words']): string {
  const sure = new Map<string, boolean>()
  for (const { measure, certainty } of measures.toSorted((one, other) => weight(one) - weight(other)))
    sure.set(measure, sure.get(measure) === true || certainty === 'required')
  return [...sure]
    .map(
      ([measure, required]) =>
        `${say(words, `measure.${measure}`)}${required ? '' : ` (${say(words, 'law-table.possible')})`}`,
    )
    .join('; ')
}

function listHead({ words }: Knowledge): string[] {
  return ['requirement', 'title', 'asked', 'law', 'read'].map((key) => say(words, `law-table.${key}`))
}

function listRow(one: Listed, { words }: Knowledge): string[] {
  const lifts =
    one.lifts === null
      ? []
      : [...one.lifts.measures.map((measure) => say(words, `measure.${measure}`)), ...one.lifts.requirements]
  const told =
    one.kind === 'requirement'
      ? one.measures.map((measure) => say(words, `measure.${measure}`))
      : [`${say(words, `law-table.${one.kind}`)}: ${lifts.join(', ')}`]
  const branch = one.branch === 'plant-health' ? '' : ` (${say(words, `branch.${one.branch}`)})`
  const read =
    one.unverified !== null
      ? say(words, 'law-table.unread')
      : `${one.read?.on ?? ''}${one.edition === null ? '' : `, ${one.edition}`}`
  return [one.id, one.title, told.join('; ') + branch, one.source.title, read]
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
