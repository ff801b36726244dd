import { type Content, type Html, html } from '../../web/report/html.ts'
import { type Described, exampleOf, type Operation, type Parameter } from './described.ts'
import { frame, linesOf } from './frame.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete']
/** Groups in the order in which a newcomer needs them; others follow. */
const firstTags = ['Parcels', 'Decisions', 'Checks', 'Cases', 'Webhooks', 'Knowledge']

/** The page that shows every operation of the API with an example, and lets a reader try it. Without script it reads the same. */
export function apiPage(described: Described): string {
  const operations = Object.entries(described.paths ?? {}).flatMap(([path, of]) =>
    methods.flatMap((method) => (of[method] === undefined ? [] : [{ path, method, operation: of[method] }])),
  )
  const used = new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'Other'))
  const tags = [...firstTags.filter((tag) => used.has(tag)), ...[...used].filter((tag) => !firstTags.includes(tag))]
  const sections = tags.map(
    (tag) => html`<section aria-labelledby="${idOf(tag)}">
<h2 id="${idOf(tag)}">${tag}</h2>
${operations.filter(({ operation }) => (operation.tags?.[0] ?? 'Other') === tag).map((one) => operationPart(one, described))}
</section>`,
  )
  return frame({ title: 'Greenlane API', script: true, main: html`${opening}${sections}` })
}

const curl = `curl http://localhost:8080/parcels -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d '
{ "ids": { "s10": "LZ843992075CN" }, "route": { "dispatchCountry": "CN", "destinationCountry": "FR" },
  "lines": [{ "description": "tomato seeds 100 pcs", "originCountry": "CN" }] }'`

const opening: Html = html`<h1>Parcels in, answers out</h1>
<p>Greenlane screens parcels that people order online for plant-health risk, before they reach the border. It proposes with reasons, cites the law
behind each, and asks what would change the answer. A machine proposes; a person with the authority decides.</p>
<p>An administrator signs in and makes an API key, or <code>npx greenlane keys make</code> does. Then send a parcel:</p>
<pre><code>${linesOf(curl)}</code></pre>
<p class="soft">Faults come as <a href="/problems">problems with their cure</a>. The whole description is at <a href="/openapi.json">/openapi.json</a>
(OpenAPI 3.1). Public keys of receipts are at <a href="/.well-known/jwks.json">/.well-known/jwks.json</a>.</p>
<p class="key"><label for="key">API key for trying it here</label>
<input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="gl_…" aria-describedby="key-advice">
<span class="soft" id="key-advice">It stays in this page. Without one, your session counts.</span></p>
`

function idOf(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z]+/g, '-')
}

interface Placed {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

function operationPart({ path, method, operation }: Placed, described: Described): Html {
  const { summary = '', description, parameters = [], requestBody, responses = {} } = operation
  const id = `${method}${path.replace(/[^a-z]+/gi, '-')}`
  const schema = requestBody?.content?.['application/json']?.schema
  return html`<details id="${id}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code> <span>${summary}</span></summary>
<div>
${description === undefined ? null : html`<p>${description.replaceAll(/\s+/g, ' ')}</p>`}
<form data-method="${method.toUpperCase()}" data-path="${path}">
${parameters.map((one) => parameterPart(one, id, described))}
${schema === undefined ? null : bodyPart(exampleOf(schema, described), id)}
<p><button type="submit">Send</button></p>
<p class="status" role="status"></p>
<pre class="told" tabindex="0" aria-label="What came back" hidden></pre>
</form>
<h3>Answers</h3>
<table><thead><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${Object.entries(responses).map(([status, told]) => html`<tr><th scope="row">${status}</th><td>${told.description ?? ''}</td></tr>`)}</tbody></table>
</div>
</details>
`
}

function parameterPart(
  { name, in: place, required = false, schema, description }: Parameter,
  id: string,
  described: Described,
): Content {
  if (place !== 'path' && place !== 'query') return null
  const field = `${id}-${name}`
  const example = place === 'path' ? exampleOf(schema, described) : ''
  const advice = description ?? schema?.description
  return html`<label for="${field}">${name}${required ? '' : ' (optional)'}</label>
<input id="${field}" name="${place}.${name}" value="${String(example ?? '')}"${required ? html` required` : null}>
${advice === undefined ? null : html`<span class="soft">${advice}</span>`}
`
}

function bodyPart(example: unknown, id: string): Html {
  return html`<label for="${id}-body">Body</label>
<textarea id="${id}-body" name="body" spellcheck="false">${linesOf(JSON.stringify(example, null, 2))}</textarea>
`
}
