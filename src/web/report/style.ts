/** The look of the report. Colours of text and of bars hold WCAG AA in both schemes; print takes the light one. */
const light = `
  --page: #f4f5f3; --card: #ffffff; --ink: #1c2126; --soft: #4f5962; --rule: #c9ced1; --link: #0b4f8a;
  --mark: #ffe9a3; --mark-line: #8a6500; --on: #ffffff;
  --refuse: #9b1c1c; --stop-before-dispatch: #ab4a00; --inspect: #75307a; --hold-documents: #6d5900; --ask: #1d5c94;
  --no-objection: #5d666b;`

const dark = `
  --page: #14181b; --card: #1d2226; --ink: #e6e9eb; --soft: #aeb7bd; --rule: #424a50; --link: #8cc3f5;
  --mark: #574400; --mark-line: #e5c258; --on: #14181b;
  --refuse: #f4938a; --stop-before-dispatch: #f0ab6b; --inspect: #dba3e0; --hold-documents: #dcc65c; --ask: #86bff2;
  --no-objection: #9aa4aa;`

const proposals = ['refuse', 'stop-before-dispatch', 'inspect', 'hold-documents', 'ask', 'no-objection']

const ofProposals = proposals
  .map(
    (one) => `
.badge.${one} { background: var(--${one}) }
.fill.${one} { fill: var(--${one}) }
.parcel.${one} { border-left-color: var(--${one}) }`,
  )
  .join('')

export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif;
}
header.top, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 16px }
header.top { padding-top: 20px }
footer { padding-top: 8px; padding-bottom: 32px; color: var(--soft) }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 4px }
h2 { font-size: 19px; line-height: 1.25; margin: 32px 0 8px }
h3 { font-size: 16px; margin: 0 }
p { margin: 0 0 8px }
a { color: var(--link); text-underline-offset: 2px }
a:focus-visible, [tabindex]:focus-visible, input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
ul, ol { margin: 0; padding-left: 20px }
.skip { position: absolute; left: -9999px; top: 0; background: var(--card); padding: 8px 16px }
.skip:focus { left: 0 }
.soft { color: var(--soft) }
.small { font-size: 13.5px }
.scroll { overflow-x: auto }
.what { margin: 12px 0 0; display: flex; flex-wrap: wrap; gap: 6px 32px; border-top: 1px solid var(--rule); padding-top: 10px }
.what div { min-width: 0 }
.what dt, th { color: var(--soft); font-weight: 600; font-size: 13px }
.what dd { margin: 0; overflow-wrap: anywhere }
figure { margin: 0 }
figcaption, caption { color: var(--soft); text-align: left; font-size: 13.5px; padding: 0 0 6px }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--rule) }
th:last-child, td:last-child { padding-right: 0 }
tbody th { color: inherit; font-weight: 400; font-size: inherit }
.number { text-align: right; white-space: nowrap }
.zero { color: var(--soft) }
.block { background: var(--card); border: 1px solid var(--rule); padding: 14px 16px }
.split { display: grid; gap: 16px 32px; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); align-items: start }
.beside-table { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) }
svg { display: block; width: 100%; height: 100% }
.fill { stroke: var(--card); stroke-width: 1px }
.key .fill { stroke: none }
.bars { display: grid; gap: 12px }
.bars p { margin: 0 0 3px; font-size: 13.5px }
.bars .bar { height: 26px }
.key { display: inline-block; width: 12px; height: 12px; margin-right: 8px; vertical-align: -1px }
.places { display: grid; grid-template-columns: minmax(84px, max-content) 1fr max-content; gap: 5px 10px; align-items: center }
.places .bar { height: 14px }
.places > span { overflow: hidden; text-overflow: ellipsis }
.badge {
  display: inline-block; color: var(--on); font-size: 13px; font-weight: 600; line-height: 1.3; padding: 2px 8px;
  white-space: nowrap; vertical-align: 1px;
}
.unread {
  display: inline-block; border: 1px solid currentColor; color: var(--stop-before-dispatch); font-size: 12.5px;
  line-height: 1.3; padding: 0 5px; white-space: nowrap;
}
.parcel { background: var(--card); border: 1px solid var(--rule); border-left-width: 5px; margin: 0 0 12px; padding: 10px 16px 12px }
.parcel > header { display: flex; flex-wrap: wrap; gap: 2px 16px; justify-content: space-between; align-items: baseline }
.parcel > header p { margin: 0 }
.parcel h3 bdi { margin-left: 8px; overflow-wrap: anywhere }
.parcel > dl { margin: 8px 0 0; display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: 8px 12px }
.parcel dt { color: var(--soft); font-size: 13px; font-weight: 600; padding-top: 1px }
.parcel dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.parcel li { margin: 0 0 4px }
.parcel ul, .items { list-style: none; padding: 0 }
.said { margin: 0; font-size: 16px }
.found { margin: 0; color: var(--soft) }
mark { background: var(--mark); color: inherit; text-decoration: underline 2px var(--mark-line); text-underline-offset: 3px; padding: 0 1px }
.taxon { font-style: italic }
.measures td, .measures th { padding-top: 3px; padding-bottom: 3px; overflow-wrap: break-word }
.keep { white-space: nowrap }
form + .soft { margin-top: 12px }
form { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin: 20px 0 0 }
form label { white-space: nowrap; max-width: 100% }
form label:has(input[type=search]) { white-space: normal }
form input[type=search] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); padding: 5px 8px; margin: 0 6px; width: 220px; max-width: 100%; box-sizing: border-box }
[hidden] { display: none !important }
@media (max-width: 900px) {
  .split { grid-template-columns: minmax(0, 1fr) }
}
@media (max-width: 640px) {
  header.top, main, footer { padding-left: 10px; padding-right: 10px }
  .measures .keep { white-space: normal }
  .block { padding: 10px }
  .parcel { padding: 10px }
  .parcel > dl { grid-template-columns: minmax(0, 1fr); gap: 2px }
  .parcel dt { margin-top: 8px }
  .measures thead { position: absolute; left: -9999px }
  .measures tr { display: block; border-bottom: 1px solid var(--rule); padding: 4px 0 }
  .measures td, .measures th { display: block; border: 0; padding: 0 }
  .measures td[data-label]::before { content: attr(data-label) ': '; color: var(--soft) }
  .what { gap: 6px 24px }
}
${ofProposals}
@media print {
  :root { color-scheme: light; ${light} --page: #ffffff }
  body { font-size: 10.5pt }
  header.top, main, footer { max-width: none; padding-left: 0; padding-right: 1px }
  .skip, form { display: none !important }
  .parcel, .block, tr, li { break-inside: avoid }
  h2, h2 + p, h3, .parcel > header { break-after: avoid }
  .beside-table { grid-template-columns: minmax(0, 1fr) }
  .badge, .key, mark, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  .scroll { overflow: visible }
  a[href^='http']::after { content: ' <' attr(href) '>'; font-size: 8.5pt; overflow-wrap: anywhere }
}
`
