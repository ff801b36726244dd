import { describe, expect, it } from 'vitest'
import { type Check, healthRoutes } from './health.ts'
import { openLog } from './log.ts'

const holds: Check = { name: 'store answers', holds: async () => true }

function routesOf(checks: readonly Check[], patience = 50) {
  const lines: string[] = []
  const log = openLog('debug', { write: (line) => lines.push(line) })
  return { routes: healthRoutes({ checks, log, patience }), lines }
}

async function asked(checks: readonly Check[]): Promise<{ status: number; told: unknown; lines: string[] }> {
  const { routes, lines } = routesOf(checks)
  const answer = await routes.request('/readyz')
  return { status: answer.status, told: await answer.json(), lines }
}

describe('a service that is asked whether it is alive', () => {
  it('says so whatever else does not hold', async () => {
    const { routes } = routesOf([{ name: 'store answers', holds: async () => false }])
    const answer = await routes.request('/healthz')
    expect([answer.status, await answer.json()]).toEqual([200, { alive: true }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a service that is asked whether it is ready', () => {
  it('is when every check holds', async () => {
    expect(await asked([holds, { name: 'knowledge loaded', holds: async () => true }])).toEqual({
      status: 200,
      told: {
        ready: true,
        checks: [
          { name: 'store answers', holds: 'yes' },
          { name: 'knowledge loaded', holds: 'yes' },
        ],
      },
      lines: [],
    })
  })

  it('is not when one does not, and names it', async () => {
    const { status, told } = await asked([holds, { name: 'not stopping', holds: async () => false }])
    expect(status).toBe(503)
    expect(told).toMatchObject({ ready: false, checks: [{ holds: 'yes' }, { name: 'not stopping', holds: 'no' }] })
  })

  it('says nothing of why a check failed: that stands in the log', async () => {
    const fails = () => Promise.reject(Object.assign(new Error('postgres://ana:geheim@db'), { code: 'ECONNREFUSED' }))
    const { status, told, lines } = await asked([{ name: 'store answers', holds: fails }])
    expect([status, told]).toEqual([503, { ready: false, checks: [{ name: 'store answers', holds: 'no' }] }])
    expect(JSON.parse(lines[0] as string)).toMatchObject({ part: 'store answers', error: { code: 'ECONNREFUSED' } })
    expect(lines.join('')).not.toContain('geheim')
  })

  it('is not when a check gives no answer in time', async () => {
    const { status, told } = await asked([{ name: 'store answers', holds: () => new Promise(() => {}) }])
    expect([status, told]).toEqual([503, { ready: false, checks: [{ name: 'store answers', holds: 'late' }] }])
  })

  it('asks each check once for all that ask at the same time, and again for the next', async () => {
    let questions = 0
    const { routes } = routesOf([{ name: 'store answers', holds: async () => ++questions > 0 }])
    await Promise.all(Array.from({ length: 50 }, () => routes.request('/readyz')))
    expect(questions).toBe(1)
    await routes.request('/readyz')
    expect(questions).toBe(2)
  })
})
