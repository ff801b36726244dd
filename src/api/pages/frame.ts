import { type Content, type Html, html, trusted } from '../../web/report/html.ts'

/** A page about the API. Its style and script come from addresses of their own: nothing inline runs. */
export interface ApiPage {
  readonly title: string
  readonly main: Content
  readonly script?: boolean
}

/** The page as HTML. */
export function frame({ title, main, script = false }: ApiPage): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api.css">
${script ? html`<script src="/api.js" defer></script>` : null}
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header>
<p class="name"><a href="/">Greenlane</a></p>
<nav aria-label="Pages"><a href="/">API</a> <a href="/problems">Problems</a> <a href="/openapi.json">OpenAPI</a> <a href="/sign-in">Sign in</a></nav>
</header>
<main id="main">
${main}
</main>
</body>
</html>
`.source
}

/** A text of several lines as it stands, where line feeds are seen (`pre`, `textarea`). */
export function linesOf(text: string): Html[] {
  return text.split('\n').map((line, at) => html`${at === 0 ? null : trusted('\n')}${line}`)
}
