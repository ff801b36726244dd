import { type Html, html } from '../web/report/html.ts'
import { problemKinds } from './problems.ts'

/** The page that every problem's `type` leads to: what each means, and its cure. */
export function problemsPage(): string {
  const rows = Object.entries(problemKinds).map(
    ([kind, { status, title, cure }]): Html => html`<section id="${kind}">
<h2><code>${kind}</code></h2>
<p><strong>${title}.</strong> Status ${String(status)}.</p>
<p>${cure}</p>
</section>`,
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems – Greenlane</title>
<link rel="stylesheet" href="/sign-in/style.css">
</head>
<body>
<main>
<h1>Problems</h1>
<p>What went wrong comes as <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads here.</p>
${rows}
</main>
</body>
</html>
`.source
}
