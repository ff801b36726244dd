import { createWriteStream, existsSync, realpathSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { proposals } from '../core/decide/policy.ts'
import type { Knowledge } from '../core/knowledge.ts'
import type { ScreeningOptions } from '../core/screen.ts'
import type { Screened, Wanted } from '../intake/block-screener.ts'
import { UsageError } from '../intake/table.ts'
import { csvHeader, csvRow } from './csv.ts'
import { reportCollector } from './report-collector.ts'

/** Where answers go. */
export interface Output {
  readonly add: (file: string, screened: Screened) => Promise<void>
  readonly end: () => Promise<void>
  /** What it wants to be given next. */
  readonly wanted: () => Wanted
  /** Whether nobody reads on: a closed pipe or a full disk. */
  readonly closed: () => boolean
  /** Whether answers could not be written. A closed pipe is no failure. */
  readonly failed: () => boolean
}

export interface OutputContext {
  readonly out: string | null
  readonly knowledge: Knowledge
  readonly options: ScreeningOptions
  readonly files: readonly string[]
}

/** Throws UsageError where answers cannot be written, before any work is done: no such folder, a folder, a file that is read. */
export function checkPlace(out: string | null, files: readonly string[]): void {
  if (out === null) return
  if (!existsSync(path.dirname(path.resolve(out)))) {
    throw new UsageError(`--out ${out}: there is no folder ${path.dirname(out)}. Make it first.`)
  }
  if (!existsSync(out)) return
  if (statSync(out).isDirectory()) throw new UsageError(`--out ${out}: it is a folder. Name a file.`)
  const own = realpathSync(out)
  if (files.some((file) => file !== '-' && existsSync(file) && realpathSync(file) === own)) {
    throw new UsageError(`--out ${out}: this file is to be screened. Write the answers to another one.`)
  }
}

/** The output of a form, on a file or on standard output. */
export function outputFor(form: 'table' | 'ndjson' | 'csv' | 'html', context: OutputContext): Output {
  const sink = sinkOf(context.out)
  const common = { closed: sink.closed, failed: sink.failed }
  if (form === 'ndjson') {
    return { ...common, wanted: () => 'text', add: (_, { answers }) => sink.write(answers), end: sink.end }
  }
  if (form === 'csv') {
    let header = `${csvHeader()}\n`
    const add = async (file: string, { rows }: Screened): Promise<void> => {
      const lines = rows.map((row) => `${csvRow({ ...row, file, line: row.answer.parcel.line })}\n`)
      await sink.write(header + lines.join(''))
      header = ''
    }
    const end = async (): Promise<void> => {
      await sink.write(header)
      await sink.end()
    }
    return { ...common, wanted: () => proposals, add, end }
  }
  const collector = reportCollector(context)
  return {
    ...common,
    wanted: collector.wanted,
    add: async (file, screened) => collector.add(file, screened),
    end: async () => {
      const width = process.stdout.columns ?? 100
      const colour = context.out === null && process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined
      await sink.write(form === 'html' ? await collector.html() : await collector.table({ width, colour }))
      await sink.end()
    },
  }
}

export interface Sink {
  readonly write: (text: string | Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
  readonly closed: () => boolean
  readonly failed: () => boolean
}

/**
 * A stream that is opened when there is something to write, waits when it is full, ends quietly when its reader goes, and
 * tells in a sentence what else went wrong.
 */
export function sinkOf(out: string | null): Sink {
  let opened: Writable | null = null
  let closed = false
  let failed = false
  let written = 0
  const open = (): Writable => {
    const stream: Writable = out === null ? process.stdout : createWriteStream(out)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!closed && error.code !== 'EPIPE') {
        failed = true
        process.stderr.write(`${out ?? 'standard output'}: ${writeReason(error)}\n`)
        if (out !== null) endWhole(out, written)
      }
      closed = true
    })
    return stream
  }
  const stream = (): Writable => (opened ??= open())
  const write = (text: string | Uint8Array): Promise<void> =>
    new Promise((done) => {
      if (closed || text.length === 0) return done()
      stream().write(text, (error) => {
        if (error === null || error === undefined) written += Buffer.byteLength(text)
        done()
      })
    })
  const end = (): Promise<void> =>
    new Promise((done) => {
      if (closed || out === null) return done()
      stream().once('close', done).end()
    })
  return { write, end, closed: () => closed, failed: () => failed }
}

/** Takes off what was written by half, so that the file ends with a whole answer. */
function endWhole(out: string, written: number): void {
  try {
    if (statSync(out).isFile()) truncateSync(out, written)
  } catch {
    // The reason that it cannot be written was told already.
  }
}

function writeReason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOSPC') return 'the disk is full. Make room and screen again; what was written before is whole.'
  if (error.code === 'EFBIG') return 'it may not grow further. What was written before is whole.'
  if (error.code === 'ENOENT') return 'there is no such folder. Make it first.'
  if (error.code === 'EACCES') return 'it may not be written. Choose another place with --out.'
  return error.code === 'EISDIR'
    ? 'it is a folder. Name a file with --out.'
    : `it could not be written (${error.message}).`
}
