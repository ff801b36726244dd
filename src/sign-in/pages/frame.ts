import { type Content, type Html, html } from '../../web/report/html.ts'
import { type PageDone, type PageFault, sentences } from './sentences.ts'

/** A page of sign-in. Its style and script come from addresses of their own, so that nothing inline is allowed to run. */
export interface SignInPage {
  readonly title: string
  readonly fault?: PageFault | null
  readonly done?: PageDone | null
  readonly main: Content
  readonly script?: boolean
}

/** The page as HTML. A fault is read out first (role alert), and the title tells of it. */
export function frame({ title, fault = null, done = null, main, script = false }: SignInPage): string {
  const told = fault === null ? null : html`<p role="alert" class="fault">${sentences.faults[fault]}</p>`
  const said = done === null ? null : html`<p role="status">${sentences.done[done]}</p>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${fault === null ? '' : 'Error: '}${title} – Greenlane</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sign-in/style.css">
${script ? html`<script src="/sign-in/passkey.js" defer></script>` : null}
</head>
<body>
<main>
<h1>${title}</h1>
${told}${said}${main}
</main>
</body>
</html>
`.source
}

/** One field of a form, with its label and advice. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password'
  readonly complete: string
  readonly value?: string
  readonly advice?: string
  readonly fixed?: boolean
  readonly digits?: boolean
}

/** The field as HTML; every field is needed. */
export function field({ name, label, type = 'text', complete, value = '', advice, fixed, digits }: Field): Html {
  const described = advice === undefined ? null : html` aria-describedby="${name}-advice"`
  const told = advice === undefined ? null : html`<span class="advice" id="${name}-advice">${advice}</span>\n`
  return html`<p><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${complete}" value="${value}"${described}${fixed ? html` readonly` : null}${digits ? html` inputmode="numeric"` : null} required>
${told}</p>`
}

/** A form with one button. */
export function form(action: string, button: string, fields: Content = null): Html {
  return html`<form method="post" action="${action}">
${fields}
<p><button type="submit">${button}</button></p>
</form>`
}
