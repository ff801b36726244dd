import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import path from 'node:path'

const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')

/** Where a service keeps its data, and the variables that it is started with. */
export interface Place {
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
}

/** A `serve` in a process of its own. */
export interface Serving {
  readonly url: string
  readonly process: ChildProcess
  /** All that it printed, its log too. */
  readonly printed: () => string
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>
  /** Tells it to stop, and gives its exit code. */
  readonly stop: () => Promise<number | null>
}

const running = new Set<ChildProcess>()

/** Ends every service that was started here and still runs. */
export function endServices(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Seconds within which a service must listen: machines of tests are busy. */
const patience = 60

/** Starts `greenlane serve` on a free port and waits until it listens; `before` is a command that it is run by. Throws with what it printed when it ends before. */
export async function startServing(place: Place, before: readonly string[] = []): Promise<Serving> {
  const [program = '', ...args] = [...before, process.execPath, launcher, 'serve']
  const child = spawn(program, args, { env: environment(place), cwd: place.folder, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('close', () => running.delete(child))
  let printed = ''
  const keep = (part: Buffer): void => {
    printed = (printed + part.toString('utf8')).slice(-2_000_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<number | null>((done) => child.on('close', done))
  const url = await listening(child, () => printed)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return ended
  }
  return {
    url,
    process: child,
    printed: () => printed,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

async function listening(child: ChildProcess, printed: () => string): Promise<string> {
  const until = performance.now() + patience * 1000
  for (;;) {
    const url = /Greenlane listens at (\S+)\n/.exec(printed())?.[1]
    if (url !== undefined) return url.replace('localhost', '127.0.0.1')
    const over = child.exitCode !== null || child.signalCode !== null
    if (over || performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`The service ${over ? 'ended' : 'did not listen in time'}: ${printed().slice(-2000)}`)
    }
    await pause(10)
  }
}

/** Runs another command on the same data and gives its standard output; throws where its exit code is not 0. */
export function command(place: Place, ...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [launcher, ...args], {
    env: environment(place),
    cwd: place.folder,
    encoding: 'utf8',
  })
  if (run.status !== 0)
    throw new Error(`greenlane ${args.join(' ')} ended with ${run.status}: ${run.stdout}${run.stderr}`)
  return run.stdout
}

function environment({ folder, variables }: Place): NodeJS.ProcessEnv {
  const usual = {
    PORT: '0',
    DATA_DIR: folder,
    SAMPLES: 'no',
    RATE_LIMIT: '0',
    LOG_LEVEL: 'warn',
    WEBHOOKS_LOCAL: 'yes',
  }
  return { ...process.env, ...usual, ...variables }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}
