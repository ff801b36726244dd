import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allows, permissions } from '../../src/api/permissions.ts'
import { ApiProblem } from '../../src/api/problems.ts'
import { roles, scopes } from '../../src/sign-in/roles.ts'
import { startService, type TestService } from './service.fixture.ts'

let service: TestService
beforeAll(async () => {
  service = await startService({
    kind: 'sqlite',
    more: (api) => {
      api.get('/forgotten', (context) => context.text('It has no row.'))
      // Every further route that the table speaks of, so that each row is tried, whoever answers it.
      const known = new Set(api.routes.map(({ method, path }) => `${method} ${path}`))
      for (const route of permissions.keys()) {
        const [method = '', path = ''] = route.split(' ')
        if (!known.has(route))
          api.on(method, path, () => {
            throw new ApiProblem('state-conflict', 'It was let through.')
          })
      }
    },
  })
})
afterAll(() => service.end())

const routes = (): readonly string[] =>
  service.api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)

async function statusOf(route: string, headers: Record<string, string>): Promise<{ status: number; type: string }> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(service.url + path.replace(/:(\w+)/g, 'none'), { method, headers, redirect: 'manual' })
  const text = await response.text()
  const problem = response.headers.get('content-type')?.includes('problem+json')
  return { status: response.status, type: problem ? (JSON.parse(text) as { type: string }).type : '' }
}

describe('the table of permissions', () => {
  test('has a row for every route but the forgotten one, which is refused to everybody', async () => {
    const without = [...new Set(routes())].filter((route) => !permissions.has(route))
    expect(without).toEqual(['GET /forgotten'])
    const authorization = `Bearer ${await service.key({ scopes })}`
    expect(await statusOf('GET /forgotten', { authorization })).toMatchObject({ status: 403 })
  })

  test('has no middleware that answers for a route beside it', () => {
    const patterns = service.api.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path)
    expect(
      new Set(
        patterns.filter(
          (path) => path !== '/*' && !permissions.has(`POST ${path}`) && !permissions.has(`PATCH ${path}`),
        ),
      ),
    ).toEqual(new Set())
  })

  test.each(roles)(
    'is what a %s meets at every route, with every scope and with none of them but its own',
    async (role) => {
      const partner = role === 'partner' ? 'postnl' : null
      const whole = `Bearer ${await service.key({ role, partner, scopes })}`
      for (const [route, permission] of permissions) {
        const caller = { tenant: 'nvwa', role, partner, actor: 'key:1', places: null, scopes }
        const { type } = await statusOf(route, { authorization: whole })
        const refused =
          permission !== 'everybody' && ['/problems#not-allowed', '/problems#not-signed-in'].includes(type)
        expect([route, !refused]).toEqual([route, allows(permission, caller)])
        if (permission === 'everybody') continue
        const others = scopes.filter((scope) => scope !== permission.scope)
        const lacking = `Bearer ${await service.key({ role, partner, scopes: others })}`
        expect([route, await statusOf(route, { authorization: lacking })]).toMatchObject([
          route,
          { status: 403, type: '/problems#not-allowed' },
        ])
      }
    },
  )

  test('lets nobody in who is not signed in, at any route that is not for everybody', async () => {
    for (const [route, permission] of permissions) {
      if (permission === 'everybody') continue
      expect([route, await statusOf(route, {})]).toMatchObject([
        route,
        { status: 401, type: '/problems#not-signed-in' },
      ])
    }
  })

  test('does not take a wrong credential for none', async () => {
    const wrong = [
      'Bearer gl_000000000000_x',
      'Basic YTpi',
      'Bearer',
      `Bearer ${(await service.key({})).slice(0, -1)}0`,
    ]
    for (const authorization of wrong) {
      for (const route of ['GET /sign-in', 'GET /keys'])
        expect(await statusOf(route, { authorization })).toMatchObject({ status: 401, type: '/problems#not-signed-in' })
    }
  })
})

describe('another tenant', () => {
  const bearer = async (tenant: string) => ({ authorization: `Bearer ${await service.key({ tenant })}` })
  const json = { 'content-type': 'application/json' }

  test('sees, rotates and revokes none of the keys', async () => {
    const mine = await bearer('nvwa')
    const theirs = await bearer('bfsa')
    const body = JSON.stringify({ name: 'Post', role: 'partner', partner: 'postnl', scopes: ['parcels:write'] })
    const made = await fetch(`${service.url}/keys`, { method: 'POST', headers: { ...mine, ...json }, body })
    expect(made.status).toBe(201)
    const { key, secret } = (await made.json()) as { key: { id: string; tenant: string }; secret: string }
    expect(key.tenant).toBe('nvwa')
    const listed = await (await fetch(`${service.url}/keys`, { headers: theirs })).text()
    expect(listed).not.toContain(key.id)
    const rotation = { method: 'POST', headers: { ...theirs, ...json }, body: '{}' }
    expect((await fetch(`${service.url}/keys/${key.id}/rotation`, rotation)).status).toBe(404)
    expect((await fetch(`${service.url}/keys/${key.id}`, { method: 'DELETE', headers: theirs })).status).toBe(404)
    expect(
      (await fetch(`${service.url}/keys/${key.id}/rotation`, { ...rotation, headers: { ...mine, ...json } })).status,
    ).toBe(200)
    expect(await (await fetch(`${service.url}/keys`, { headers: mine })).text()).not.toContain(secret.slice(-49))
  })

  test('is not named by a body, a header or an address: the credential alone names it', async () => {
    const mine = await bearer('nvwa')
    const wish = { name: 'Post', role: 'viewer', scopes: ['parcels:read'] }
    const sent = { method: 'POST', headers: { ...mine, ...json, 'x-tenant': 'bfsa' } }
    const named = await fetch(`${service.url}/keys`, { ...sent, body: JSON.stringify({ ...wish, tenant: 'bfsa' }) })
    expect(named.status).toBe(400)
    const asked = await fetch(`${service.url}/keys?tenant=bfsa`, { ...sent, body: JSON.stringify(wish) })
    expect(((await asked.json()) as { key: { tenant: string } }).key.tenant).toBe('nvwa')
  })

  test('sees and takes back none of the invitations', async () => {
    const mine = await bearer('nvwa')
    const theirs = await bearer('bfsa')
    const body = JSON.stringify({ email: 'ana@office.example', role: 'officer', places: ['NL'] })
    const made = await fetch(`${service.url}/invitations`, { method: 'POST', headers: { ...mine, ...json }, body })
    const { invitation } = (await made.json()) as { invitation: { id: string } }
    expect(await (await fetch(`${service.url}/invitations`, { headers: theirs })).text()).not.toContain(invitation.id)
    const path = `${service.url}/invitations/${invitation.id}`
    expect((await fetch(path, { method: 'DELETE', headers: theirs })).status).toBe(404)
    expect((await fetch(path, { method: 'DELETE', headers: mine })).status).toBe(204)
  })
})
