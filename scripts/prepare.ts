import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What `src/knowledge/compile.ts` exports: compiles the knowledge in the folder `from` into the folder `to`. */
type Compile = (from: string, to: string) => Promise<void>

/** Whether anything had to be built, or why it could not be. */
export type Prepared = { readonly kind: 'unchanged' | 'built' } | { readonly kind: 'faulty'; readonly why: string }

/** What a build depends on, besides the engine. */
const inputs = [
  'knowledge',
  'src',
  'scripts/prepare.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
]

if (process.argv[1] === import.meta.filename) process.exitCode = tell(await prepare(process.cwd()))

/**
 * Builds `dist` in the folder `home`: the compiled code and the compiled knowledge. It is built beside and then put in place
 * at once, so a build that fails or is stopped leaves what was there before.
 */
export async function prepare(home: string): Promise<Prepared> {
  tidy(home)
  const stamp = stampOf(home)
  if (stamp === readStamp(home)) return { kind: 'unchanged' }
  const fault = compileCode(home)
  if (fault !== null) return { kind: 'faulty', why: fault }
  const next = path.join(home, `dist.next-${process.pid}`)
  try {
    copyCode(home, next)
    await compileKnowledge(home, next)
    writeFileSync(path.join(next, 'stamp'), stamp)
    putInPlace(home, next)
    return { kind: 'built' }
  } catch (error) {
    return { kind: 'faulty', why: error instanceof Error ? error.message : String(error) }
  } finally {
    rmSync(next, { recursive: true, force: true })
  }
}

/** A digest of every input, the same for the same files whenever they were written. */
function stampOf(home: string): string {
  const digest = createHash('sha256').update(`unicode ${process.versions.unicode}\n`)
  for (const file of inputs.flatMap((input) => filesIn(home, input)).sort()) {
    const content = createHash('sha256').update(readFileSync(path.join(home, file)))
    digest.update(`${content.digest('hex')} ${file}\n`)
  }
  return digest.digest('hex')
}

function readStamp(home: string): string | null {
  const file = path.join(home, 'dist', 'stamp')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** The files at or below a path, as paths from `home` with `/`; tests are no input. */
function filesIn(home: string, input: string): string[] {
  const full = path.join(home, input)
  if (!existsSync(full)) return []
  const entries = readdirSync(path.dirname(full), { withFileTypes: true })
  if (entries.some((entry) => entry.name === path.basename(full) && entry.isFile())) return [input]
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}

/** Compiles into `.build`, where the compiler keeps what it knows from the last time; what it finds wrong, else null. */
function compileCode(home: string): string | null {
  const typescript = createRequire(path.join(home, 'package.json')).resolve('typescript/package.json')
  const compiler = path.join(path.dirname(typescript), 'bin', 'tsc')
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, '-b', 'src'], {
    cwd: home,
    encoding: 'utf8',
  })
  if (error) throw error
  return status === 0 ? null : `${stdout}${stderr}`.trim()
}

/** Takes over what was compiled from a source that is still there. */
function copyCode(home: string, next: string): void {
  const sources = filesIn(home, 'src').filter((file) => file.endsWith('.ts'))
  for (const file of sources) {
    const stem = file.slice(0, -'.ts'.length)
    for (const made of [`${stem}.js`, `${stem}.d.ts`]) {
      mkdirSync(path.dirname(path.join(next, made)), { recursive: true })
      cpSync(path.join(home, '.build', made), path.join(next, made))
    }
  }
}

async function compileKnowledge(home: string, next: string): Promise<void> {
  const compiler = path.join(next, 'src', 'knowledge', 'compile.js')
  if (!existsSync(compiler)) return
  const { compile }: { compile: Compile } = await import(pathToFileURL(compiler).href)
  const to = path.join(next, 'knowledge')
  mkdirSync(to, { recursive: true })
  await compile(path.join(home, 'knowledge'), to)
}

/** Two builds at once both end well: the later one stays. */
function putInPlace(home: string, next: string): void {
  const dist = path.join(home, 'dist')
  const old = path.join(home, `dist.old-${process.pid}`)
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(dist)) renameSync(dist, old)
      renameSync(next, dist)
      break
    } catch (error) {
      if (!existsSync(dist) && existsSync(old)) renameSync(old, dist)
      if (attempt === 100) throw error
      rmSync(old, { recursive: true, force: true })
    }
  }
  rmSync(old, { recursive: true, force: true })
}

/** Puts right what a stopped build left: the old `dist` comes back when nothing took its place. */
function tidy(home: string): void {
  for (const name of readdirSync(home)) {
    const [, kind, owner] = /^dist\.(next|old)-(\d+)$/.exec(name) ?? []
    if (kind === undefined || isRunning(Number(owner))) continue
    const left = path.join(home, name)
    if (kind === 'old' && !existsSync(path.join(home, 'dist'))) renameSync(left, path.join(home, 'dist'))
    else rmSync(left, { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function tell(prepared: Prepared): number {
  if (prepared.kind !== 'faulty') return 0
  process.stderr.write(`${prepared.why}\n`)
  return 1
}
