import { Agent, request } from 'node:http'

/** Where requests go, and with what key; none for a server that asks for none. */
export interface Target {
  readonly url: string
  readonly path: string
  readonly key: string | null
  readonly type: string
}

/** What a run of requests took. */
export interface Driven {
  readonly seconds: number
  readonly requests: number
  /** Milliseconds of each request, ascending. */
  readonly took: readonly number[]
}

/** Makes a client that keeps its connections, as a client of a busy partner does. */
export function newClient(connections: number): {
  readonly post: (target: Target, body: Buffer) => Promise<Buffer>
  readonly get: (target: Target) => Promise<Buffer>
  readonly close: () => void
} {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = ({ url, path, key, type }: Target, method: string, body: Buffer | null): Promise<Buffer> =>
    new Promise((done, failed) => {
      const headers = {
        ...(body === null ? {} : { 'content-type': type, 'content-length': body.length }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      }
      const asked = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', failed)
        response.on('end', () => {
          const answer = Buffer.concat(parts)
          if (response.statusCode === 200) done(answer)
          else failed(new Error(`${method} ${path} gave ${response.statusCode}: ${answer.toString('utf8', 0, 300)}`))
        })
      })
      asked.on('error', failed)
      asked.end(body ?? undefined)
    })
  return {
    post: (target, body) => ask(target, 'POST', body),
    get: (target) => ask(target, 'GET', null),
    close: () => agent.destroy(),
  }
}

/** Sends bodies one after another from `clients` at once, until `until` says that it is enough; throws when one is refused. */
export async function drive(
  clients: number,
  send: () => Promise<unknown>,
  until: (requests: number, seconds: number) => boolean,
): Promise<Driven> {
  const took: number[] = []
  const began = performance.now()
  let started = 0
  const one = async (): Promise<void> => {
    while (!until(started, (performance.now() - began) / 1000)) {
      started += 1
      const sent = performance.now()
      await send()
      took.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: clients }, one))
  const seconds = (performance.now() - began) / 1000
  return { seconds, requests: took.length, took: took.sort((a, b) => a - b) }
}

/** The value below which a share of ascending numbers lies. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN
}
