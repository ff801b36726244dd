import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** A message as a receiver got it. */
export interface Got {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A receiver of webhooks on this machine. */
export interface Receiver {
  readonly url: string
  readonly port: number
  readonly got: Got[]
  /** Connections that were opened. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** How a receiver answers the message of a number, from 0. */
export type Answering = (response: http.ServerResponse, number: number, got: Got) => void

/** A status, and nothing more. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answering {
  return (response) => {
    response.writeHead(code, { ...headers })
    response.end('ok')
  }
}

/** One status after the other, the last for all that follow. */
export function statuses(...codes: number[]): Answering {
  return (response, number, got) => status(codes[Math.min(number, codes.length - 1)] as number)(response, number, got)
}

/** Takes the message and never answers. */
export const hanging: Answering = () => {}

/** Starts a receiver on a port of its own. */
export async function startReceiver(
  answer: Answering = status(204),
  secure: { readonly key: string; readonly cert: string } | null = null,
): Promise<Receiver> {
  const got: Got[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const take: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk as Buffer))
    request.on('end', () => {
      const message = {
        path: request.url ?? '',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      got.push(message)
      answer(response, got.length - 1, message)
    })
  }
  const server = secure === null ? http.createServer(take) : https.createServer(secure, take)
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `${secure === null ? 'http' : 'https'}://127.0.0.1:${port}/hook`,
    port,
    got,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
