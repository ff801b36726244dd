import type { ReportRow, Summary } from '../../cli/report-row.ts'
import { count, counted, fileName, place, rowsOf, seconds, strictestFirst } from '../../cli/speak.ts'
import type { Proposal } from '../../core/decide/policy.ts'
import { say, type Words } from '../../core/decide/words.ts'
import { pageOf } from '../page.ts'
import { card, description, more, restsOnUnread, route, type Voice, where } from './card.ts'
import { dispatchFigure, proposalFigure } from './charts.ts'
import { type Content, type Html, html } from './html.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** How much the page shows; what is beyond is counted. */
export interface Limits {
  /** Parcels as cards, the strictest proposals first. */
  readonly cards: number
  /** Parcels without objection, as rows of a table. */
  readonly rows: number
}

const usual: Limits = { cards: 500, rows: 1000 }

/** The report as one page that needs nothing but itself: no network, no script. */
export function htmlReport(rows: readonly ReportRow[], summary: Summary, words: Words, limits: Limits = usual): string {
  const voice = { words, summary }
  const { shown, quiet } = chosen(rows, limits)
  return pageOf({
    language: words['report.lang'] ?? 'en',
    title: title(voice),
    style,
    script,
    skip: { to: 'summary', says: say(words, 'report.skip') },
    top: top(voice),
    main: html`<section><h2 id="summary" tabindex="-1">${say(words, 'report.summary')}</h2>
${summary.records === 0 ? html`<p>${say(words, 'report.nothing-screened')}</p>` : proposalFigure(voice)}</section>
${summary.records === 0 ? null : whereFrom(voice)}
${filter(voice, shown.length + quiet.length)}
${unreadNote(shown, words)}
${strictestFirst.filter((one) => one !== 'no-objection').map((one) => section(one, rowsOf(shown, one), voice))}
${quietSection(quiet, voice)}`,
    foot: say(words, 'report.notice'),
  })
}

function chosen(rows: readonly ReportRow[], limits: Limits): { shown: ReportRow[]; quiet: ReportRow[] } {
  const strict = strictestFirst.filter((proposal) => proposal !== 'no-objection').flatMap((one) => rowsOf(rows, one))
  return { shown: strict.slice(0, limits.cards), quiet: rowsOf(rows, 'no-objection').slice(0, limits.rows) }
}

function title({ words, summary }: Voice): string {
  const files = summary.files.map(fileName)
  const named = files.length > 2 ? `${files[0]} + ${files.length - 1}` : files.join(', ')
  return `${say(words, 'report.title')}: ${named === '' ? summary.on : `${named}, ${summary.on}`}`
}

function top(voice: Voice): Html {
  const { words, summary } = voice
  const { records, unreadable, destination, on, knowledge, engine } = summary
  const parcels = [count(words, records), ...(unreadable > 0 ? [counted(words, 'report.unreadable', unreadable)] : [])]
  const to = destination === null ? say(words, 'report.destination-each') : place(words, destination, summary)
  const facts: [string, Content][] = [
    ['report.files', fileList(summary.files, words)],
    ['report.records', `${parcels.join(', ')} (${say(words, 'report.took', { seconds: seconds(summary.seconds) })})`],
    ['report.destination', to],
    ['report.day', html`<time datetime="${on}">${on}</time>`],
    ['report.knowledge', knowledge],
    ['report.engine', engine],
  ]
  return html`<header class="top">
<h1>${say(words, 'report.title')}</h1>
<p class="soft">${say(words, 'report.notice')}</p>
<dl class="what" aria-label="${say(words, 'report.screened')}">${facts.map(
    ([key, value]) => html`<div><dt>${say(words, key)}</dt><dd>${value}</dd></div>`,
  )}</dl>
</header>`
}

const mostFiles = 12

function fileList(files: readonly string[], words: Words): Content {
  const shown = files.slice(0, mostFiles).map((file, at) => html`${at > 0 ? ', ' : null}<bdi>${fileName(file)}</bdi>`)
  return files.length > mostFiles ? [shown, ` + ${count(words, files.length - mostFiles)}`] : shown
}

function whereFrom(voice: Voice): Html {
  const { words } = voice
  return html`<section><h2>${say(words, 'report.by-dispatch')}</h2>
<p class="soft">${say(words, 'report.by-dispatch-note')}</p>
<div class="split beside-table">${dispatchFigure(voice)}</div></section>`
}

/** The filter stands hidden in the page; the script shows it. */
function filter({ words }: Voice, parcels: number): Html | null {
  if (parcels < 2) return null
  const boxes = strictestFirst.map(
    (proposal) =>
      html`<label><input type="checkbox" name="proposal" value="${proposal}" checked> ${say(words, `proposal.${proposal}`)}</label>`,
  )
  const sentence = say(words, 'report.filter-shown', { count: '{count}' })
  return html`<form id="filter" hidden role="search" aria-label="${say(words, 'report.filter')}">
<label>${say(words, 'report.filter-text')}<input type="search" name="words" autocomplete="off"></label>${boxes}
<output id="shown" class="soft" data-sentence="${sentence}">${sentence.replace('{count}', String(parcels))}</output></form>`
}

function unreadNote(shown: readonly ReportRow[], words: Words): Html | null {
  if (!shown.some(({ answer }) => restsOnUnread(answer, words))) return null
  const sentence = say(words, 'report.text-not-read-means', { badge: '@report.text-not-read' })
  return html`<p class="soft">${sentence}</p>`
}

function section(proposal: Proposal, rows: readonly ReportRow[], voice: Voice): Html | null {
  const { words, summary } = voice
  const all = summary.byProposal[proposal]
  if (all === 0) return null
  return html`<section data-section="${proposal}">${heading(proposal, voice)}
${rows.map((row) => card(row, voice))}${more(words, 'report.parcels-more', all - rows.length)}</section>
`
}

function heading(proposal: Proposal, { words, summary }: Voice): Html {
  const parcels = counted(words, 'report.parcels', summary.byProposal[proposal])
  const name = say(words, `proposal.${proposal}`)
  const sentence = say(words, 'report.heading', { proposal: name.charAt(0).toUpperCase() + name.slice(1), parcels })
  return html`<h2 id="${proposal}">${sentence}</h2><p class="soft">${say(words, `report.means.${proposal}`)}</p>`
}

function quietSection(rows: readonly ReportRow[], voice: Voice): Html | null {
  const { words, summary } = voice
  const all = summary.byProposal['no-objection']
  if (all === 0) return null
  const heads = ['report.id', 'report.from-to', 'report.description', 'report.article']
  return html`<section data-section="no-objection">${heading('no-objection', voice)}
<div class="block scroll" role="region" tabindex="0" aria-label="${say(words, 'report.quiet-caption')}"><table class="quiet">
<caption>${say(words, 'report.quiet-caption')}</caption>
<thead><tr>${heads.map((key) => html`<th scope="col">${say(words, key)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => quietRow(row, voice))}</tbody></table>
${more(words, 'report.parcels-more', all - rows.length)}</div></section>
`
}

const mostQuietItems = 3

function quietRow(row: ReportRow, voice: Voice): Html {
  const { answer } = row
  const { words } = voice
  const shown = answer.items.slice(0, mostQuietItems)
  const descriptions = shown.map((item, at) => [
    at > 0 ? html`<br>` : null,
    description(answer, item, row.descriptions[item.index - 1] ?? '', words),
  ])
  const articles = [...new Set(answer.items.map(({ article }) => say(words, `article.${article}`)))]
  return html`<tr data-parcel="no-objection"><td><bdi>${answer.parcel.id ?? '–'}</bdi><br><span class="soft small">${where(row, voice)}</span></td>
<td>${route(row, voice)}</td><td>${descriptions}${more(words, 'report.items-more', answer.items.length - shown.length)}</td>
<td>${articles.join(', ')}</td></tr>
`
}
