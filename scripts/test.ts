import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { prepare } from './prepare.ts'

/** The part of the JSON report that is read here. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2))

/** Brings `dist` up to date, runs the tests that the arguments choose, and closes with one line that counts them. */
async function main(args: readonly string[]): Promise<number> {
  const prepared = await prepare(process.cwd())
  if (prepared.kind === 'faulty') {
    console.error(prepared.why)
    return 1
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-tests-'))
  try {
    return run(args, path.join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(args: readonly string[], report: string): number {
  const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args]
  const { status } = spawnSync(process.execPath, [vitest, ...options], { stdio: 'inherit' })
  if (existsSync(report)) console.log(closingLine(JSON.parse(readFileSync(report, 'utf8'))))
  return status ?? 1
}

/** The counts of a report in one line; a file that could not be run counts as one failed test. */
export function closingLine(report: Report): string {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const counts = [`${report.numPassedTests} passed`, `${report.numFailedTests + broken.length} failed`]
  if (report.numPendingTests > 0) counts.push(`${report.numPendingTests} skipped`)
  return counts.join(', ')
}
