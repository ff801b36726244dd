import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answer,
  answerQuestion,
  ask,
  type Connection,
  checkOffer,
  decisionsAfter,
  isFromGreenlane,
  sendParcels,
  streamParcels,
  verifyReceipt,
} from '../../examples/client.ts'
import { type ServiceProcess, startProcess } from '../running/service-process.fixture.ts'

const root = path.resolve(import.meta.dirname, '../..')
const samples = readFileSync(path.join(root, 'knowledge/samples/consignments.ndjson'), 'utf8').trim().split('\n')
const scopes = ['parcels:write', 'parcels:read', 'decisions:read', 'checks:write', 'webhooks:manage']

let service: ServiceProcess
let at: Connection
beforeAll(async () => {
  service = await startProcess({ WEBHOOKS_LOCAL: 'yes' })
  const made = service.command('keys', 'make', '--name', 'courier', '--partner', 'courier', ...scopeArguments())
  at = { url: service.url, key: made.stdout.trim() }
})
afterAll(() => service?.remove())

const scopeArguments = () => scopes.flatMap((scope) => ['--scope', scope])

/** Runs a program to its end, and gives what it printed. */
function run(program: string, args: readonly string[], variables: Readonly<Record<string, string>>) {
  const env = { ...process.env, ...variables }
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
  })
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((done, failed) => {
    child.on('error', failed)
    child.on('close', (status) => done({ status, stdout, stderr }))
  })
}

describe('the example with curl', () => {
  it('connects a post from its key to a receipt', async () => {
    const { KEY: _, ...own } = process.env
    const { status, stdout, stderr } = await run('bash', ['examples/curl.sh'], {
      ...(own as Record<string, string>),
      URL: service.url,
      DATA_DIR: service.folder,
      GREENLANE: `${process.execPath} ${path.join(root, 'bin/greenlane.js')}`,
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/a key of \d\d letters/)
    expect(stdout).toMatch(/the proposal is ask\n/)
    expect(stdout).toContain('\nthe same\n')
    expect(stdout).toContain('\n3 answers\n')
    expect(stdout).toContain('"line":1},"proposal":"no-objection"')
    expect(stdout).toMatch(/page \d, next \w+/)
    expect(stdout).toMatch(/receipt GL-/)
    expect(stdout).toContain('"holds":true\n"honoured":true')
    expect(stdout).toContain('"crv":"Ed25519"')
  })
})

describe('the client in TypeScript', () => {
  it('runs as a program over a file of parcels', async () => {
    const file = 'knowledge/samples/consignments.ndjson'
    const { status, stdout, stderr } = await run(process.execPath, ['examples/client.ts', file], {
      URL: at.url,
      KEY: at.key,
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout.trim().split('\n')).toHaveLength(samples.length + 1)
    expect(stdout).toMatch(/\d+ decisions so far\n$/)
  })

  it('gets the first answers of a stream before its last parcel is sent', async () => {
    let sent = 0
    let first: (answer: Answer) => void = () => {}
    const answered = new Promise<Answer>((done) => {
      first = done
    })
    async function* parcels() {
      for (const line of samples.slice(0, 6)) {
        sent += 1
        yield JSON.parse(line)
      }
      await answered
      yield { lines: [{ description: 'tulip bulbs' }] }
    }
    const answers: Answer[] = []
    for await (const answer of streamParcels(at, parcels())) {
      answers.push(answer)
      first(answer)
    }
    expect(sent).toBe(6)
    expect(answers.map(({ parcel }) => parcel.line)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('reads every decision once, over pages and again from a cursor', async () => {
    const before = await readAll(null)
    expect(new Set(before.numbers).size).toBe(before.numbers.length)
    expect(before.numbers).toEqual([...before.numbers].sort((one, other) => one - other))
    await sendParcels(at, [{ ids: { trackingNumber: 'READ-ON-1' }, lines: [{ description: 'dahlia tubers' }] }])
    expect((await readAll(before.cursor)).numbers).toHaveLength(1)
  })

  it('answers a question with another answer than before', async () => {
    const [answer] = await sendParcels(at, [
      {
        ids: { trackingNumber: 'QUESTION-1' },
        route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
        lines: [{ description: 'wooden carving' }],
      },
    ])
    const question = answer?.questions.find(({ fact }) => fact === 'article')
    expect(question).toBeDefined()
    const { parcels } = (await (await ask(at, '/parcels?identifier=QUESTION-1')).json()) as {
      parcels: { parcel: number }[]
    }
    const after = await answerQuestion(at, parcels[0]?.parcel ?? 0, { item: 1, fact: 'article', value: 'none' })
    expect([answer?.proposal, after.proposal]).toEqual(['ask', 'no-objection'])
    expect(after.decision).toBeGreaterThan(answer?.decision ?? Infinity)
    expect(after.questions.map(({ fact }) => fact)).not.toContain('article')
  })

  it('verifies a receipt by itself, and refuses an altered and an expired one', async () => {
    const { receipt } = await checkOffer(at, {
      title: 'Dendrobium nobile, rooted plants',
      originCountry: 'TH',
      shipsFrom: 'TH',
      destinations: ['FR'],
      goods: { article: 'plants-for-planting', taxon: 'Dendrobium nobile' },
    })
    const jws = receipt?.jws ?? ''
    const claims = await verifyReceipt(at.url, jws, new Date().toISOString().slice(0, 10))
    expect(claims.id).toBe(receipt?.id)
    const [header, payload = '', signature] = jws.split('.')
    const told = Buffer.from(payload, 'base64url').toString().replace('"FR"', '"JP"')
    const altered = [header, Buffer.from(told).toString('base64url'), signature].join('.')
    await expect(verifyReceipt(at.url, altered, claims.issued)).rejects.toThrow('forged or altered')
    await expect(verifyReceipt(at.url, jws, '2099-01-01')).rejects.toThrow('It holds from')
  })

  it('knows a message of the service by its signature, and no other', async () => {
    const receiver = await listen()
    const { url } = receiver
    const made = await ask(at, '/webhooks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url, types: ['decision.proposed'] }),
    })
    const { secret } = (await made.json()) as { secret: string }
    await sendParcels(at, [{ ids: { trackingNumber: 'HOOK-0001' }, lines: [{ description: 'rose cuttings' }] }])
    const message = await receiver.message
    receiver.server.close()
    const now = new Date()
    expect(JSON.parse(message.body)).toMatchObject({ type: 'decision.proposed', data: { parcel: { id: 'HOOK-0001' } } })
    expect(await isFromGreenlane(secret, message, now)).toBe(true)
    expect(await isFromGreenlane(secret, { ...message, body: `${message.body} ` }, now)).toBe(false)
    expect(await isFromGreenlane(`whsec_${btoa('another secret')}`, message, now)).toBe(false)
    expect(await isFromGreenlane(secret, message, new Date(now.getTime() + 3_600_000))).toBe(false)
    expect(await isFromGreenlane(secret, { headers: new Headers(), body: message.body }, now)).toBe(false)
  })

  it('waits as long as it is asked to where the service is busy or away, and tells a problem that stays', async () => {
    const tries: number[] = []
    const server = createServer((_, response) => {
      tries.push(performance.now())
      if (tries.length === 1) response.writeHead(503, { 'retry-after': '1' }).end()
      else if (tries.length === 2) response.writeHead(429, { 'retry-after': '0' }).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    expect(await sendParcels({ url: `http://127.0.0.1:${port}`, key: 'gl_x' }, [])).toEqual([])
    server.close()
    expect(tries).toHaveLength(3)
    expect((tries[1] as number) - (tries[0] as number)).toBeGreaterThan(950)
    await expect(sendParcels({ ...at, key: 'gl_wrong' }, [])).rejects.toMatchObject({
      status: 401,
      type: '/problems#not-signed-in',
    })
  })
})

async function readAll(from: string | null): Promise<{ numbers: number[]; cursor: string | null }> {
  const numbers: number[] = []
  let last = from
  for await (const { decisions, cursor } of decisionsAfter(at, from)) {
    numbers.push(...decisions.map(({ decision }) => decision))
    last = cursor
  }
  return { numbers, cursor: last }
}

/** A receiver of webhooks on this machine that gives the first message. */
async function listen(): Promise<{
  server: Server
  url: string
  message: Promise<{ headers: Headers; body: string }>
}> {
  let took: (message: { headers: Headers; body: string }) => void = () => {}
  const message = new Promise<{ headers: Headers; body: string }>((done) => {
    took = done
  })
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    response.writeHead(204).end()
    took({ headers: new Headers(request.headers as Record<string, string>), body })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, message }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
