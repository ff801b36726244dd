import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { seeded } from '../bench/records.ts'
import { makeKeys } from '../faults/keys.ts'
import { parcelMaker } from '../faults/parcels.ts'
import { type Place, startServing } from '../faults/serving.ts'
import { findPostgres, startPostgres } from '../store/postgres.ts'
import { drive, newClient, percentile, type Target } from './drive.ts'

const help = `npm run load -- [--seconds N] [--clients N] [--batch N] [--shape SHAPE]... [--postgres]

Loads a service of its own on this machine with invented parcels and tells, as lines of JSON, how many it took and how long each
request lasted. It ends by itself.

  --seconds N      of each shape; 10 when not given, 300 at most
  --clients N      at once; 8 when not given, 256 at most
  --batch N        parcels of a list or stream; 10000 when not given
  --shape SHAPE    single, batch or stream; all three when not given
  --postgres       a PostgreSQL of its own instead of SQLite

Exit code: 0, 1 when a request was refused or PostgreSQL is missing, 2 for wrong use.
`

const shapes = ['single', 'batch', 'stream'] as const
type Shape = (typeof shapes)[number]

interface Wish {
  readonly seconds: number
  readonly clients: number
  readonly batch: number
  readonly shapes: readonly Shape[]
  readonly postgres: boolean
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const wish = wishOf(args)
  if (wish === null) {
    process.stderr.write(help)
    return 2
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-load-'))
  const bin = wish.postgres ? findPostgres() : null
  if (wish.postgres && bin === null) {
    process.stderr.write('PostgreSQL is not installed here.\n')
    return 1
  }
  const server = bin === null ? null : await startPostgres(bin)
  try {
    await load({ folder, variables: server === null ? {} : { DATABASE_URL: server.url } }, wish)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function wishOf(args: readonly string[]): Wish | null {
  const text = { type: 'string' } as const
  const options = { seconds: text, clients: text, batch: text, shape: { ...text, multiple: true } } as const
  const { values } = parseArgs({ args: [...args], options: { ...options, postgres: { type: 'boolean' } } })
  const number = (value: string | undefined, usual: number, most: number): number => {
    const given = value === undefined ? usual : Number(value)
    return Number.isInteger(given) && given >= 1 && given <= most ? given : Number.NaN
  }
  const wish = {
    seconds: number(values.seconds, 10, 300),
    clients: number(values.clients, 8, 256),
    batch: number(values.batch, 10_000, 1_000_000),
    shapes: (values.shape ?? shapes) as readonly Shape[],
    postgres: values.postgres === true,
  }
  const isWrong = [wish.seconds, wish.clients, wish.batch].some(Number.isNaN)
  return isWrong || wish.shapes.some((shape) => !shapes.includes(shape)) ? null : wish
}

async function load(place: Place, wish: Wish): Promise<void> {
  const { clients } = await makeKeys(place, ['post'])
  const key = clients[0]?.key ?? ''
  const service = await startServing(place)
  try {
    const next = parcelMaker(seeded(7))
    for (const shape of wish.shapes) await loadShape(shape, { service: service.url, key, next, wish })
  } finally {
    await service.kill()
  }
}

interface Loading {
  readonly service: string
  readonly key: string
  readonly next: () => { readonly line: string }
  readonly wish: Wish
}

async function loadShape(shape: Shape, { service, key, next, wish }: Loading): Promise<void> {
  const parcels = shape === 'single' ? 1 : wish.batch
  const type = shape === 'stream' ? 'application/x-ndjson' : 'application/json'
  const target: Target = { url: service, path: '/parcels', key, type }
  const clients = shape === 'single' ? wish.clients : Math.min(wish.clients, 2)
  const client = newClient(clients)
  let bytes = 0
  const bodyOf = (): Buffer => {
    const lines = Array.from({ length: parcels }, () => next().line)
    const body = Buffer.from(shape === 'batch' ? `[${lines.join(',')}]` : lines.join('\n'))
    bytes += body.length
    return body
  }
  await client.post(target, bodyOf())
  bytes = 0
  const driven = await drive(
    clients,
    () => client.post(target, bodyOf()),
    (_, seconds) => seconds >= wish.seconds,
  )
  client.close()
  const { took, requests, seconds } = driven
  const milliseconds = (share: number): number => Math.round(percentile(took, share) * 10) / 10
  const told = {
    load: shape,
    store: wish.postgres ? 'postgres' : 'sqlite',
    clients,
    'parcels each': parcels,
    'parcels/s': Math.round((requests * parcels) / seconds),
    'megabytes/s': Math.round(bytes / seconds / 1e5) / 10,
    requests,
    seconds: Math.round(seconds * 10) / 10,
    'median ms': milliseconds(0.5),
    'p95 ms': milliseconds(0.95),
    'p99 ms': milliseconds(0.99),
    'longest ms': milliseconds(1),
  }
  process.stdout.write(`${JSON.stringify(told)}\n`)
}
