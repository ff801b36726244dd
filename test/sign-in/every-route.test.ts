import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allows, permissions } from '../../src/api/permissions.ts'
import { compiledKnowledge, engineName, widening } from '../../src/app.ts'
import { readConfig } from '../../src/running/config.ts'
import { openLog } from '../../src/running/log.ts'
import { type Service, startService } from '../../src/service.ts'
import { makeKey } from '../../src/sign-in/keys.ts'
import { type Role, roles, type Scope, scopes } from '../../src/sign-in/roles.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-routes-'))
let service: Service
/** Rows of the table whose route the service has. */
let rows: readonly (readonly [string, Exclude<ReturnType<typeof permissions.get>, undefined>])[]
beforeAll(async () => {
  const reading = readConfig({ PORT: '0', DATA_DIR: folder, RATE_LIMIT: '0', SCREENING_THREADS: '1', SAMPLES: 'no' })
  if (reading.kind === 'faulty') throw new Error(reading.faults[0]?.sentence)
  const log = openLog('silent', { write: () => {} })
  const loaded = { compiled: compiledKnowledge, widen: await widening(null), engine: await engineName(), version: '0' }
  service = await startService({ config: reading.config, log, ...loaded, now: Date.now })
  const there = await Promise.all([...permissions.keys()].map(async (route) => [route, await isThere(route)] as const))
  rows = [...permissions].filter(([route]) => new Map(there).get(route))
})
afterAll(async () => {
  service.server.closeAllConnections()
  await new Promise((done) => service.server.close(done))
  for (const part of service.parts) await part.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A key of the role, as the header that carries it. */
async function bearer(role: Role, wanted: readonly Scope[], tenant = 'main'): Promise<Record<string, string>> {
  const partner = role === 'partner' ? 'post' : null
  const wish = { tenant, name: 'Test', role, partner, places: null, scopes: wanted, expiresAt: null, by: 'system' }
  return { authorization: `Bearer ${(await makeKey(service.store.db, wish, new Date())).secret}` }
}

interface Met {
  readonly status: number
  readonly type: string
  readonly detail: string
}

async function meet(route: string, headers: Record<string, string>): Promise<Met> {
  const [method = '', pattern = ''] = route.split(' ')
  const json = method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }
  const body = 'content-type' in json ? { body: '{}' } : {}
  const url = service.url + pattern.replace(/:(\w+)/g, '1')
  const response = await fetch(url, { method, headers: { ...headers, ...json }, redirect: 'manual', ...body })
  const problem = response.headers.get('content-type')?.includes('problem+json') ?? false
  const { type = '', detail = '' } = problem ? ((await response.json()) as Partial<Met>) : {}
  if (!problem) await response.body?.cancel()
  return { status: response.status, type: type.replace('/problems#', ''), detail }
}

async function isThere(route: string): Promise<boolean> {
  return !(await meet(route, {})).detail.startsWith('There is nothing at')
}

describe('the service as it is started', () => {
  test('has a row of permission for every operation that it describes', async () => {
    const { paths } = (await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: Record<string, object> }
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(operations.length).toBeGreaterThan(10)
    expect(operations.filter((operation) => !permissions.has(operation))).toEqual([])
  })

  test('has a route for every row', async () => {
    const found = new Set(rows.map(([route]) => route))
    const without = [...permissions.keys()].filter((route) => !found.has(route))
    expect(without).toEqual([])
  })

  test('lets nobody in who is not signed in, at any route that is not for everybody', async () => {
    for (const [route, permission] of rows)
      if (permission !== 'everybody') expect([route, (await meet(route, {})).type]).toEqual([route, 'not-signed-in'])
  })

  test.each(roles)('lets a %s do what the table says and nothing else, with the scope and without', async (role) => {
    const whole = await bearer(role, scopes)
    for (const [route, permission] of rows) {
      if (permission === 'everybody') continue
      const { type } = await meet(route, whole)
      const caller = { tenant: 'main', role, partner: null, actor: 'key:1', places: null, scopes }
      expect([route, type !== 'not-allowed']).toEqual([route, allows(permission, caller)])
      const lacking = await bearer(
        role,
        scopes.filter((scope) => scope !== permission.scope),
      )
      expect([route, (await meet(route, lacking)).type]).toEqual([route, 'not-allowed'])
    }
  })

  test('fails at no route with a fault of its own, whatever role asks with an empty body', async () => {
    for (const role of roles) {
      const headers = await bearer(role, scopes, 'other')
      for (const route of permissions.keys())
        expect([route, (await meet(route, headers)).type]).not.toEqual([route, 'server-fault'])
    }
  })
})
