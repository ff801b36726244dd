import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compiledKnowledge, engineName, widening } from '../../src/app.ts'
import { readConfig } from '../../src/running/config.ts'
import { openLog } from '../../src/running/log.ts'
import { type Service, startService } from '../../src/service.ts'
import { type KeyWish, makeKey } from '../../src/sign-in/keys.ts'
import { scopes } from '../../src/sign-in/roles.ts'
import { parcelLines } from './drop-folder.fixture.ts'

interface Page {
  readonly decisions: readonly {
    readonly decision: number
    readonly answer: { readonly parcel: { readonly id: string } }
  }[]
  readonly next: string
}

describe('answers out of a service as it is started', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-answers-'))
  const drop = { in: path.join(folder, 'drop-in'), out: path.join(folder, 'drop-out') }
  let service: Service
  let post: string
  let market: string
  beforeAll(async () => {
    const places = { DROP_FOLDER_IN: drop.in, DROP_FOLDER_OUT: drop.out, DATA_DIR: path.join(folder, 'data') }
    const reading = readConfig({ ...places, PORT: '0', RATE_LIMIT: '0', SCREENING_THREADS: '1', SAMPLES: 'no' })
    if (reading.kind === 'faulty') throw new Error(reading.faults[0]?.sentence)
    const log = openLog('silent', { write: () => {} })
    const loaded = {
      compiled: compiledKnowledge,
      widen: await widening(null),
      engine: await engineName(),
      version: '0',
    }
    service = await startService({ config: reading.config, log, ...loaded, now: Date.now })
    const wish: KeyWish = {
      tenant: 'main',
      name: 'Test',
      role: 'partner',
      partner: 'post',
      places: null,
      scopes,
      expiresAt: null,
      by: 'system',
    }
    post = (await makeKey(service.store.db, wish, new Date())).secret
    market = (await makeKey(service.store.db, { ...wish, partner: 'market' }, new Date())).secret
  })
  afterAll(async () => {
    service.server.closeAllConnections()
    await new Promise((done) => service.server.close(done))
    for (const part of service.parts) await part.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function page(key: string, query = '', signal: AbortSignal | null = null): Promise<Page> {
    const response = await fetch(`${service.url}/decisions${query}`, {
      headers: { authorization: `Bearer ${key}` },
      signal,
    })
    expect(response.status).toBe(200)
    return (await response.json()) as Page
  }

  async function send(lines: string): Promise<void> {
    const headers = { authorization: `Bearer ${post}`, 'content-type': 'application/x-ndjson' }
    const response = await fetch(`${service.url}/parcels`, { method: 'POST', headers, body: lines })
    expect([response.status, (await response.text()).trimEnd().split('\n').length]).toEqual([
      200,
      lines.trimEnd().split('\n').length,
    ])
  }

  test('whoever waits for decisions gets them when they come, and not before', async () => {
    const start = await page(post)
    const begun = performance.now()
    expect(await page(post, `?after=${start.next}&wait=1`)).toEqual({ decisions: [], next: start.next })
    expect(performance.now() - begun).toBeGreaterThan(900)
    const waiting = page(post, `?after=${start.next}&wait=30`)
    const other = page(market, `?after=${start.next}&wait=2`)
    await send(parcelLines('W', 2))
    const came = await waiting
    expect(performance.now() - begun).toBeLessThan(15_000)
    const more = await page(post, `?after=${came.next}`)
    expect([...came.decisions, ...more.decisions].map(({ answer }) => answer.parcel.id)).toEqual(['W-0', 'W-1'])
    expect((await other).decisions).toEqual([])
    const gone = AbortSignal.timeout(50)
    await expect(page(post, `?after=${more.next}&wait=30`, gone)).rejects.toThrow()
  })

  test('a file in the folder of a partner is answered in its other folder, and its decisions are the partner’s', async () => {
    mkdirSync(path.join(drop.in, 'market'), { recursive: true })
    writeFileSync(path.join(drop.in, 'market', 'day.ndjson'), parcelLines('X', 3))
    const place = path.join(drop.out, 'market', 'day.ndjson.answers.ndjson')
    let text = ''
    for (let waits = 0; text === '' && waits < 400; waits += 1) {
      await new Promise((done) => setTimeout(done, 50))
      try {
        text = readFileSync(place, 'utf8')
      } catch {}
    }
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Page['decisions'][number]['answer']).parcel.id)
    expect(ids).toEqual(['X-0', 'X-1', 'X-2'])
    expect((await page(market)).decisions.map(({ answer }) => answer.parcel.id)).toEqual(ids)
  })
})
