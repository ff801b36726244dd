import type { Answer, AnswerItem, AnswerQuestion } from '../core/act/answer.ts'
import { say, type Words } from '../core/decide/words.ts'
import { displayWidth, fitted, type Glyph, glyphsOf, wrapped } from './display-width.ts'
import { lettersOf, type Piece, piecesOf } from './letters.ts'
import type { ReportRow, Summary } from './report-row.ts'
import { besideEachOther, type Line, type Span } from './spans.ts'
import { counted, fileName, itemsThatMatter, mostTellingFirst, named, percent } from './speak.ts'
import { looks, type TableOptions } from './table-look.ts'
import { visible } from './visible.ts'

const dim = '2'
const given = '1;4'
const indent = '  '
/** From this width on, what was declared stands beside why. */
const twoColumns = 120
const mostItems = 3
const room = { head: 400, around: 60 }

/** One parcel: proposal, where it stands, what was declared with the letters that showed it, why, and what to ask. */
export function parcelLines(row: ReportRow, summary: Summary, options: TableOptions): Line[] {
  const { answer } = row
  if (options.width < twoColumns) {
    return [...headLines(row, summary, options), ...itemLines(row, options), ...whyLines(answer, options)]
  }
  const left = Math.floor(options.width * 0.48)
  const narrow = { ...options, width: left - 2 }
  const declared = [...headLines(row, summary, narrow), ...itemLines(row, narrow)]
  return besideEachOther(declared, whyLines(answer, { ...options, width: options.width - left }), left)
}

function headLines(row: ReportRow, summary: Summary, { words, width }: TableOptions): Line[] {
  const { answer, line, file, dispatch, destination } = row
  const badge = { text: ` ${say(words, `proposal.${answer.proposal}`)} `, look: looks[answer.proposal] }
  const at = say(words, 'report.line', { line: String(line) })
  const where = summary.files.length > 1 ? `${visible(fileName(file))} ${at}` : at
  const unknown = say(words, 'report.not-told')
  const slots = { from: visible(dispatch ?? unknown), to: visible(destination ?? unknown) }
  const rest = [visible(answer.parcel.id ?? ''), say(words, 'report.route', slots), where].filter((part) => part !== '')
  const space = width - displayWidth(badge.text) - 2
  const text = rest.join(' · ')
  if (displayWidth(text) <= space) return [[badge, { text: `  ${text}` }]]
  const lines = wrapped(text, width - indent.length).slice(0, 2)
  return [[badge], ...lines.map((one) => [{ text: indent + fitted(one, width - indent.length) }])]
}

function itemLines({ answer, descriptions }: ReportRow, options: TableOptions): Line[] {
  const { words, width } = options
  const matter = itemsThatMatter(answer)
  const items = answer.items.filter(({ index }) => matter.has(index))
  const shown = items.slice(0, mostItems)
  const lines = shown.flatMap((item) => {
    const description = descriptions[item.index - 1] ?? ''
    const number = answer.items.length > 1 ? `${item.index}. ` : ''
    const space = width - indent.length - number.length
    const told = description.trim() === '' ? [{ text: say(words, 'report.empty-description'), look: dim }] : null
    const pieces = piecesOf(description, lettersOf(answer, item), room)
    const said = told ?? fittedPieces(pieces, space, options.colour)
    const found = fitted(foundAs(item, words), space)
    const under = indent + ' '.repeat(number.length)
    return [[{ text: indent + number }, ...said], [{ text: under + found, look: dim }]]
  })
  const more = answer.items.length - shown.length
  if (more <= 0) return lines
  return [...lines, [{ text: fitted(`${indent}${counted(words, 'report.items-more', more)}`, width), look: dim }]]
}

function foundAs({ article, probability, taxa }: AnswerItem, words: Words): string {
  const names = [...new Set(taxa.map(({ name }) => name))]
  return visible([`${say(words, `article.${article}`)}, ${percent(probability)}`, ...names].join(' · '))
}

function whyLines(answer: Answer, { words, width }: TableOptions): Line[] {
  const reason = mostTellingFirst(answer.reasons)[0]
  const question = answer.questions[0]
  const why = reason === undefined ? [] : wrapped(visible(reason.sentence), width - indent.length)
  const ask = question === undefined ? [] : wrapped(askSentence(question, answer, words), width - indent.length - 2)
  return [
    ...why.map((text) => [{ text: indent + text }]),
    ...ask.map((text, at) => [{ text: `${indent}${at === 0 ? '? ' : '  '}${text}`, look: '1' }]),
  ]
}

function askSentence({ sentence, askWhom, item }: AnswerQuestion, { items }: Answer, words: Words): string {
  const whom = askWhom.map((one) => named(words, 'report.whom', one)).join(', ')
  const which = items.length > 1 ? `${say(words, 'report.item', { index: String(item) })}: ` : ''
  return visible(`${which}${sentence}${whom === '' ? '' : ` (${whom})`}`)
}

interface MarkedGlyph extends Glyph {
  readonly marked: boolean
}

/** A description in one line of at most `width` columns, with the marks in it; without colour, marks stand in ‹ ›. */
export function fittedPieces(pieces: readonly Piece[], width: number, colour: boolean): Span[] {
  const glyphs = pieces.flatMap(({ text, marked }) => {
    const bracketed = marked && !colour ? `‹${visible(text)}›` : visible(text)
    return glyphsOf(bracketed).map((glyph): MarkedGlyph => ({ ...glyph, marked }))
  })
  const spans: { text: string; look?: string }[] = []
  let last: boolean | null = null
  for (const { text, marked } of windowOf(glyphs, width)) {
    const open = spans.at(-1)
    if (open !== undefined && marked === last) open.text += text
    else spans.push(marked ? { text, look: given } : { text })
    last = marked
  }
  return spans
}

const ellipsis: MarkedGlyph = { text: '…', width: 1, marked: false }

/** The part of a line that fits, moved so that the first mark is in it. */
function windowOf(glyphs: readonly MarkedGlyph[], width: number): readonly MarkedGlyph[] {
  const all = columns(glyphs)
  if (all <= width) return glyphs
  const first = glyphs.findIndex(({ marked }) => marked)
  const unmarked = first < 0 ? -1 : glyphs.findIndex(({ marked }, at) => at > first && !marked)
  const markEnd = columns(glyphs.slice(0, unmarked < 0 ? glyphs.length : unmarked))
  const from = first < 0 || markEnd <= width - 1 ? 0 : startBefore(glyphs, first, Math.floor(width / 4))
  const start = from > 0 ? [ellipsis] : []
  const shown: MarkedGlyph[] = []
  let space = width - start.length
  for (const glyph of glyphs.slice(from)) {
    space -= glyph.width
    if (space < 1) break
    shown.push(glyph)
  }
  const rest = shown.length < glyphs.length - from
  const tail = glyphs.slice(from)
  return rest && columns(tail) > width - start.length ? [...start, ...shown, ellipsis] : [...start, ...tail]
}

function startBefore(glyphs: readonly MarkedGlyph[], mark: number, lead: number): number {
  let at = mark
  for (let taken = 0; at > 0; at -= 1) {
    taken += glyphs[at - 1]?.width ?? 0
    if (taken > lead) break
  }
  return at
}

function columns(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, { width }) => sum + width, 0)
}
