import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { dropSlowClients, patience, patientOptions } from './slow-clients.ts'

const quick = { ...patience, idle: 400, look: 150, leastBytes: 1000 }
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function started(handle: (server: Server) => void, options = patientOptions): Promise<number> {
  const server = createServer(options)
  handle(server)
  const { close } = dropSlowClients(server, quick)
  server.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  ends.push(() => {
    close()
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const reads = (server: Server) =>
  server.on('request', (request, response) => {
    request.resume()
    request.on('end', () => response.end('read'))
    request.on('error', () => {})
  })

/** Sends the start of a request, then a piece every so often; what came back, or null when the connection was cut. */
async function drip(port: number, start: string, piece: string, every: number): Promise<string | null> {
  const socket: Socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (bytes) => {
    answer += String(bytes)
  })
  socket.on('error', () => {})
  socket.write(start)
  const dripping = setInterval(() => socket.write(piece), every)
  ends.push(() => socket.destroy())
  await new Promise((done) => {
    socket.once('close', done)
    setTimeout(done, 3000)
  })
  clearInterval(dripping)
  return socket.destroyed ? (answer === '' ? null : answer) : 'still open'
}

const post = 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n'

test('a body that drips is cut off, though it is never silent', async () => {
  expect(await drip(await started(reads), post, 'x', 20)).toBeNull()
})

test('a client that falls silent in the middle of a body is cut off', async () => {
  expect(await drip(await started(reads), post, '', 10_000)).toBeNull()
})

test('headers that drip are answered with a timeout and cut off', async () => {
  const port = await started(reads, { ...patientOptions, headersTimeout: 500, connectionsCheckingInterval: 100 })
  expect(await drip(port, 'GET / HTTP/1.1\r\n', 'x-a: b\r\n', 50)).toContain('408')
})

test('headers that are too large are refused', async () => {
  const port = await started(reads)
  expect(await drip(port, `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, '', 10_000)).toContain('431')
})

test('a body that keeps coming may take longer than anything else', async () => {
  const answer = await drip(await started(reads), post.replace('100000', '40000'), 'x'.repeat(500), 20)
  expect(answer).toContain('read')
})

test('a request that begins just before bodies are looked at has the whole time to bring something', async () => {
  const port = await started(reads)
  const start = `${post.replace('100000', '2000')}${'x'.repeat(100)}`
  const answers = Array.from({ length: 10 }, async (_, at) => {
    await new Promise((done) => setTimeout(done, at * 15))
    return drip(port, start, 'x'.repeat(1900), 60)
  })
  for (const answer of await Promise.all(answers)) expect(answer).toContain('read')
})

test('a client that waits for the service to read on is not to blame', async () => {
  const port = await started((server) => {
    server.on('request', (request, response) => {
      request.on('error', () => {})
      // The service is busy, and does not read for longer than a slow body may take.
      setTimeout(() => request.resume(), 1000)
      request.on('end', () => response.end('read'))
    })
  })
  const body = 'x'.repeat(2_000_000)
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
  expect(await answer.text()).toBe('read')
})

test('a client that does not read its answer is cut off', async () => {
  const ended = Promise.withResolvers<boolean>()
  const port = await started((server) => {
    server.on('request', (_, response) => {
      response.once('close', () => ended.resolve(response.writableFinished))
      response.end(Buffer.alloc(64 * 1024 * 1024))
    })
  })
  const socket = connect(port, '127.0.0.1')
  ends.push(() => socket.destroy())
  socket.on('error', () => {})
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  expect(await ended.promise).toBe(false)
})
