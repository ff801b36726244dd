import { type Html, html } from '../web/report/html.ts'

/** The description of an API, as far as the page tells it. */
interface Described {
  readonly paths?: Readonly<Record<string, object>>
}

/** The first page: what this is, and every operation of the API. */
export function apiPage({ paths = {} }: Described): string {
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations as Readonly<Record<string, { summary?: string }>>).map(
      ([method, { summary = '' }]): Html =>
        html`<tr><td><code>${method.toUpperCase()} ${path}</code></td><td>${summary}</td></tr>`,
    ),
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Greenlane</title>
<link rel="stylesheet" href="/sign-in/style.css">
</head>
<body>
<main>
<h1>Greenlane</h1>
<p><a href="/openapi.json">Description of the API (OpenAPI 3.1)</a> · <a href="/problems">Problems and their cures</a> · <a href="/sign-in">Sign in</a></p>
<table>
<thead><tr><th>Operation</th><th>What it does</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</main>
</body>
</html>
`.source
}
