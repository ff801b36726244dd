import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { vi } from 'vitest'
import type { Answer } from '../../src/core/act/answer.ts'

// Real processes and long files take their time, the more on a machine that has other work.
vi.setConfig({ testTimeout: 60_000 })

const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real command line in a process of its own, on the day that the tests count. */
export function greenlane(args: readonly string[], input: string | Buffer = ''): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = start(args)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', failed)
    // A command that has ended reads no more of its input.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('close', (status) =>
      done({ status, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)) }),
    )
  })
}

/** Starts the real command line. */
export function start(args: readonly string[]) {
  return spawn(process.execPath, [launcher, ...args], { stdio: 'pipe' })
}

/** Answers of NDJSON, one a line. */
export function answers(stdout: string): Answer[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer)
}

/** A folder of its own for one test file. */
export function newFolder(): {
  file: (name: string, content: string | Buffer) => string
  path: string
  end: () => void
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-intake-'))
  return {
    path: folder,
    file: (name, content) => {
      const full = path.join(folder, name)
      writeFileSync(full, content)
      return full
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** One canonical record as a line of JSON. */
export function record(description: string, id = 'x'): string {
  return JSON.stringify({
    parcel: {
      ids: { lrn: id },
      route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
      lines: [{ description: { raw: description } }],
    },
  })
}

/** What a test looks at first: the line and the id of each answer, and what could not be read. */
export function lineUp(stdout: string): string[] {
  return answers(stdout).map(({ parcel, items, problems }) =>
    items.length === 0 ? `${parcel.line} ${problems[0]?.kind}` : `${parcel.line} ${parcel.id}`,
  )
}
