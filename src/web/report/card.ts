import { lettersOf, piecesOf } from '../../cli/letters.ts'
import type { ReportRow, Summary } from '../../cli/report-row.ts'
import { counted, fileName, itemsThatMatter, mostTellingFirst, named, percent, place } from '../../cli/speak.ts'
import type {
  Answer,
  AnswerItem,
  AnswerMeasure,
  AnswerQuestion,
  AnswerReason,
  AnswerSource,
  AnswerTaxon,
  ImportSource,
} from '../../core/act/answer.ts'
import { say, type Words } from '../../core/decide/words.ts'
import { type Content, type Html, html } from './html.ts'

/** What a part of the page needs to speak: the words, and the names in the summary. */
export interface Voice {
  readonly words: Words
  readonly summary: Summary
}

/** Most entries of each list in one card; what is beyond is counted. */
const most = { items: 20, reasons: 24, measures: 24, problems: 12 }
const room = { head: 600, around: 80 }

/** One parcel as a card: what was declared, why, what the law asks, whom to ask, what was wrong with the record. */
export function card(row: ReportRow, voice: Voice): Html {
  const { answer } = row
  const { words } = voice
  const parts = [
    part(words, 'report.declared', declared(row, voice)),
    part(words, 'report.why', reasons(answer, words)),
    part(words, 'report.measures', measures(answer, words)),
    part(words, 'report.ask', questions(answer, words)),
    part(words, 'report.problems', problems(answer, words)),
  ]
  return html`<article class="parcel ${answer.proposal}" data-parcel="${answer.proposal}">
<header><h3>${badge(answer, words)}<bdi>${answer.parcel.id ?? say(words, 'report.line', { line: String(row.line) })}</bdi></h3>
<p class="soft"><bdi>${route(row, voice)}</bdi> · ${where(row, voice)}</p></header>
<dl>${parts}</dl></article>
`
}

/** From where to where, in names. */
export function route({ dispatch, destination }: ReportRow, { words, summary }: Voice): string {
  return say(words, 'report.route', { from: place(words, dispatch, summary), to: place(words, destination, summary) })
}

/** Where a record stands: its line, and its file where there are several. */
export function where({ line, file }: ReportRow, { words, summary }: Voice): Content {
  const at = say(words, 'report.line', { line: String(line) })
  return summary.files.length > 1 ? html`<bdi>${fileName(file)}</bdi>, ${at}` : at
}

/** A description with the letters that gave it away marked; no letters of it can act or leave their place. */
export function description(answer: Answer, item: AnswerItem, text: string, words: Words): Html {
  if (text.trim() === '') return html`<span class="soft">${say(words, 'report.empty-description')}</span>`
  const pieces = piecesOf(text, lettersOf(answer, item), room)
  const shown = pieces.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))
  return html`<bdi lang="" dir="auto">${shown}</bdi>`
}

function badge({ proposal }: Answer, words: Words): Html {
  return html`<span class="badge ${proposal}">${say(words, `proposal.${proposal}`)}</span>`
}

function part(words: Words, title: string, content: Html | null): Html | null {
  return content === null ? null : html`<dt>${say(words, title)}</dt><dd>${content}</dd>\n`
}

function declared(row: ReportRow, voice: Voice): Html | null {
  const { answer } = row
  const { words } = voice
  if (answer.items.length === 0) return null
  const matter = itemsThatMatter(answer)
  const first = answer.items.filter(({ index }) => matter.has(index))
  const shown = [...first, ...answer.items.filter(({ index }) => !matter.has(index))].slice(0, most.items)
  const several = answer.items.length > 1
  const items = shown.map((item) => {
    const number = several
      ? html`<span class="soft">${say(words, 'report.item', { index: String(item.index) })}: </span>`
      : null
    const text = row.descriptions[item.index - 1] ?? ''
    return html`<li><p class="said">${number}${description(answer, item, text, words)}</p>
<p class="found">${found(row, item, voice)}</p></li>`
  })
  return html`<ul class="items">${items}</ul>${more(words, 'report.items-more', answer.items.length - shown.length)}`
}

/** What an item was recognised as: article, how sure, names, state, use, origin. */
function found({ origins }: ReportRow, item: AnswerItem, { words, summary }: Voice): Content {
  const states = Object.entries(item.state).flatMap(([fact, value]) => stateName(words, fact, value))
  const origin = origins?.[item.index - 1]
  const parts: Content[] = [
    html`<b>${say(words, `article.${item.article}`)}</b>, ${percent(item.probability)}`,
    ...distinctTaxa(item.taxa).map(taxonName),
    ...states,
    ...(item.use === null ? [] : [named(words, 'use', item.use)]),
    ...(origin === undefined ? [] : [say(words, 'report.origin', { place: place(words, origin, summary) })]),
  ]
  return parts.map((one, at) => (at === 0 ? one : [' · ', one]))
}

function stateName(words: Words, fact: string, value: boolean | number | null): string[] {
  if (value === null) return []
  if (typeof value === 'number') return [`${named(words, 'fact', fact)}: ${value}`]
  return [say(words, `state.${fact}.${value ? 'yes' : 'no'}`)]
}

function distinctTaxa(taxa: readonly AnswerTaxon[]): AnswerTaxon[] {
  return [...new Map(taxa.map((taxon) => [taxon.name, taxon])).values()]
}

function taxonName({ name, family, eppo }: AnswerTaxon): Html {
  const notes = [family, eppo].filter((note) => note !== null && note !== name)
  return html`<span class="taxon" lang="la">${name}</span>${notes.length > 0 ? ` (${notes.join(', ')})` : null}`
}

function reasons(answer: Answer, words: Words): Html | null {
  if (answer.reasons.length === 0) return null
  const unread = unreadRequirements(answer)
  const shown = mostTellingFirst(answer.reasons).slice(0, most.reasons)
  const list = shown.map((reason) => html`<li>${reasonSentence(reason, answer, unread, words)}</li>`)
  return html`<ul>${list}</ul>${more(words, 'report.reasons-more', answer.reasons.length - shown.length)}`
}

function reasonSentence(reason: AnswerReason, answer: Answer, unread: ReadonlySet<string>, words: Words): Content {
  const note = ` ${say(words, 'unverified')}`
  const noted = reason.sentence.endsWith(note)
  const sentence = noted ? reason.sentence.slice(0, -note.length) : reason.sentence
  const isUnread = noted || (reason.requirement !== null && unread.has(reason.requirement))
  return [
    itemName(answer, reason.item, words),
    sentence,
    reason.source === null ? null : [' ', sourceLink(reason.source)],
    isUnread ? [' ', unreadBadge(words)] : null,
  ]
}

/** Whether a reason or a measure of the answer rests on a text that was not read. */
export function restsOnUnread({ items, reasons }: Answer, words: Words): boolean {
  const note = say(words, 'unverified')
  return (
    items.some((item) => item.measures.some(({ verified }) => !verified)) ||
    reasons.some(({ sentence }) => sentence.endsWith(note))
  )
}

function unreadRequirements({ items }: Answer): Set<string> {
  const all = items.flatMap((item) => item.measures)
  return new Set(all.filter(({ verified }) => !verified).map(({ requirement }) => requirement))
}

function unreadBadge(words: Words): Html {
  return html`<span class="unread">${say(words, 'report.text-not-read')}</span>`
}

/** A link to the law. Only an address of the web becomes one. */
function sourceLink({ title, href }: AnswerSource | ImportSource): Html {
  return href !== null && /^https?:\/\//i.test(href)
    ? html`<a href="${href}" rel="noreferrer">${title}</a>`
    : html`<cite>${title}</cite>`
}

function itemName({ items }: Answer, index: number | null, words: Words): Html | null {
  if (items.length < 2 || index === null) return null
  return html`<span class="soft">${say(words, 'report.item', { index: String(index) })}: </span>`
}

function measures(answer: Answer, words: Words): Html | null {
  const all = answer.items.flatMap((item) => item.measures.map((measure) => ({ measure, item: item.index })))
  if (all.length === 0) return null
  const heads = ['report.measure', 'report.certainty', 'report.owed-by', 'report.attainable', 'report.law'].map((key) =>
    say(words, key),
  )
  const shown = all.slice(0, most.measures)
  const rows = shown.map(({ measure, item }) => measureRow(measure, itemName(answer, item, words), heads, words))
  return html`<table class="measures"><thead><tr>${heads.map((head) => html`<th scope="col" class="keep">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>${more(words, 'report.measures-more', all.length - shown.length)}`
}

function measureRow(measure: AnswerMeasure, item: Html | null, heads: readonly string[], words: Words): Html {
  const by = measure.by === null ? '–' : named(words, 'report.owes', measure.by)
  const paper =
    measure.paper === null ? null : html`<br><span class="soft">${say(words, 'report.paper')}: ${measure.paper}</span>`
  return html`<tr><th scope="row">${item}<b>${say(words, `measure.${measure.measure}`)}</b>${paper}</th>
<td class="keep" data-label="${heads[1] ?? ''}">${say(words, `report.certainty.${measure.certainty}`)}</td>
<td data-label="${heads[2] ?? ''}">${by}</td>
<td class="keep" data-label="${heads[3] ?? ''}">${say(words, `report.attainable.${measure.attainable}`)}</td>
<td data-label="${heads[4] ?? ''}">${sourceLink(measure.source)}${measure.verified ? null : [' ', unreadBadge(words)]}</td></tr>`
}

function questions(answer: Answer, words: Words): Html | null {
  if (answer.questions.length === 0) return null
  return html`<ul>${answer.questions.map((question) => html`<li>${questionText(question, answer, words)}</li>`)}</ul>`
}

function questionText({ sentence, askWhom, wouldChange, item }: AnswerQuestion, answer: Answer, words: Words): Content {
  const whom = askWhom.map((one) => named(words, 'report.whom', one)).join(', ')
  return [
    itemName(answer, item, words),
    html`<b>${sentence}</b>`,
    whom === '' ? null : html`<br><span class="soft">${say(words, 'report.ask-whom')}:</span> ${whom}.`,
    wouldChange.length === 0
      ? null
      : html`<br><span class="soft">${say(words, 'report.would-change')}:</span> ${wouldChange.join(' ')}`,
  ]
}

function problems(answer: Answer, words: Words): Html | null {
  if (answer.problems.length === 0) return null
  const shown = answer.problems.slice(0, most.problems)
  const list = shown.map(
    ({ sentence, at }) => html`<li>${sentence}${at === '' ? null : html` <code class="soft">${at}</code>`}</li>`,
  )
  return html`<ul>${list}</ul>${more(words, 'report.problems-more', answer.problems.length - shown.length)}`
}

/** How many entries of a list are not shown; nothing when all are. */
export function more(words: Words, key: string, value: number): Html | null {
  return value <= 0 ? null : html`<p class="soft">${counted(words, key, value)}.</p>`
}
