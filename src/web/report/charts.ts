import type { Counts } from '../../cli/report-row.ts'
import { count, counted, percent, place, strictestFirst } from '../../cli/speak.ts'
import { type PlaceCounts, placesRanked, toActOn, total } from '../../cli/tally.ts'
import type { Proposal } from '../../core/decide/policy.ts'
import { say } from '../../core/decide/words.ts'
import type { Voice } from './card.ts'
import { type Html, html } from './html.ts'

const toAct: readonly Proposal[] = strictestFirst.filter((proposal) => proposal !== 'no-objection')
const mostPlaces = 16

/** Parcels by proposal: a stacked bar of all, one of those to act on, and the table that says the same. */
export function proposalFigure({ words, summary }: Voice): Html {
  const { byProposal } = summary
  const acted = toActOn(byProposal)
  const second =
    acted === 0
      ? html`<p>${say(words, 'report.nothing-to-act-on')}</p>`
      : html`<div><p>${say(words, 'report.to-act-on')}: ${counted(words, 'report.parcels', acted)}</p>
<div class="bar">${picture(told(byProposal, toAct, { words, summary }), stacked(byProposal, toAct, 100))}</div></div>`
  return html`<figure class="block split"><div><figcaption>${say(words, 'report.by-proposal')}</figcaption>
<div class="bars"><div><p>${say(words, 'report.all')}: ${counted(words, 'report.parcels', total(byProposal))}</p>
<div class="bar">${picture(told(byProposal, strictestFirst, { words, summary }), stacked(byProposal, strictestFirst, 100))}</div></div>
${second}</div></div>
${proposalTable({ words, summary })}</figure>
`
}

function proposalTable({ words, summary: { byProposal, records } }: Voice): Html {
  const rows = strictestFirst.map((proposal) => {
    const number = byProposal[proposal]
    const name = say(words, `proposal.${proposal}`)
    return html`<tr><th scope="row">${key(proposal)}${number > 0 ? html`<a href="#${proposal}">${name}</a>` : name}</th>
<td class="number">${count(words, number)}</td><td class="number soft">${percent(number / Math.max(1, records))}</td></tr>`
  })
  return html`<table><thead><tr><th scope="col">${say(words, 'report.proposal')}</th>
<th scope="col" class="number">${say(words, 'report.records')}</th><th scope="col" class="number">${say(words, 'report.share')}</th></tr></thead>
<tbody>${rows}</tbody></table>`
}

/** Parcels by country of dispatch: bars of those to act on, and a table with all. */
export function dispatchFigure(voice: Voice): Html {
  const { words, summary } = voice
  const ranked = placesRanked(summary, mostPlaces)
  const charted = ranked.filter(({ counts }) => toActOn(counts) > 0)
  const longest = Math.max(1, ...charted.map(({ counts }) => toActOn(counts)))
  const bars = charted.map(({ counts, code, places }) => {
    const acted = toActOn(counts)
    return html`<span>${placeName({ code, places, counts }, voice)}</span>
<div class="bar">${stacked(counts, toAct, (acted / longest) * 100)}</div><span class="number">${count(words, acted)}</span>`
  })
  const text = charted.map((one) => `${placeName(one, voice)} ${count(words, toActOn(one.counts))}`).join(', ')
  const chart =
    charted.length === 0
      ? html`<p>${say(words, 'report.nothing-to-act-on')}</p>`
      : html`<figure class="block"><figcaption>${say(words, 'report.by-dispatch-caption')}</figcaption>
<div class="places" role="img" aria-label="${say(words, 'report.by-dispatch-caption')}: ${text}">${bars}</div></figure>`
  return html`${chart}
<div class="block scroll" role="region" tabindex="0" aria-label="${say(words, 'report.by-dispatch-table')}">${dispatchTable(ranked, voice)}</div>
`
}

function dispatchTable(ranked: readonly PlaceCounts[], voice: Voice): Html {
  const { words } = voice
  const heads = strictestFirst.map(
    (proposal) => html`<th scope="col" class="number">${say(words, `report.short.${proposal}`)}</th>`,
  )
  const rows = ranked.map(
    (
      one,
    ) => html`<tr><th scope="row" class="keep">${placeName(one, voice)}</th><td class="number">${count(words, total(one.counts))}</td>
${strictestFirst.map((proposal) => numberCell(one.counts[proposal], voice))}</tr>`,
  )
  return html`<table><caption>${say(words, 'report.by-dispatch-table')}</caption><thead><tr><th scope="col">${say(words, 'report.from')}</th>
<th scope="col" class="number">${say(words, 'report.total')}</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`
}

function numberCell(value: number, { words }: Voice): Html {
  return html`<td class="number${value === 0 ? ' zero' : ''}">${count(words, value)}</td>`
}

function placeName({ code, places }: PlaceCounts, { words, summary }: Voice): string {
  return code === null ? counted(words, 'report.others', places) : place(words, code, summary)
}

/** The numbers of a bar in words. */
function told(counts: Counts, proposals: readonly Proposal[], { words }: Voice): string {
  return proposals
    .filter((proposal) => counts[proposal] > 0)
    .map((proposal) => `${say(words, `proposal.${proposal}`)} ${count(words, counts[proposal])}`)
    .join(', ')
}

function picture(label: string, bar: Html): Html {
  return html`<div class="bar" role="img" aria-label="${label}">${bar}</div>`
}

function key(proposal: Proposal): Html {
  return html`<svg class="key" aria-hidden="true"><rect class="fill ${proposal}" width="100%" height="100%"/></svg>`
}

/** Least width of a part that is not nothing, in percent: one parcel of a million is still seen. */
const least = 0.7

/** A bar of parts by proposal, `width` percent of the room wide. */
function stacked(counts: Counts, proposals: readonly Proposal[], width: number): Html {
  const parts = proposals.filter((proposal) => counts[proposal] > 0)
  const sum = parts.reduce((all, proposal) => all + counts[proposal], 0)
  const wide = parts.map((proposal) => Math.max(least, (counts[proposal] / Math.max(1, sum)) * width))
  const scale =
    width /
    Math.max(
      width,
      wide.reduce((all, one) => all + one, 0),
    )
  let x = 0
  const rects = parts.map((proposal, at) => {
    const own = (wide[at] ?? 0) * scale
    const rect = html`<rect class="fill ${proposal}" x="${round(x)}%" width="${round(own)}%" height="100%"/>`
    x += own
    return rect
  })
  return html`<svg aria-hidden="true" focusable="false">${rects}</svg>`
}

function round(value: number): string {
  return value.toFixed(2)
}
