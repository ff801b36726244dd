import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')

/** A service in a process of its own, over a new folder. */
export interface ServiceProcess {
  readonly child: ChildProcess
  readonly folder: string
  readonly url: string
  readonly output: () => string
  readonly errors: () => string
  readonly ended: Promise<number | null>
  /** Runs another command of Greenlane on the same folder and gives what it prints. */
  readonly command: (...args: readonly string[]) => {
    readonly status: number | null
    readonly stdout: string
    readonly stderr: string
  }
  /** Ends what still runs and takes the folder away. */
  readonly remove: () => Promise<void>
}

/** Starts `greenlane serve` on a free port and waits until it listens. Throws with what it printed when it ends before. */
export async function startProcess(variables: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-service-'))
  const env = { ...process.env, PORT: '0', DATA_DIR: folder, SAMPLES: 'no', ...variables }
  const child = spawn(process.execPath, [launcher, 'serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, errors] = ['', '']
  child.stdout.on('data', (part) => {
    output += part
  })
  child.stderr.on('data', (part) => {
    errors += part
  })
  const ended = new Promise<number | null>((done) => child.on('close', done))
  let over = false
  void ended.then(() => {
    over = true
  })
  const address = /Greenlane listens at (\S+)\n/
  while (!address.test(output)) {
    if (over) {
      rmSync(folder, { recursive: true, force: true })
      throw new Error(`The service ended: ${output}${errors}`)
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  return {
    child,
    folder,
    url: (address.exec(output)?.[1] ?? '').replace('localhost', '127.0.0.1'),
    output: () => output,
    errors: () => errors,
    ended,
    command: (...args) => spawnSync(process.execPath, [launcher, ...args], { env, cwd: folder, encoding: 'utf8' }),
    remove: async () => {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
