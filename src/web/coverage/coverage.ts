import { say, type Words } from '../../core/decide/words.ts'
import type { Knowledge } from '../../core/knowledge.ts'
import type { Pack } from '../../core/require/pack.ts'
import { articleNames, type PackReview, reviewPacks } from '../../knowledge/review.ts'
import { pageOf } from '../page.ts'
import { type Html, html } from '../report/html.ts'
import { style } from '../report/style.ts'
import { type Drawn, drawWorld, worldMap } from './map.ts'

/** How far the law of a place is loaded. */
export const depths = ['complete', 'partial', 'carrier', 'none'] as const
export type Depth = (typeof depths)[number]

const look = `${style}
.world { width: 100%; height: auto; display: block; background: var(--card) }
.land { stroke: var(--card); stroke-width: .5 }
.complete { fill: var(--ask) } .partial { fill: var(--hold-documents) } .carrier { fill: url(#lines) } .none { fill: var(--rule) }
.key { display: inline-block; width: 14px; height: 14px; margin-right: 6px; vertical-align: -2px }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0 }
.key.carrier { background: repeating-linear-gradient(45deg, var(--rule) 0 3px, var(--soft) 3px 5px) }
.key.complete { background: var(--ask) } .key.partial { background: var(--hold-documents) } .key.none { background: var(--rule) }
td.wide { min-width: 220px }
`

/** How far the law of each place is loaded, as a map of the world and the table that says the same: one page that needs nothing else. */
export function coveragePage(knowledge: Knowledge, on: string): string {
  const { words, places } = knowledge
  const depthOf = depthsByPlace(knowledge)
  const title = say(words, 'coverage.title')
  const map = worldMap(drawWorld(places), say(words, 'coverage.map'), (one) => lookOf(one, depthOf, words))
  return pageOf({
    language: words['report.lang'] ?? 'en',
    title,
    style: look,
    skip: { to: 'table', says: say(words, 'coverage.skip') },
    top: html`<header class="top"><h1>${title}</h1><p class="soft">${say(words, 'coverage.about', { day: on, edition: knowledge.edition })}</p></header>`,
    main: html`<figure><svg width="0" height="0" aria-hidden="true"><defs><pattern id="lines" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--rule)"/><rect width="2" height="5" fill="var(--soft)"/></pattern></defs></svg>
${map}
<ul class="legend">${depths.map((depth) => html`<li><span class="key ${depth}"></span>${say(words, `coverage.${depth}`)} (${[...depthOf.values()].filter((one) => one === depth).length})</li>`)}</ul></figure>
<h2 id="table" tabindex="-1">${say(words, 'coverage.table')}</h2>
<div class="scroll" role="region" tabindex="0" aria-label="${say(words, 'coverage.table')}">${table(knowledge)}</div>`,
    foot: say(words, 'coverage.notice'),
  })
}

/** For each country by its code: whether some article is complete, law is loaded, or only terms of carriers are. */
export function depthsByPlace({ packs, places }: Knowledge): Map<string, Depth> {
  const found = new Map<string, Depth>()
  places.codes.forEach((code, place) => {
    if (places.partOf[place] !== -1) return
    const law = packs.find(({ layer, destinations }) => layer === 'law' && destinations.includes(place))
    const carried = packs.some(
      ({ layer, requirements }) =>
        layer === 'carrier' && requirements.some(({ when }) => (when.destination?.table[place] ?? 0) > 0),
    )
    found.set(code, law === undefined ? (carried ? 'carrier' : 'none') : claimsSome(law) ? 'complete' : 'partial')
  })
  return found
}

/** Whether a claim is of more than processed goods, which hardly any law asks about. */
function claimsSome({ coverage }: Pack): boolean {
  return coverage.some(
    ({ origins, articles }) => origins !== 'union' && articles.some((article) => article !== 'processed-plant-product'),
  )
}

function lookOf({ code, name }: Drawn, depthOf: ReadonlyMap<string, Depth>, words: Words) {
  const depth = (code === null ? undefined : depthOf.get(code)) ?? 'none'
  return { className: depth, title: `${name}: ${say(words, `coverage.${depth}`)}` }
}

function table(knowledge: Knowledge): Html {
  const { words } = knowledge
  const head = ['place', 'requirements', 'unverified-count', 'old-count', 'complete', 'open'] as const
  const rows = reviewPacks(knowledge).filter(({ layer }) => layer === 'law')
  return html`<table><thead><tr>${head.map((key) => html`<th scope="col">${say(words, `review.${key}`)}</th>`)}</tr></thead>
<tbody>${rows.map((one) => tableRow(one, words))}</tbody></table>`
}

function tableRow(one: PackReview, words: Words): Html {
  return html`<tr><th scope="row">${one.title}</th><td class="number">${one.requirements}</td><td class="number">${one.unverified}</td>
<td class="number">${one.oldEdition}</td><td class="wide">${articleNames(one.complete, words)}${claimsOf(one, words)}</td><td class="wide soft">${articleNames(one.open, words)}</td></tr>`
}

/** Who read what and when, for each claim, behind one line that opens. */
function claimsOf({ claims }: PackReview, words: Words): Html | string {
  if (claims.length === 0) return ''
  const items = claims.map(({ articles, by, on, from, what }) => {
    const slots = { articles: articleNames(articles, words), by, day: on, from, what }
    return html`<li>${say(words, 'coverage.claim', slots)}</li>`
  })
  return html`<details><summary>${say(words, 'coverage.claims')}</summary><ul>${items}</ul></details>`
}
