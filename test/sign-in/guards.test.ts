import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newApi } from '../../src/api/api.ts'
import { secureAnswers } from '../../src/api/security.ts'
import { openLog } from '../../src/running/log.ts'
import { openSignIn } from '../../src/sign-in/open-sign-in.ts'
import { newStore } from '../store/stores.fixture.ts'
import { startService, type TestService } from './service.fixture.ts'

let service: TestService
beforeAll(async () => {
  service = await startService({ kind: 'sqlite', rateLimit: 60 })
})
afterAll(() => service.end())

const problemOf = async (response: Response) => ((await response.json()) as { type: string }).type

describe('every answer', () => {
  test.each(['/sign-in', '/nowhere', '/keys', '/sign-in/passkey.js'])(
    'of %s carries the headers that keep a browser safe',
    async (path) => {
      const { headers } = await fetch(service.url + path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("style-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'cache-control': 'no-store',
      })
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('strict-transport-security')).toBeNull()
    },
  )

  test('of a fault that nobody foresaw tells nothing of it', async () => {
    const api = newApi()
    api.get('/', () => {
      throw new Error('column "secret_of_the_store" does not exist')
    })
    const answer = await api.request('/')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toMatch(/secret_of_the_store|Error|at /)
  })

  test('asks browsers to come by https only, where the service is reached by https', async () => {
    const api = newApi()
    api.use('*', secureAnswers('https://greenlane.example'))
    api.get('/', (context) => context.text('here'))
    const { headers } = await api.request('/')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })

  test('of a page holds no script and no style of its own', async () => {
    for (const path of ['/sign-in', '/sign-in/code', '/welcome?token=none']) {
      const page = await (await fetch(service.url + path)).text()
      expect(page).not.toMatch(/<style|<script(?! src=)|\son\w+=|style=|javascript:/i)
    }
  })
})

describe('a cookie', () => {
  test('of a session is for this host, by https, out of reach of scripts, and not sent from other sites', async () => {
    const { store, end } = await newStore('sqlite')
    const log = openLog('debug', { write: () => {} })
    const base = { db: store.db, kind: 'sqlite', secret: 'x'.repeat(40), log, now: () => new Date() } as const
    const publicUrl = 'https://greenlane.example'
    const signIn = openSignIn({ ...base, publicUrl, providers: [], trustedProxies: [], rateLimit: null })
    const api = newApi()
    signIn.guard(api)
    signIn.addRoutes(api)
    const token = new URL((await signIn.firstAddress('nvwa')) as string).searchParams.get('token') as string
    const fields = { token, name: 'Ana Beispiel', email: 'ana@office.example', password: 'seven quiet herons in fog' }
    const headers = { 'sec-fetch-site': 'same-origin' }
    const answer = await api.request(`${publicUrl}/welcome`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
    })
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-greenlane\.session_token=[^;]{40,};/)
    const attributes = cookie
      .split('; ')
      .slice(1)
      .map((one) => one.toLowerCase())
    expect(attributes).toEqual(expect.arrayContaining(['path=/', 'httponly', 'secure', 'samesite=lax', 'max-age=3600']))
    expect(attributes.some((one) => one.startsWith('domain'))).toBe(false)
    const page = await api.request(`${publicUrl}/set-up`, { headers: { cookie: cookie.split(';', 1)[0] as string } })
    expect(await page.text()).toContain('Set up a second factor')
    await end()
  })
})

describe('a request that another site makes a browser send', () => {
  const cookie = 'greenlane.session_token=anything'
  const sent = (headers: Record<string, string>) =>
    fetch(`${service.url}/sign-out`, { method: 'POST', headers, redirect: 'manual' })

  test.each([
    ['cross-site', { cookie, 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { cookie, 'sec-fetch-site': 'same-site' }],
    ['another origin, by an old browser', { cookie, origin: 'https://evil.example' }],
    ['no origin that is told', { cookie, origin: 'null' }],
    ['nowhere that is told', { cookie }],
    ['another site, before anybody is signed in', { 'sec-fetch-site': 'cross-site' }],
    [
      'another site, with a key beside the cookie',
      { cookie, 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' },
    ],
  ])('is refused: %s', async (_, headers) => {
    const answer = await sent(headers)
    expect([answer.status, await problemOf(answer)]).toEqual([403, '/problems#origin-refused'])
  })

  test.each([
    ['a page of the service', { cookie, 'sec-fetch-site': 'same-origin' }],
    [
      'a page of the service, by an old browser',
      {
        cookie,
        get origin() {
          return service.url
        },
      },
    ],
  ])('passes from %s', async (_, headers) => {
    expect((await sent({ ...headers })).status).toBe(303)
  })
})

describe('limits', () => {
  test('of a caller are its own: beyond them it is told how long to wait', async () => {
    const headers = { authorization: `Bearer ${await service.key({})}` }
    const other = { authorization: `Bearer ${await service.key({})}` }
    const statuses: number[] = []
    for (let asked = 0; asked < 70; asked++) statuses.push((await fetch(`${service.url}/keys`, { headers })).status)
    expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200))
    const answer = await fetch(`${service.url}/keys`, { headers })
    expect([answer.status, await problemOf(answer)]).toEqual([429, '/problems#too-many-requests'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(`${service.url}/keys`, { headers: other })).status).toBe(200)
    service.clock.ahead += Number(answer.headers.get('retry-after')) * 1000
    expect((await fetch(`${service.url}/keys`, { headers })).status).toBe(200)
  })

  test('of a body hold while it is read, told by its length or not', async () => {
    const headers = { authorization: `Bearer ${await service.key({})}`, 'content-type': 'application/json' }
    const large = JSON.stringify({ name: 'x'.repeat(100_000) })
    const told = await fetch(`${service.url}/keys`, { method: 'POST', headers, body: large })
    expect([told.status, await problemOf(told)]).toEqual([413, '/problems#body-too-large'])
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 1
        if (sent > 1000) controller.close()
        else controller.enqueue(new Uint8Array(16_384))
      },
    })
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    const untold = await fetch(`${service.url}/keys`, request).catch(() => null)
    if (untold !== null) expect(untold.status).toBe(413)
    expect(sent).toBeLessThan(1000)
  })

  test('of wrong keys hold for the network that they come from', async () => {
    const statuses = new Set<number>()
    for (let tried = 0; tried < 105; tried++) {
      const answer = await fetch(`${service.url}/keys`, { headers: { authorization: `Bearer gl_${tried}` } })
      statuses.add(answer.status)
    }
    expect(statuses).toEqual(new Set([401, 429]))
  })

  test('of strangers hold for the network that they come from', async () => {
    service.clock.ahead += 60_000
    const statuses: number[] = []
    for (let asked = 0; asked < 400 && statuses.at(-1) !== 429; asked++)
      statuses.push((await fetch(`${service.url}/nowhere`)).status)
    expect(statuses.at(-1)).toBe(429)
    expect(statuses.length).toBeGreaterThan(200)
  })
})
