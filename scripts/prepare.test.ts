import { spawn, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'

const ours = path.resolve(import.meta.dirname, '..')
const script = path.join(ours, 'scripts', 'prepare.ts')

/** Compiles one word; a word can also ask it to fail or never to end. */
const compiler = `import { readFileSync, writeFileSync } from 'node:fs'

export async function compile(from: string, to: string): Promise<void> {
  const word = readFileSync(from + '/word.txt', 'utf8')
  writeFileSync(to + '/started', '')
  if (word === 'broken') throw new Error('word.txt:1: broken')
  while (word === 'hang') await new Promise((go) => setTimeout(go, 1000))
  writeFileSync(to + '/word.txt', word.toUpperCase())
}
`

let home: string

/** A small project with the settings of this one. */
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'greenlane-prepare-'))
  symlinkSync(path.join(ours, 'node_modules'), path.join(home, 'node_modules'))
  for (const file of ['package.json', 'tsconfig.base.json', 'src/tsconfig.json', 'src/core/tsconfig.json']) {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
    copyFileSync(path.join(ours, file), path.join(home, file))
  }
  write('src/core/screen.ts', 'export const outcome: string = "ask"\n')
  write('src/cli/main.ts', 'export { outcome } from "../core/screen.ts"\n')
  write('src/knowledge/compile.ts', compiler)
  write('knowledge/word.txt', 'rose')
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

it('builds the code and the knowledge, and leaves nothing beside them', () => {
  expect(run()).toEqual({ status: 0, stderr: '' })
  expect(read('dist/src/cli/main.js')).toContain('../core/screen.js')
  expect(read('dist/knowledge/word.txt')).toBe('ROSE')
  expect(beside()).toEqual(['dist'])
})

it('does nothing when nothing changed', () => {
  run()
  const before = statSync(path.join(home, 'dist'))
  write('knowledge/word.txt', 'rose')
  expect(run().status).toBe(0)
  const after = statSync(path.join(home, 'dist'))
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
})

it('builds again when the knowledge or the code changed', () => {
  run()
  write('knowledge/word.txt', 'olive')
  run()
  expect(read('dist/knowledge/word.txt')).toBe('OLIVE')
  write('src/core/screen.ts', 'export const outcome: string = "refuse"\n')
  run()
  expect(read('dist/src/core/screen.js')).toContain('refuse')
})

it('takes no code over whose source is gone', () => {
  write('src/cli/gone.ts', 'export const gone: boolean = true\n')
  run()
  expect(existsSync(path.join(home, 'dist/src/cli/gone.js'))).toBe(true)
  rmSync(path.join(home, 'src/cli/gone.ts'))
  run()
  expect(existsSync(path.join(home, 'dist/src/cli/gone.js'))).toBe(false)
})

it('leaves what stands when the code has a fault, and names it', () => {
  run()
  write('src/core/screen.ts', 'export const outcome: string = 7\n')
  const { status, stderr } = run()
  expect(status).toBe(1)
  expect(stderr).toContain('src/core/screen.ts(1,14): error TS2322')
  expect(read('dist/src/core/screen.js')).toContain('ask')
})

it('leaves what stands when the knowledge has a fault, and names it', () => {
  run()
  write('knowledge/word.txt', 'broken')
  expect(run()).toEqual({ status: 1, stderr: 'word.txt:1: broken\n' })
  expect(read('dist/knowledge/word.txt')).toBe('ROSE')
  expect(beside()).toEqual(['dist'])
})

it('leaves what stands when it is stopped, and the next run tidies up', async () => {
  run()
  write('knowledge/word.txt', 'hang')
  const child = spawn(process.execPath, [script], { cwd: home, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (!existsSync(path.join(home, `dist.next-${child.pid}`, 'knowledge', 'started'))) await wait(5)
  child.kill('SIGKILL')
  await ended
  expect(read('dist/knowledge/word.txt')).toBe('ROSE')
  expect(beside()).toEqual(['dist', `dist.next-${child.pid}`])

  write('knowledge/word.txt', 'olive')
  run()
  expect(read('dist/knowledge/word.txt')).toBe('OLIVE')
  expect(beside()).toEqual(['dist'])
})

it('brings back what stood when it was stopped between taking away and putting in place', () => {
  run()
  const { pid } = spawnSync(process.execPath, ['--version'])
  renameSync(path.join(home, 'dist'), path.join(home, `dist.old-${pid}`))
  const before = statSync(path.join(home, `dist.old-${pid}`)).ino
  expect(run().status).toBe(0)
  expect(statSync(path.join(home, 'dist')).ino).toBe(before)
  expect(beside()).toEqual(['dist'])
})

it('ends well when two run at once', async () => {
  const ends = [1, 2].map(() => spawn(process.execPath, [script], { cwd: home, stdio: 'ignore' }))
  const codes = await Promise.all(ends.map((child) => new Promise((resolve) => child.once('exit', resolve))))
  expect(codes).toEqual([0, 0])
  expect(read('dist/knowledge/word.txt')).toBe('ROSE')
  expect(beside()).toEqual(['dist'])
})

function run() {
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: home, encoding: 'utf8' })
  return { status, stderr }
}

function beside(): string[] {
  return readdirSync(home)
    .filter((name) => name.startsWith('dist'))
    .sort()
}

function read(file: string): string {
  return readFileSync(path.join(home, file), 'utf8')
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
  writeFileSync(path.join(home, file), text)
}
