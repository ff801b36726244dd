import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog } from './log.ts'
import { type Metrics, makeMetrics } from './metrics.ts'
import { type WatchedVariables, watchRequests } from './requests.ts'

/** Invented persons, in every place of a request that can hold them. */
const persons = ['Beispielmann', 'Ehrenfeldgasse', 'ana.planted', 'geheimnis', 'tulpenzwiebeln']
const body = JSON.stringify({
  sender: { name: 'Ana Beispielmann', street: 'Ehrenfeldgasse 3', email: 'ana.planted@post.example' },
  items: [{ description: 'tulpenzwiebeln für Ana' }],
})

let lines: string[]
let metrics: Metrics
let server: ServerType
let base: string

/** A service with a route that reads a body, one that fails with what it read, and one that knows its caller. */
beforeEach(async () => {
  lines = []
  metrics = makeMetrics()
  const app = new Hono<{ Variables: WatchedVariables & { caller: object } }>()
  app.use(watchRequests({ log: openLog('debug', { write: (line) => lines.push(line) }), metrics }))
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/parcels/:id', (context) => {
    const actor = context.req.header('x-actor') ?? 'system'
    context.set('caller', { tenant: 'fr', role: 'partner', actor, partner: 'la-post' })
    return context.json({ id: context.req.param('id') })
  })
  app.post('/parcels', async (context) => {
    const text = await context.req.text()
    if (context.req.query('fail') !== undefined) throw Object.assign(new Error(`Unexpected ${text}`), { code: 'E1' })
    context.get('log').info('Parcels were read', { parcels: 1 })
    return context.json({ sender: JSON.parse(text).sender }, 422)
  })
  app.onError((_, context) => context.text('failed', 500))
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => new Promise((done) => server.close(done)))

const planted = {
  authorization: 'Bearer geheimnis',
  cookie: 'session=geheimnis',
  'user-agent': 'Ana Beispielmann',
  'x-request-id': 'Ana-Beispielmann',
  'x-forwarded-for': 'Ehrenfeldgasse',
  referer: 'https://post.example/?name=Beispielmann',
}

describe('the log of requests', () => {
  it('holds nothing personal of bodies, paths, queries, headers, errors or callers', async () => {
    const headers = { ...planted, 'x-actor': 'person:ana.planted@post.example' }
    await fetch(`${base}/parcels?sender=Beispielmann`, { method: 'POST', body, headers })
    await fetch(`${base}/parcels?fail&sender=Beispielmann`, { method: 'POST', body, headers })
    await fetch(`${base}/parcels/Ana-Beispielmann?street=Ehrenfeldgasse`, { headers })
    await fetch(`${base}/Ana-Beispielmann/Ehrenfeldgasse?x=geheimnis`, { headers })
    await fetch(`${base}/parcels`, { method: 'PROPFIND', headers })
    const text = lines.join('')
    expect(lines).toHaveLength(6)
    for (const person of persons) expect(text.toLowerCase()).not.toContain(person.toLowerCase())
    expect((await metrics.text()).toLowerCase()).not.toMatch(new RegExp(persons.join('|').toLowerCase()))
  })

  it('tells route, status, time and who asked, in lines that share the identifier of the answer', async () => {
    const answer = await fetch(`${base}/parcels`, { method: 'POST', body, headers: planted })
    const request = answer.headers.get('x-request-id')
    expect(request).toMatch(/^[\da-f-]{36}$/)
    const told = lines.map((line) => JSON.parse(line))
    expect(told).toMatchObject([
      { request, msg: 'Parcels were read', parcels: 1 },
      {
        request,
        msg: 'A request was answered',
        route: '/parcels',
        method: 'POST',
        status: 422,
        milliseconds: expect.any(Number),
      },
    ])
    await fetch(`${base}/parcels/7`, { headers: { 'x-actor': 'key:k7' } })
    expect(JSON.parse(lines[2] as string)).toMatchObject({
      route: '/parcels/:id',
      tenant: 'fr',
      role: 'partner',
      actor: 'key:k7',
      partner: 'la-post',
    })
  })

  it('tells where a failure arose, at the level of errors', async () => {
    const answer = await fetch(`${base}/parcels?fail`, { method: 'POST', body })
    expect(answer.headers.get('x-request-id')).not.toBeNull()
    const [line] = lines.map((text) => JSON.parse(text))
    expect(line).toMatchObject({ level: 'error', status: 500, error: { name: 'Error', code: 'E1' } })
    expect(line.error.at[0]).toContain('requests.test.ts')
  })

  it('tells what is asked every few seconds for debugging only', async () => {
    await fetch(`${base}/healthz`)
    expect(JSON.parse(lines[0] as string).level).toBe('debug')
  })
})

describe('the numbers of requests', () => {
  it('are kept by pattern of the route, method and status', async () => {
    for (const id of [1, 2, 3]) await fetch(`${base}/parcels/${id}`)
    await fetch(`${base}/nowhere`)
    const text = await metrics.text()
    expect(text).toContain('greenlane_http_requests_total{route="/parcels/:id",method="GET",status="200"} 3')
    expect(text).toContain('greenlane_http_requests_total{route="none",method="GET",status="404"} 1')
    expect(text).toContain('greenlane_http_request_seconds_count{route="/parcels/:id",method="GET"} 3')
    expect(text).toContain('greenlane_http_requests_open 0')
  })

  it('do not grow with what callers make up', async () => {
    // The numbers of the process come and go by themselves.
    const own = async (): Promise<number> =>
      (await metrics.text()).split('\n').filter((line) => line.includes('greenlane_')).length
    const before = await own()
    await fetch(`${base}/first`, { method: 'REPORT' })
    const once = await own()
    for (const method of ['MKCOL', 'PROPFIND', 'SEARCH', 'LOCK']) await fetch(`${base}/made/up/${method}`, { method })
    expect(once).toBeGreaterThan(before)
    expect(await own()).toBe(once)
  })
})
