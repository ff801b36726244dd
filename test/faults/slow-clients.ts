import { connect, type Socket } from 'node:net'
import type { Fault, Trial } from './fault.ts'
import { prepare } from './kill.ts'
import type { Load } from './load.ts'
import { prove } from './proofs.ts'
import { send } from './senders.ts'
import { pause, startServing } from './serving.ts'

/** Slower than this many times what it takes alone is no reasonable time. */
const mostTimes = 5
/** Seconds within which slow clients must be gone. */
const goneWithin = 60

/** Two thousand clients that hold a connection and hardly send, while an ordinary one works. */
export const slowClients: Fault = {
  name: 'slow clients',
  does: '2,000 clients drip headers and bodies, or do not read, while an ordinary one sends parcels',
  run: async (trial) => {
    const { place, load, viewer } = await prepare(trial)
    const service = await startServing(place)
    trial.atEnd(service.kill)
    const { url } = service
    const bodies = trial.short ? 60 : 200
    await medianOf(url, load, 20)
    const alone = await medianOf(url, load, bodies)
    const slow = await startSlow(trial, url, load.clients[0]?.key ?? '')
    trial.tell(`${slow.open()} slow clients hold a connection`)
    const beside = await medianOf(url, load, bodies)
    const held = slow.open()
    const ratio = beside / alone
    if (held < 1900) throw new Error(`Only ${held} slow clients were there while it was measured.`)
    if (ratio > mostTimes) throw new Error(`Beside slow clients a parcel took ${ratio.toFixed(1)} times as long.`)
    const left = trial.short ? null : await untilGone(slow.open)
    const proved = await prove({ place, url, ledger: load.ledger, clients: load.clients, viewer })
    const told = `${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside ${held} slow clients (${ratio.toFixed(2)} times)`
    return `${told}${left === null ? '' : `, all gone after ${left} s`}, ${proved}`
  },
}

/** Median of the milliseconds of single parcels, one after another. */
async function medianOf(url: string, { next, clients, ledger }: Omit<Load, 'urls'>, bodies: number): Promise<number> {
  const took: number[] = []
  for (let at = 0; at < bodies; at += 1) {
    const began = performance.now()
    const sent = await send(url, clients[0] as Load['clients'][0], { parcels: [next()], form: 'json', ledger })
    took.push(performance.now() - began)
    if (sent.kind !== 'answered') throw new Error(`An ordinary client got ${JSON.stringify(sent)}.`)
  }
  return took.sort((one, other) => one - other)[Math.floor(took.length / 2)] as number
}

/** What each kind of slow client sends first, and then a little of each second. */
function kindsOf(key: string): readonly { readonly first: string; readonly drip: string }[] {
  const post = `POST /parcels HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n`
  return [
    { first: 'GET /decisions HTTP/1.1\r\nHost: localhost\r\n', drip: 'X: y\r\n' },
    { first: `${post}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n[`, drip: ' ' },
    { first: `${post}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n`, drip: '1\r\n \r\n' },
    {
      first: `GET /decisions?limit=1000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`,
      drip: '',
    },
  ]
}

/** Starts 2,000 slow clients, and replaces none that is dropped. */
async function startSlow(trial: Trial, url: string, key: string): Promise<{ readonly open: () => number }> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const kinds = kindsOf(key)
  const drips = new Map<Socket, string>()
  for (let at = 0; at < 2000; at += 1) {
    const { first, drip } = kinds[at % kinds.length] as (typeof kinds)[number]
    const socket = connect(Number(port), hostname, () => {
      socket.write(first)
      socket.pause()
      drips.set(socket, drip)
    })
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      drips.delete(socket)
    })
    if (at % 100 === 99) await pause(10)
  }
  const timer = setInterval(() => {
    for (const [socket, drip] of drips) if (drip !== '' && socket.writable) socket.write(drip)
  }, 1000)
  trial.atEnd(() => {
    clearInterval(timer)
    for (const socket of open) socket.destroy()
  })
  return { open: () => open.size }
}

/** Waits until the service has dropped them, and tells the seconds. */
async function untilGone(open: () => number): Promise<number> {
  for (let second = 1; second <= goneWithin; second += 1) {
    if (open() === 0) return second
    await pause(1000)
  }
  throw new Error(`${open()} slow clients still hold a connection after ${goneWithin} s.`)
}
