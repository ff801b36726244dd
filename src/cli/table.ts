import type { Proposal } from '../core/decide/policy.ts'
import { say, type Words } from '../core/decide/words.ts'
import { displayWidth, fitted, wrapped } from './display-width.ts'
import { parcelLines } from './parcel-lines.ts'
import type { ReportRow, Summary } from './report-row.ts'
import { bar, type Line, painted } from './spans.ts'
import { count, counted, place, rowsOf, seconds, strictestFirst } from './speak.ts'
import { looks, type TableOptions } from './table-look.ts'
import { type PlaceCounts, placesRanked, total } from './tally.ts'
import { visible } from './visible.ts'

export type { TableOptions } from './table-look.ts'

const dim = '2'
const strong = '1'
const narrowest = 40

/** The report for people in a terminal: the parcels to act on, the strictest first, then the summary. */
export function tableReport(rows: readonly ReportRow[], summary: Summary, options: TableOptions): string {
  const look = { ...options, width: Math.max(narrowest, Math.floor(options.width)) }
  const matter = strictestFirst.filter((proposal) => proposal !== 'no-objection').flatMap((one) => rowsOf(rows, one))
  const shown = matter.slice(0, Math.max(0, look.limit))
  const lines: Line[] = []
  for (const row of shown) lines.push(...parcelLines(row, summary, look), [])
  lines.push(...leftOut(shown, summary, look.words, look.width))
  lines.push(...summaryLines(summary, look))
  return `${lines.map((line) => painted(line, look.colour)).join('\n')}\n`
}

/** What is not shown, by proposal. */
function leftOut(shown: readonly ReportRow[], { byProposal }: Summary, words: Words, width: number): Line[] {
  const lines: Line[] = []
  for (const proposal of strictestFirst) {
    const more = byProposal[proposal] - rowsOf(shown, proposal).length
    if (proposal === 'no-objection' || more <= 0) continue
    const sentence = `${say(words, `proposal.${proposal}`)}: ${counted(words, 'report.parcels-more', more)}.`
    lines.push(...wrapped(sentence, width).map((text) => [{ text, look: dim }]))
  }
  return lines.length === 0 ? [] : [...lines, []]
}

function summaryLines(summary: Summary, look: TableOptions): Line[] {
  const { words, width } = look
  const rule = { text: '─'.repeat(width), look: dim }
  const legend = look.colour ? [] : [say(words, 'report.legend')]
  const notes = [say(words, 'report.notice'), ...legend, `${summary.knowledge} · ${summary.engine}`]
  const small = notes.flatMap((note) => wrapped(visible(note), width)).map((text) => [{ text, look: dim }])
  const head = wrapped(headline(summary, words), width).map((text) => [{ text, look: strong }])
  return [[rule], ...head, [], ...proposalLines(summary, look), ...dispatchLines(summary, look), [], ...small]
}

function headline(summary: Summary, words: Words): string {
  const { records, unreadable, on, destination } = summary
  const rate = records / Math.max(summary.seconds, 0.001)
  const to = destination === null ? say(words, 'report.destination-each') : place(words, destination, summary)
  return [
    counted(words, 'report.parcels', records),
    ...(unreadable > 0 ? [counted(words, 'report.unreadable', unreadable)] : []),
    `${say(words, 'report.destination').toLowerCase()} ${to}`,
    `${say(words, 'report.day').toLowerCase()} ${on}`,
    say(words, 'report.took', { seconds: seconds(summary.seconds) }),
    counted(words, 'report.per-second', Math.round(rate)),
  ].join(', ')
}

function proposalLines({ byProposal }: Summary, { words, width }: TableOptions): Line[] {
  const names = strictestFirst.map((proposal) => say(words, `proposal.${proposal}`))
  const numbers = strictestFirst.map((proposal) => count(words, byProposal[proposal]))
  const nameWidth = Math.max(...names.map(displayWidth))
  const numberWidth = Math.max(...numbers.map((number) => number.length))
  const room = Math.max(4, Math.min(60, width - nameWidth - numberWidth - 4))
  const most = Math.max(1, ...strictestFirst.map((proposal) => byProposal[proposal]))
  return strictestFirst.map((proposal, at) => [
    { text: padded(names[at] ?? '', nameWidth) },
    { text: `  ${(numbers[at] ?? '').padStart(numberWidth)}  ` },
    { text: bar(byProposal[proposal] / most, room), look: barLook(proposal) },
  ])
}

/** A bar takes the colour of its proposal, never the background. */
function barLook(proposal: Proposal): string {
  return proposal === 'refuse' ? '31' : looks[proposal].replace('1;', '')
}

const mostPlaces = 12

/** Countries of dispatch with their counts: those with most to act on first. */
function dispatchLines(summary: Summary, { words, width }: TableOptions): Line[] {
  const rows = placesRanked(summary, mostPlaces).map((one) => placeRow(one, summary, words))
  if (rows.length === 0) return []
  const heads = ['report.total', ...strictestFirst.map((proposal) => `report.short.${proposal}`)]
  const columns = heads.map((key, at) => {
    const head = say(words, key)
    return { head, width: Math.max(displayWidth(head), ...rows.map(({ numbers }) => (numbers[at] ?? '').length)) }
  })
  const taken = columns.reduce((sum, column) => sum + column.width + 2, 0)
  if (width - taken < 6) return [[], ...placesInWords(rows, columns, width)]
  const first = Math.min(width - taken, Math.max(...rows.map(({ name }) => displayWidth(name))))
  const title = padded(fitted(say(words, 'report.from'), first), first)
  return [
    [],
    [{ text: title + columns.map(({ head, width }) => `  ${padded(head, width, true)}`).join(''), look: dim }],
    ...rows.map(({ name, numbers }) => [
      { text: padded(fitted(name, first), first) },
      ...numbers.map((number, at) => ({
        text: `  ${number.padStart(columns[at]?.width ?? 0)}`,
        ...(number === '0' ? { look: dim } : {}),
      })),
    ]),
  ]
}

interface PlaceRow {
  readonly name: string
  readonly numbers: readonly string[]
}

/** Where a terminal is too narrow for columns: each number with its word. */
function placesInWords(rows: readonly PlaceRow[], columns: readonly { head: string }[], width: number): Line[] {
  return rows.flatMap(({ name, numbers }) => {
    const told = numbers.flatMap((number, at) => (number === '0' ? [] : [`${columns[at]?.head} ${number}`]))
    return wrapped(`${name}: ${told.join(', ')}`, width).map((text) => [{ text }])
  })
}

function placeRow({ code, places, counts }: PlaceCounts, summary: Summary, words: Words): PlaceRow {
  const name = code === null ? counted(words, 'report.others', places) : visible(place(words, code, summary))
  const numbers = [total(counts), ...strictestFirst.map((proposal) => counts[proposal])]
  return { name, numbers: numbers.map((one) => count(words, one)) }
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return right ? space + text : text + space
}
