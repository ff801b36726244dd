import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type ServiceProcess, startProcess } from './service-process.fixture.ts'

const samples = readFileSync(path.resolve(import.meta.dirname, '../../knowledge/samples/consignments.ndjson'), 'utf8')
  .trim()
  .split('\n')

let service: ServiceProcess
afterEach(() => service?.remove())

/** The secret of a new key of a partner. */
function newKey(): string {
  const made = service.command('keys', 'make', '--name', 'post', '--partner', 'post', '--scope', 'parcels:write')
  return /gl_\S+/.exec(made.stdout)?.[0] ?? made.stderr
}

interface Stream {
  readonly write: (lines: readonly string[]) => void
  /** Ends the body and gives every line of the answer. */
  readonly end: () => Promise<string[]>
}

/** A stream of parcels that is open until it is ended. */
function openStream(key: string): Stream {
  const body = request(`${service.url}/parcels`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` },
  })
  const answered = new Promise<string>((done, failed) => {
    body.on('error', failed)
    body.on('response', (response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => done(text))
      response.on('error', failed)
    })
  })
  return {
    write: (lines) => body.write(`${lines.join('\n')}\n`),
    end: async () => {
      body.end()
      return (await answered).trim().split('\n')
    },
  }
}

describe('a service in a process of its own', () => {
  it('answers a stream that is under way when it is told to stop, takes nothing new, and ends with 0', async () => {
    service = await startProcess()
    const stream = openStream(newKey())
    stream.write(samples.slice(0, 20))
    await new Promise((done) => setTimeout(done, 1000))
    service.child.kill('SIGTERM')
    await expect.poll(service.output).toContain('told to stop')
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow()
    stream.write(samples.slice(20, 40))
    const answers = (await stream.end()).map((line) => JSON.parse(line))
    expect(answers.map(({ parcel }) => parcel.line)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
    expect(await service.ended).toBe(0)
    const audit = service.command('audit', 'verify')
    expect([audit.status, audit.stderr]).toEqual([0, ''])
    expect(audit.stdout).toMatch(/main: \d\d+ events hold/)
  })

  it('writes nothing of the people in parcels to its log', async () => {
    service = await startProcess({ LOG_LEVEL: 'debug' })
    const key = newKey()
    const planted = samples
      .slice(0, 10)
      .map((line) =>
        line
          .replaceAll(/"(name|city|postcode)":"[^"]*"/g, '"$1":"Beispielmann"')
          .replaceAll('raw":"', 'raw":"Tulpenfreude '),
      )
    const stream = openStream(key)
    stream.write([...planted, '{"sender": {"name": "Beispielmann', '"Beispielmann"'])
    const answers = await stream.end()
    expect(answers).toHaveLength(12)
    await fetch(`${service.url}/parcels?name=Beispielmann`, {
      method: 'POST',
      body: '{"Beispielmann',
      headers: { authorization: `Bearer ${key}` },
    })
    await fetch(`${service.url}/Beispielmann`, { headers: { authorization: 'Bearer Beispielmann' } })
    service.child.kill('SIGTERM')
    expect(await service.ended).toBe(0)
    const log = service.output() + service.errors()
    expect(log).toContain('"route":"/parcels"')
    for (const word of ['Beispielmann', 'Tulpenfreude', key, key.slice(-20)]) expect(log).not.toContain(word)
  })

  it('says whether it is alive and ready, and tells its numbers', async () => {
    service = await startProcess()
    expect(await (await fetch(`${service.url}/healthz`)).json()).toEqual({ alive: true })
    const ready = await fetch(`${service.url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ ready: true })
    const key = newKey()
    const stream = openStream(key)
    stream.write(samples.slice(0, 5))
    await stream.end()
    const numbers = await (await fetch(`${service.url}/metrics`)).text()
    expect(numbers).toContain('greenlane_parcels_total{outcome="received"} 5')
    expect(numbers).toMatch(/greenlane_info\{version="[\d.]+",edition="\w+"\} 1/)
  })

  it('does not start with a faulty configuration, and tells every fault', async () => {
    const started = startProcess({ PORT: '8o80', LOG_LEVEL: 'loud', GREENLANE_KEY: 'short-secret' })
    await expect(started).rejects.toThrow(
      /PORT is "8o80".*\n.*GREENLANE_KEY is a secret of 12 letters.*\n.*LOG_LEVEL is "loud"/,
    )
    await expect(started).rejects.not.toThrow('short-secret')
  })
})
