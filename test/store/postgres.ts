import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A PostgreSQL server of its own, in a folder that goes away with it. */
export interface Server {
  readonly url: string
  /** Ends the server as a power cut would, and starts it again on the same data. */
  readonly crash: () => Promise<void>
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Folder of PostgreSQL's programs, the newest version that is installed, or null. */
export function findPostgres(): string | null {
  const versions = '/usr/lib/postgresql'
  const found = existsSync(versions)
    ? readdirSync(versions)
        .sort((one, other) => Number(other) - Number(one))
        .map((version) => path.join(versions, version, 'bin'))
    : []
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  if (status === 0) found.push(stdout.trim())
  return found.find((bin) => existsSync(path.join(bin, 'initdb')) && existsSync(path.join(bin, 'postgres'))) ?? null
}

/** Starts a server over a new cluster. It refuses root, so that root starts it as user postgres. */
export async function startPostgres(bin: string, settings: readonly string[] = []): Promise<Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-postgres-'))
  const as = unprivileged()
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid as number)
  const cluster = path.join(folder, 'data')
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', cluster, '-U', 'greenlane', '--auth=trust', '--encoding=UTF8', '--no-sync'],
    {
      ...as,
      stdio: 'ignore',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    },
  )
  const port = await freePort()
  const start = async (): Promise<ChildProcess> => {
    const options = ['-D', cluster, '-h', '127.0.0.1', '-p', String(port), '-k', folder]
    const child = spawn(path.join(bin, 'postgres'), [...options, ...settings.flatMap((one) => ['-c', one])], {
      ...as,
      stdio: 'ignore',
    })
    await answers(bin, port)
    return child
  }
  let child = await start()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await ended
  }
  return {
    url: `postgres://greenlane@127.0.0.1:${port}/postgres`,
    crash: () => end('SIGQUIT'),
    restart: async () => {
      child = await start()
    },
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const number = (option: string): number => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

async function answers(bin: string, port: number): Promise<void> {
  const ready = path.join(bin, 'pg_isready')
  for (let tries = 0; tries < 200; tries += 1) {
    if (spawnSync(ready, ['-h', '127.0.0.1', '-p', String(port), '-q']).status === 0) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('PostgreSQL did not start.')
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}
