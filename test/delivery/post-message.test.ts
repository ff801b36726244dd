import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Posted, postMessage } from '../../src/delivery/post-message.ts'
import { type Answering, type Receiver, startReceiver, status } from './receivers.fixture.ts'

const started: Receiver[] = []
afterEach(async () => {
  for (const receiver of started.splice(0)) await receiver.close()
})

async function start(...how: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...how)
  started.push(receiver)
  return receiver
}

function post(
  url: string,
  more: { milliseconds?: number; addresses?: string[]; authorities?: string } = {},
): Promise<Posted> {
  const { addresses = ['127.0.0.1'], milliseconds = 2000, ...rest } = more
  return postMessage({
    receiver: { url: new URL(url), addresses },
    headers: { 'webhook-id': 'msg_1' },
    body: '{"é":1}',
    milliseconds,
    ...rest,
  })
}

describe('a message', () => {
  test('is posted to the address that was looked up, under the name of the receiver', async () => {
    const receiver = await start()
    const posted = await post(`http://hooks.example.org:${receiver.port}/a?b=c`)
    expect(posted).toEqual({ status: 204, said: '', retryAfter: undefined })
    expect(receiver.got).toHaveLength(1)
    expect(receiver.got[0]).toMatchObject({ path: '/a?b=c', body: '{"é":1}' })
    expect(receiver.got[0]?.headers).toMatchObject({
      host: `hooks.example.org:${receiver.port}`,
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
    })
  })

  test('follows no redirect', async () => {
    const inner = await start()
    const outer = await start(status(302, { location: inner.url }))
    expect((await post(outer.url)).status).toBe(302)
    expect(inner.connections()).toBe(0)
  })

  test.each<[string, Answering]>([
    ['a receiver that never answers', () => {}],
    [
      'an answer that begins and does not go on',
      (response) => void response.socket?.write('HTTP/1.1 200 OK\r\ncontent-le'),
    ],
  ])('is given up in time: %s', async (_, answer) => {
    const receiver = await start(answer)
    const begun = performance.now()
    expect(await post(receiver.url, { milliseconds: 200 })).toMatchObject({
      status: null,
      said: 'No answer within 0.2 seconds.',
    })
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  test('counts as answered by its status, though the body never ends', async () => {
    const receiver = await start((response) => {
      response.writeHead(200)
      response.write('taken')
    })
    expect(await post(receiver.url, { milliseconds: 200 })).toMatchObject({ status: 200, said: 'taken' })
  })

  test('keeps the first 200 printable characters of the answer and reads no more', async () => {
    let written = 0
    const receiver = await start((response) => {
      const more = (): void => {
        while (!response.destroyed && written < 50_000_000) {
          written += 65_536
          if (!response.write(`\u0007ß🌱\r\n${'x'.repeat(65_536)}`)) return void response.once('drain', more)
        }
      }
      response.writeHead(500)
      more()
    })
    const { status: code, said } = await post(receiver.url)
    expect(code).toBe(500)
    expect(said).toBe(`ß🌱 ${'x'.repeat(200)}`.slice(0, said.length))
    expect([...said].length).toBeLessThanOrEqual(200)
    expect([...said].length).toBeGreaterThan(190)
    expect(written).toBeLessThan(50_000_000)
  })

  test.each<[string, Answering]>([
    ['a broken connection', (response) => void response.socket?.destroy()],
    ['rubbish in place of HTTP', (response) => void response.socket?.end('SSH-2.0-OpenSSH\r\n')],
    [
      'another protocol',
      (response) =>
        void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
  ])('survives %s', async (_, answer) => {
    const receiver = await start(answer)
    const { status: code, said } = await post(receiver.url)
    expect(code === null || code === 101).toBe(true)
    expect(code === 101 || said.length > 0).toBe(true)
  })

  test('tells when nobody listens', async () => {
    const receiver = await start()
    await receiver.close()
    expect(await post(receiver.url)).toMatchObject({ status: null, said: 'The receiver refused the connection.' })
  })
})

describe('a message over TLS', () => {
  let folder: string
  let secure: { key: string; cert: string }
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'greenlane-tls-'))
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=hooks.example.org', '-addext', 'subjectAltName=DNS:hooks.example.org', '-days', '2']
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
    execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' })
    secure = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('is sent where the certificate is of the name, though the address was looked up before', async () => {
    const receiver = await start(status(200), secure)
    const posted = await post(`https://hooks.example.org:${receiver.port}/`, { authorities: secure.cert })
    expect(posted.status).toBe(200)
  })

  test('is not sent where the certificate is of another name or of nobody that is trusted', async () => {
    const receiver = await start(status(200), secure)
    const other = await post(`https://other.example.org:${receiver.port}/`, { authorities: secure.cert })
    const unknown = await post(`https://hooks.example.org:${receiver.port}/`)
    for (const { status: code, said } of [other, unknown])
      expect([code, said]).toEqual([null, expect.stringContaining('certificate')])
    expect(receiver.got).toEqual([])
  })
})
