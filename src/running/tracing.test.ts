import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from './log.ts'
import { startTracing, type Tracing } from './tracing.ts'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly kind: number
  readonly status: { readonly code?: number }
  readonly attributes: readonly { readonly key: string; readonly value: object }[]
}

let received: { path: string; text: string }[]
let status: number
let collector: Server
let lines: string[]
let tracing: Tracing

/** A collector that keeps what it is sent. */
beforeEach(async () => {
  received = []
  lines = []
  status = 200
  collector = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', text })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done))
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  tracing = await startTracing({
    endpoint,
    version: '1.2.3',
    log: openLog('debug', { write: (line) => lines.push(line) }),
  })
})

afterEach(() => {
  collector.closeAllConnections()
  return new Promise((done) => collector.close(done))
})

/** A service whose answer takes a piece of work that has a span of its own. */
function service(): Hono {
  const app = new Hono()
  app.use(tracing.requests)
  app.get('/parcels/:id', async (context) =>
    tracing.span('screen', { parcels: 1 }, async () => context.json({ id: context.req.param('id') })),
  )
  app.get('/broken', () => tracing.span('store', {}, () => Promise.reject(new Error('Ana Beispiel'))))
  app.onError((_, context) => context.text('failed', 500))
  return app
}

function spans(): Span[] {
  return received.flatMap(({ text }) =>
    JSON.parse(text).resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
}

describe('traces', () => {
  it('reach a collector: a span for the request, and below it one for the work', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await service().request('/parcels/Ana-Beispiel?street=Gasse', { headers: { traceparent } })
    await tracing.close()
    const request = spans().find(({ kind }) => kind === 2)
    const work = spans().find(({ name }) => name === 'screen')
    expect(received[0]?.path).toBe('/v1/traces')
    expect(request).toMatchObject({
      name: 'GET /parcels/:id',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    })
    expect(request?.attributes).toEqual([
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.route', value: { stringValue: '/parcels/:id' } },
      { key: 'http.response.status_code', value: { intValue: 200 } },
    ])
    expect(work).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId })
    expect(received[0]?.text).toContain('1.2.3')
  })

  it('hold nothing of paths, queries and messages of errors', async () => {
    await service().request('/parcels/Ana-Beispiel?street=Gasse')
    await service().request('/broken?name=Beispiel')
    await tracing.close()
    expect(
      spans()
        .filter((span) => span.status.code === 2)
        .map(({ name }) => name),
    ).toEqual(['store', 'GET /broken'])
    expect(received.map(({ text }) => text).join('')).not.toMatch(/Ana|Beispiel|Gasse/)
  })

  it('begin anew where the caller names no trace that can be read', async () => {
    await service().request('/parcels/7', { headers: { traceparent: 'Ana Beispiel' } })
    await tracing.close()
    expect(spans().find(({ kind }) => kind === 2)?.parentSpanId).toBeUndefined()
  })

  it('are lost, told and nothing else when the collector refuses them', async () => {
    status = 400
    const answer = await service().request('/parcels/7')
    await tracing.close()
    expect(answer.status).toBe(200)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', msg: 'The collector did not take traces', count: 2 },
    ])
  })
})

describe('a service without a collector', () => {
  it('loads nothing of OpenTelemetry', () => {
    const program = `
      import { registerHooks } from 'node:module'
      const seen = new Set()
      registerHooks({ resolve(name, context, next) { if (name.startsWith('@opentelemetry')) seen.add(name); return next(name, context) } })
      const { startTracing } = await import(${JSON.stringify(path.join(import.meta.dirname, 'tracing.ts'))})
      const before = seen.size
      await startTracing({ endpoint: 'http://127.0.0.1:9', version: '1', log: null })
      console.log(before, seen.size > 0)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      cwd: path.resolve(import.meta.dirname, '../..'),
    })
    expect(stdout).toBe('0 true\n')
  })
})
