import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ours = path.resolve(import.meta.dirname, '../..')

/** A program that ends as its arguments tell it to. */
const program = `
export async function main([how, what]) {
  if (how === 'exit') return Number(what)
  if (how === 'node') { console.log(process.execPath); return 0 }
  if (how === 'flood') { for (;;) await new Promise((go) => process.stdout.write('line\\n'.repeat(1000), go)) }
  if (how === 'catch') process.on(what, () => process.exit(7))
  console.log('ready')
  return new Promise((end) => setTimeout(end, 60_000, 1))
}
`

let folder: string
let home: string

/** The launcher beside a small program in place of Greenlane, as npm would lay it out for a user. */
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-launcher-'))
  home = path.join(folder, 'node_modules', 'greenlane')
  cpSync(path.join(ours, 'bin'), path.join(home, 'bin'), { recursive: true })
  writeFileSync(path.join(home, 'package.json'), '{ "type": "module" }')
  write(path.join(home, 'dist', 'src', 'cli', 'main.js'), program)
  // A Node that says it is too old to run Greenlane.
  write(
    path.join(folder, 'old.mjs'),
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`,
  )
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('on a Node that is new enough', () => {
  it('passes the exit code on', () => {
    expect(launch(['exit', '0']).status).toBe(0)
    expect(launch(['exit', '3']).status).toBe(3)
  })

  it('runs in this Node', () => {
    expect(launch(['node']).stdout.trim()).toBe(process.execPath)
  })

  it('says what to do when nothing is built', () => {
    rmSync(path.join(home, 'dist'), { recursive: true })
    const { status, stderr } = launch(['exit', '0'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Greenlane is not built here yet: run `npm run prepare` in .*\.\n$/)
  })

  it('runs a TypeScript file before anything is built', () => {
    rmSync(path.join(home, 'dist'), { recursive: true })
    const file = path.join(folder, 'script.ts')
    writeFileSync(file, 'const [word]: string[] = process.argv.slice(2)\nconsole.log(word)\n')
    expect(launch(['--script', file, 'hello']).stdout).toBe('hello\n')
  })

  it('is quiet when its reader goes away', async () => {
    expect(await closeAfterFirstLines(start(['flood']))).toEqual({ code: 0, stderr: '' })
  })
})

describe('on an older Node', () => {
  it('says in one sentence what to do when no other Node is there', () => {
    const { status, stderr } = launch(['exit', '0'], old())
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Greenlane needs Node 24 or newer and this is Node 20\.20\.2: .*\.\n$/)
  })

  it('hands over to the pinned Node that stands beside it', () => {
    installPinned(path.join(folder, 'node_modules'))
    expect(launch(['node'], old()).stdout.trim()).toBe(process.execPath)
    expect(launch(['exit', '5'], old()).status).toBe(5)
  })

  it('hands over to the pinned Node in its own folder', () => {
    installPinned(path.join(home, 'node_modules'))
    expect(launch(['exit', '6'], old()).status).toBe(6)
  })

  it('says what to do when the pinned Node does not start', () => {
    installPinned(path.join(folder, 'node_modules'), (file) => writeFileSync(file, 'no program'))
    const { status, stderr } = launch(['exit', '0'], old())
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Greenlane needs Node 24 or newer/)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on and ends as the program ends', async (signal) => {
    installPinned(path.join(folder, 'node_modules'))
    expect(await signalWhenReady(start(['catch', signal], old()), signal)).toEqual({ code: 7, signal: null })
    expect(await signalWhenReady(start(['wait'], old()), signal)).toEqual({ code: null, signal })
  })

  it('is quiet when its reader goes away', async () => {
    installPinned(path.join(folder, 'node_modules'))
    expect(await closeAfterFirstLines(start(['flood'], old()))).toEqual({ code: 0, stderr: '' })
  })
})

function old(): string[] {
  return ['--import', path.join(folder, 'old.mjs')]
}

function launch(args: string[], options: string[] = []) {
  return spawnSync(process.execPath, [...options, launcher(), ...args], { encoding: 'utf8' })
}

function start(args: string[], options: string[] = []): ChildProcess {
  return spawn(process.execPath, [...options, launcher(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

function launcher(): string {
  return path.join(home, 'bin', 'greenlane.js')
}

/** Lays out the package of the pinned Node of every platform; each holds the Node that runs this test. */
function installPinned(modules: string, put = (file: string) => symlinkSync(process.execPath, file)): void {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(ours, 'package.json'), 'utf8'))
  for (const name of Object.keys(optionalDependencies)) {
    write(path.join(modules, name, 'package.json'), '{}')
    mkdirSync(path.join(modules, name, 'bin'))
    put(path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
  }
}

function signalWhenReady(child: ChildProcess, signal: NodeJS.Signals) {
  child.stdout?.once('data', () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}

function closeAfterFirstLines(child: ChildProcess) {
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  child.stdout?.once('data', () => child.stdout?.destroy())
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })))
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
