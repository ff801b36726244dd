import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knowledge } from '../../src/core/knowledge.ts'
import { noDefaults } from '../../src/core/read/read.ts'
import { screener } from '../../src/core/screen.ts'
import { makeKeys } from '../faults/keys.ts'
import { type Place, startServing } from '../faults/serving.ts'
import { drive, newClient } from '../load/drive.ts'
import { findPostgres, startPostgres } from '../store/postgres.ts'
import { bareRows } from './bare-rows.ts'
import { median, renamedBodies, startEcho } from './service-client.ts'
import { benchStored } from './stored.ts'

/** Tells one figure. */
export type Tell = (figure: string, facts: Readonly<Record<string, number | string | boolean>>) => void

interface Benching {
  readonly url: string
  readonly key: string
  readonly knowledge: Knowledge
  readonly tell: Tell
}

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000)
const rounds = 5

/** Every figure of the service, each beside something measured in the same run and by turns with it; medians, for machines are busy. */
export async function benchService(knowledge: Knowledge, tell: Tell): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-bench-service-'))
  const bin = findPostgres()
  const server = bin === null ? null : await startPostgres(bin)
  try {
    await benchStartUp(newPlace(folder), tell)
    await withService(newPlace(folder), async (url, key) => {
      await benchSingle({ url, key, knowledge, tell })
      await benchChecks({ url, key, knowledge, tell })
    })
    await benchBatches(newPlace(folder), { knowledge, tell })
    if (server !== null) await benchBatches(newPlace(folder, { DATABASE_URL: server.url }), { knowledge, tell })
    await benchStored(folder, tell)
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

let places = 0

function newPlace(folder: string, variables: Readonly<Record<string, string>> = {}): Place {
  places += 1
  const own = path.join(folder, String(places))
  mkdirSync(own, { mode: 0o700 })
  return { folder: own, variables }
}

async function withService(place: Place, run: (url: string, key: string) => Promise<void>): Promise<void> {
  const { clients } = await makeKeys(place, ['post'])
  const service = await startServing(place)
  try {
    await run(service.url, clients[0]?.key ?? '')
  } finally {
    await service.kill()
  }
}

/** From the command to the first answer, on a new folder and on one that is there. */
async function benchStartUp(place: Place, tell: Tell): Promise<void> {
  const took: number[] = []
  for (let at = 0; at < rounds; at += 1) {
    const began = performance.now()
    const service = await startServing(place)
    const ready = await fetch(`${service.url}/readyz`)
    took.push((performance.now() - began) / 1000)
    await service.kill()
    if (ready.status !== 200) throw new Error(`/readyz gave ${ready.status}`)
  }
  const [first = Number.NaN] = took
  tell('start of the service to its first answer', {
    seconds: round(median(took)),
    'seconds on a new folder': round(first),
    'about seconds': 1.5,
  })
}

/** Single parcels over HTTP against a bare Node JSON echo of the same bodies. */
async function benchSingle({ url, key, tell }: Benching): Promise<void> {
  const clients = 32
  const bare = await startEcho()
  const client = newClient(clients)
  const bodies = renamedBodies(1, 'lines', 1_000_000)
  const type = 'application/json'
  const perSecond = async (target: Parameters<typeof client.post>[0], requests: number): Promise<number> => {
    const send = (): Promise<Buffer> => client.post(target, bodies.next())
    const driven = await drive(clients, send, (count) => count >= requests)
    return driven.requests / driven.seconds
  }
  const [own, echo]: [number[], number[]] = [[], []]
  try {
    for (let at = 0; at <= rounds; at += 1) {
      const taken = await perSecond({ url, path: '/parcels', key, type }, 3000)
      const echoed = await perSecond({ url: bare.url, path: '/', key: null, type }, 3000)
      // The first turn only warms up.
      if (at > 0) own.push(taken)
      if (at > 0) echo.push(echoed)
    }
  } finally {
    bare.stop()
    client.close()
  }
  tell('single parcels over HTTP against a bare Node JSON echo', {
    ratio: round(median(own.map((one, at) => one / (echo[at] as number)))),
    'to reach': 0.6,
    'parcels/s, each on disk when answered': round(median(own)),
    'echoes/s': round(median(echo)),
    clients,
  })
}

/** A request of 2,000 checks against what `screen` takes in process for the same items. */
async function benchChecks({ url, key, knowledge, tell }: Benching): Promise<void> {
  const { records } = renamedBodies(2000, 'lines', 0)
  const screen = screener(knowledge, { on: '2026-11-24', defaults: noDefaults, engine: 'bench' })
  const items = records.map((record) => {
    const { parcel } = JSON.parse(record) as { parcel: ParcelLike }
    const [line] = parcel.lines
    const { dispatchCountry, destinationCountry } = parcel.route
    const told = { title: line?.description.raw, hs: line?.hs?.raw, originCountry: line?.originCountry }
    return { ...told, shipsFrom: dispatchCountry, destinations: [destinationCountry] }
  })
  const body = Buffer.from(JSON.stringify(items))
  const target = { url, path: '/checks', key, type: 'application/json' }
  const client = newClient(1)
  const [own, inProcess]: [number[], number[]] = [[], []]
  for (let at = 0; at <= rounds; at += 1) {
    const began = performance.now()
    const answer = await client.post(target, body)
    const between = performance.now()
    for (const record of records) screen.write(screen.decide({ line: 1, value: JSON.parse(record) as unknown }))
    const ended = performance.now()
    if (at === 0 && (JSON.parse(answer.toString('utf8')) as unknown[]).length !== 2000)
      throw new Error('Not every item was checked.')
    if (at > 0) own.push(between - began)
    if (at > 0) inProcess.push(ended - between)
  }
  client.close()
  tell('2,000 checks over HTTP against screening the same in process', {
    ratio: round(median(own.map((one, at) => one / (inProcess[at] as number)))),
    'at most': 2,
    milliseconds: round(median(own)),
    'milliseconds in process': round(median(inProcess)),
  })
}

interface ParcelLike {
  readonly route: { readonly dispatchCountry: string; readonly destinationCountry: string }
  readonly lines: readonly {
    readonly description: { readonly raw: string }
    readonly hs: { readonly raw: string } | null
    readonly originCountry: string | null
  }[]
}

/** Lists of 10,000, screened and on disk, beside bare inserts of the same bytes and beside screening them in process. */
async function benchBatches(place: Place, { knowledge, tell }: Pick<Benching, 'knowledge' | 'tell'>): Promise<void> {
  const database = place.variables['DATABASE_URL']
  const bodies = renamedBodies(10_000, 'list', 2_000_000)
  const screen = screener(knowledge, { on: '2026-11-24', defaults: noDefaults, engine: 'bench' })
  const bare = await bareRows(database ?? path.join(place.folder, 'bare.db'))
  const [own, inserts, inProcess]: [number[], number[], number[]] = [[], [], []]
  await withService(place, async (url, key) => {
    const client = newClient(1)
    for (let at = 0; at <= rounds; at += 1) {
      const body = bodies.next()
      const began = performance.now()
      const answer = await client.post({ url, path: '/parcels', key, type: 'application/json' }, body)
      const taken = performance.now()
      for (const record of bodies.records)
        screen.write(screen.decide({ line: 1, value: JSON.parse(record) as unknown }))
      const screened = performance.now()
      const answers = (JSON.parse(answer.toString('utf8')) as unknown[]).map((one) => JSON.stringify(one))
      const again = performance.now()
      await bare.insert(bodies.records, answers)
      const inserted = performance.now()
      if (at === 0) continue
      own.push(10_000 / ((taken - began) / 1000))
      inProcess.push(10_000 / ((screened - taken) / 1000))
      inserts.push(10_000 / ((inserted - again) / 1000))
    }
    client.close()
  })
  await bare.close()
  const kind = database === undefined ? 'SQLite' : 'PostgreSQL'
  tell(`lists of 10,000 parcels, screened and on disk in ${kind}`, {
    'items/s': round(median(own)),
    'items/s to reach': database === undefined ? 60_000 : 40_000,
    'ratio to screening in process on one thread': round(median(own.map((one, at) => one / (inProcess[at] as number)))),
    'ratio to bare inserts of the same bytes': round(median(own.map((one, at) => one / (inserts[at] as number)))),
    'screened/s in process': round(median(inProcess)),
    'bare inserts/s': round(median(inserts)),
  })
}
