import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Fault, NotHere, type Trial } from './fault.ts'
import { newFeed } from './feed.ts'
import { prepare } from './kill.ts'
import { type Load, settleDoubt } from './load.ts'
import { prove } from './proofs.ts'
import { type Refusal, send } from './senders.ts'
import { type Place, startServing } from './serving.ts'

/** Bodies that are sent until the disk must be full. */
const most = 400

/** A disk that is full, and has room again. */
export const diskFull: Fault = {
  name: 'disk full',
  does: 'the disk of the data is full, and has room again',
  run: async (trial) => {
    const disk = smallDisk(trial)
    const { place, load, viewer } = await prepare({ ...trial, newPlace: () => disk.place })
    const service = await startServing(place, disk.before)
    trial.atEnd(service.kill)
    const url = service.url
    const full = await fill(url, load)
    trial.tell(`full after ${load.ledger.acknowledged().length} answers: ${full.detail}`)
    if (full.status !== 503 || full.type !== '/problems#store-unavailable' || full.answered === null)
      throw new Error(`A full disk was told as ${JSON.stringify(full)}.`)
    await stillAnswers(url, load, viewer)
    disk.giveRoom(service.process.pid as number)
    await settleDoubt(url, load)
    const parcels = Array.from({ length: 500 }, load.next)
    const after = await send(url, load.clients[0] as Load['clients'][0], {
      parcels,
      form: 'ndjson',
      ledger: load.ledger,
    })
    if (after.kind !== 'answered') throw new Error(`With room again, it answered ${JSON.stringify(after)}.`)
    if (!/SQLITE_(FULL|IOERR)/.test(service.printed()))
      throw new Error(`The log does not say that the disk is full: ${service.printed().slice(-500)}`)
    const proved = await prove({ place, url, ledger: load.ledger, clients: load.clients, viewer })
    if ((await service.stop()) !== 0) throw new Error('The service did not end with 0 when told to.')
    return `${disk.what}: 503 with ${full.answered} answered, goes on with room again, ${proved}`
  },
}

interface SmallDisk {
  readonly what: string
  readonly place: Place
  /** What the service is run by. */
  readonly before: readonly string[]
  readonly giveRoom: (process: number) => void
}

/** A small disk in memory where one may be mounted; else files of the service's process are kept small. */
function smallDisk(trial: Trial): SmallDisk {
  const { folder } = trial.newPlace()
  const mounted = path.join(folder, 'disk')
  mkdirSync(mounted)
  if (run('mount', '-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mounted)) {
    trial.atEnd(() => void run('umount', '--lazy', mounted))
    const data = path.join(mounted, 'data')
    mkdirSync(data, { mode: 0o700 })
    return {
      what: 'a disk of 24 MB',
      place: { folder: data, variables: {} },
      before: [],
      giveRoom: () => void run('mount', '-o', 'remount,size=512m', mounted),
    }
  }
  if (!run('prlimit', '--version')) throw new NotHere('No disk can be mounted here, and prlimit is not there.')
  const limited = 'trap "" XFSZ; ulimit -S -f 8192; exec "$@"'
  return {
    what: 'files of at most 8 MB',
    place: { folder: mounted, variables: {} },
    before: ['bash', '-c', limited, 'bash'],
    giveRoom: (process) => void run('prlimit', `--pid=${process}`, '--fsize=unlimited'),
  }
}

function run(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

type Filling = Omit<Load, 'urls'>

/** Sends until the service refuses, and gives that refusal. */
async function fill(url: string, { next, ledger, clients }: Filling): Promise<Refusal> {
  for (let at = 0; at < most; at += 1) {
    const parcels = Array.from({ length: 300 }, next)
    const form = at % 2 === 0 ? 'json' : 'ndjson'
    const sent = await send(url, clients[0] as Load['clients'][0], { parcels, form, ledger })
    if (sent.kind === 'refused') return sent.refusal
    if (sent.kind === 'broken') throw new Error('The service broke the connection when its disk was full.')
  }
  throw new Error(`${most} bodies did not fill the disk.`)
}

/** Without room, single parcels and streams are refused in so many words, and what is stored is still told. */
async function stillAnswers(url: string, { next, ledger, clients }: Filling, viewer: string): Promise<void> {
  const client = clients[0] as Load['clients'][0]
  for (const [form, count] of [
    ['json', 1],
    ['ndjson', 2000],
  ] as const) {
    const parcels = Array.from({ length: count }, next)
    const sent = await send(url, client, { parcels, form, ledger })
    if (sent.kind === 'broken') throw new Error('A connection broke while the disk was full.')
    if (sent.kind === 'refused' && sent.refusal.type !== '/problems#store-unavailable')
      throw new Error(`A full disk was told as ${JSON.stringify(sent.refusal)}.`)
  }
  const alive = await fetch(`${url}/healthz`)
  if (alive.status !== 200) throw new Error(`/healthz gave ${alive.status} while the disk was full.`)
  await newFeed(viewer).readOn(url)
}
