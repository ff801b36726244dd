import type { IncomingMessage, Server, ServerOptions } from 'node:http'

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

/**
 * Ends clients that hold a connection without getting anywhere: silent ones, and those whose body drips. A client that waits for
 * this service to read on is not to blame. `close` ends the looking.
 */
export function dropSlowClients(server: Server, times: typeof patience = patience): { readonly close: () => void } {
  server.setTimeout(times.idle)
  server.maxHeadersCount = 100
  const open = new Map<IncomingMessage, number>()
  server.prependListener('request', (request: IncomingMessage) => {
    if (request.complete) return
    open.set(request, request.socket.bytesRead)
    request.once('close', () => open.delete(request))
  })
  const look = setInterval(() => {
    for (const [request, before] of open) {
      const { bytesRead } = request.socket
      if (request.complete) open.delete(request)
      else if (bytesRead - before < times.leastBytes && !waitsForUs(request)) request.socket.destroy()
      else open.set(request, bytesRead)
    }
  }, times.look)
  look.unref()
  return { close: () => clearInterval(look) }
}

/** Whether what came is waiting to be read here. */
function waitsForUs(request: IncomingMessage): boolean {
  return request.readableLength > 0 || request.socket.isPaused()
}
