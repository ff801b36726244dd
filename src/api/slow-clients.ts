import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const seconds = 1000

/** How long a client may take, in milliseconds, and how slow a body may be. */
export const patience = {
  /** Until the headers are whole. */
  headers: 10 * seconds,
  /** Without a byte either way. */
  idle: 30 * seconds,
  /** Between two requests on one connection. */
  between: 5 * seconds,
  /** How often bodies are looked at. */
  look: 10 * seconds,
  /** Bytes that a body brings between two looks at least. */
  leastBytes: 5 * 1024,
} as const

/** Options of the server that limit its clients (`http.createServer`). A body has no time of its own: a stream may be of any length. */
export const patientOptions: ServerOptions = {
  headersTimeout: patience.headers,
  requestTimeout: 0,
  keepAliveTimeout: patience.between,
  connectionsCheckingInterval: 2 * seconds,
  maxHeaderSize: 16 * 1024,
}

/** How slow a client may be. */
export type Patience = Readonly<Record<keyof typeof patience, number>>

/**
 * Ends clients that hold a connection without getting anywhere: silent ones, those that do not read their answer, and those whose
 * body drips. A client that waits for this service is not to blame. `close` ends the looking.
 */
export function dropSlowClients(server: Server, times: Patience = patience): { readonly close: () => void } {
  const open = new Map<Socket, { readonly request: IncomingMessage; bytes: number | null }>()
  server.maxHeadersCount = 100
  server.setTimeout(times.idle, (socket) => {
    const asked = open.get(socket)?.request
    if (asked === undefined || socket.writableLength > 0 || !waitsForUs(asked)) socket.destroy()
    else socket.setTimeout(times.idle)
  })
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    open.set(socket, { request, bytes: null })
    response.once('close', () => open.delete(socket))
  })
  const look = setInterval(() => {
    for (const [socket, asked] of open) {
      // Between its beginning and the first look there was not the whole time to bring something.
      const gained = asked.bytes === null ? times.leastBytes : socket.bytesRead - asked.bytes
      asked.bytes = socket.bytesRead
      if (gained < times.leastBytes && !waitsForUs(asked.request)) socket.destroy()
    }
  }, times.look)
  look.unref()
  return { close: () => clearInterval(look) }
}

/** Whether all came that is to come, or what came is still to be read here. */
function waitsForUs(request: IncomingMessage): boolean {
  return request.complete || request.readableLength > 0
}
