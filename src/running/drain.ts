import type { Server } from 'node:http'
import type { Log } from './log.ts'

/** A part of the service that has something to finish: it is told to take nothing new, finishes, and closes. */
export interface Part {
  readonly name: string
  readonly close: () => void | Promise<void>
}

export interface DrainOptions {
  /** Seconds for everything together. */
  readonly seconds: number
  readonly log: Log
}

/** What came of draining: everything finished, or the names of what had not when time was up or a part failed. */
export type Drained = { readonly kind: 'drained' } | { readonly kind: 'cut'; readonly left: readonly string[] }

/**
 * Stops a service in order: no new connections, requests under way get their answers, then each part is closed in the order given
 * (what takes work first, the store last). A part that fails does not keep the later ones from closing.
 */
export async function drain(server: Server, parts: readonly Part[], { seconds, log }: DrainOptions): Promise<Drained> {
  const left = new Set(['requests', ...parts.map(({ name }) => name)])
  let timer: NodeJS.Timeout | undefined
  const up = new Promise<void>((done) => {
    timer = setTimeout(done, seconds * 1000)
  })
  await Promise.race([up, closeAll(server, parts, { left, log })])
  clearTimeout(timer)
  if (left.size === 0) return { kind: 'drained' }
  for (const part of left) log.error('A part did not finish before the service stopped', { part })
  server.closeAllConnections()
  return { kind: 'cut', left: [...left] }
}

interface Closing {
  readonly left: Set<string>
  readonly log: Log
}

async function closeAll(server: Server, parts: readonly Part[], { left, log }: Closing): Promise<void> {
  await closeServer(server)
  left.delete('requests')
  for (const { name, close } of parts) {
    try {
      await close()
      left.delete(name)
    } catch (error) {
      log.error('A part failed while it was closed', { part: name }, error)
    }
  }
}

/**
 * Ends when the last request has its answer. Connections kept open for a next request are closed as soon as they are idle, and
 * what still comes on a busy one is answered as its last.
 */
function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.prependListener('request', (_, response) => response.setHeader('Connection', 'close'))
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearInterval(idle)
      done()
    })
    server.closeIdleConnections()
  })
}

/** The signals that stop the service, with the exit code that stands for each. */
const stopCodes = { SIGTERM: 143, SIGINT: 130 } as const

/** Milliseconds in which a signal that comes again is still the same: a terminal, npm and the launcher each pass on what they got. */
const sameSignal = 500

/** Waits for the first signal to stop. A later one ends the process at once, with the exit code that stands for that signal. */
export function stopSignal(log: Log): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    let told: number | null = null
    for (const [signal, code] of Object.entries(stopCodes)) {
      process.on(signal, () => {
        if (told !== null && performance.now() - told > sameSignal) process.exit(code)
        if (told !== null) return
        told = performance.now()
        log.info('The service was told to stop', { signal })
        done(signal as NodeJS.Signals)
      })
    }
  })
}
