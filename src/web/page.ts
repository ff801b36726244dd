import { createHash } from 'node:crypto'
import { type Content, html, trusted } from './report/html.ts'

/** One page that needs nothing but itself. */
export interface Page {
  readonly language: string
  readonly title: string
  readonly style: string
  readonly script?: string
  /** The link to what matters, for those who go by keyboard or ear. */
  readonly skip: { readonly to: string; readonly says: string }
  readonly top: Content
  readonly main: Content
  readonly foot: string
}

/** The page as HTML: no network, and nothing run but its own style and script. */
export function pageOf({ language, title, style, script, skip, top, main, foot }: Page): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#${skip.to}">${skip.says}</a>
${top}
<main>
${main}
</main>
<footer><p>${foot}</p></footer>
${script === undefined ? null : html`<script>${trusted(script)}</script>\n`}</body>
</html>
`.source
}

/** Nothing may be loaded, sent or run but the style and the script of the page, known by their digests. */
function policyOf(style: string, script: string | undefined): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${digest(style)}'`,
    ...(script === undefined ? [] : [`script-src 'sha256-${digest(script)}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
