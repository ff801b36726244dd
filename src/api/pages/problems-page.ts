import { type Html, html } from '../../web/report/html.ts'
import { problemKinds } from '../problems.ts'
import { frame } from './frame.ts'

/** The page that every problem's `type` leads to: what each means, and its cure. */
export function problemsPage(): string {
  const sections = Object.entries(problemKinds).map(
    ([kind, { status, title, cure }]): Html => html`<section id="${kind}">
<h2><code>${kind}</code></h2>
<p><strong>${title}.</strong> Status ${status}.</p>
<p>${cure}</p>
</section>
`,
  )
  return frame({
    title: 'Problems – Greenlane API',
    main: html`<h1>Problems and their cures</h1>
<p>What went wrong comes as <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads to a line of this page, its
<code>detail</code> says what it was this time, and <code>instance</code> is the number of the request.</p>
${sections}`,
  })
}
