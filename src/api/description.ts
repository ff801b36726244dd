import type { Api } from './api.ts'
import { apiPage } from './pages/api-page.ts'
import type { Described } from './pages/described.ts'
import { problemsPage } from './pages/problems-page.ts'
import { apiScript } from './pages/script.ts'
import { apiStyle } from './pages/style.ts'

/** Adds `/openapi.json`, the page that tries the API, and the page of problems. */
export function addDescription(api: Api, { version }: { readonly version: string }): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, as `Authorization: Bearer gl_…`.',
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'greenlane.session_token',
    description: 'The session of a person who signed in.',
  })
  const about = {
    openapi: '3.1.0',
    info: {
      title: 'Greenlane',
      version,
      description:
        'Screens parcels that people order online for plant-health risk. A machine proposes; a person with the authority decides.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  }
  let text: string | null = null
  let page: string | null = null
  const kept = { 'cache-control': 'public, max-age=300' }
  api.get('/openapi.json', (context) => {
    text ??= JSON.stringify(api.getOpenAPI31Document(about))
    return context.body(text, 200, { 'content-type': 'application/json', ...kept })
  })
  api.get('/', (context) => {
    page ??= apiPage(api.getOpenAPI31Document(about) as unknown as Described)
    return context.html(page)
  })
  api.get('/problems', (context) => context.html(problemsPage()))
  api.get('/api.css', (context) => context.body(apiStyle, 200, { 'content-type': 'text/css', ...kept }))
  api.get('/api.js', (context) => context.body(apiScript, 200, { 'content-type': 'text/javascript', ...kept }))
}
