import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import type { Knowledge } from '../core/knowledge.ts'
import type { ScreeningOptions } from '../core/screen.ts'
import type { Screened } from '../intake/block-screener.ts'
import { csvHeader, csvRow } from './csv.ts'
import { reportCollector } from './report-collector.ts'

/** Where answers go. */
export interface Output {
  readonly add: (file: string, screened: Screened) => Promise<void>
  readonly end: () => Promise<void>
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

/** The output of a form, on a file or on standard output. */
export async function outputFor(form: 'table' | 'ndjson' | 'csv' | 'html', context: OutputContext): Promise<Output> {
  const sink = sinkOf(context.out)
  const common = { closed: sink.closed, failed: sink.failed }
  if (form === 'ndjson') {
    return { ...common, add: (_, { answers }) => sink.write(answers), end: sink.end }
  }
  if (form === 'csv') {
    await sink.write(`${csvHeader()}\n`)
    const lines = (file: string, { rows }: Screened): string =>
      rows.map((row) => `${csvRow({ ...row, file, line: row.answer.parcel.line })}\n`).join('')
    return { ...common, add: (file, screened) => sink.write(lines(file, screened)), end: sink.end }
  }
  const collector = reportCollector(context)
  return {
    ...common,
    add: async (file, screened) => collector.add(file, screened),
    end: async () => {
      const width = process.stdout.columns ?? 100
      const colour = context.out === null && process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined
      await sink.write(form === 'html' ? await collector.html() : await collector.table({ width, colour }))
      await sink.end()
    },
  }
}

interface Sink {
  readonly write: (text: string | Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
  readonly closed: () => boolean
  readonly failed: () => boolean
}

/** A stream that waits when it is full, ends quietly when its reader goes, and tells in a sentence what else went wrong. */
function sinkOf(out: string | null): Sink {
  const stream: Writable = out === null ? process.stdout : createWriteStream(out)
  let closed = false
  let failed = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!closed && error.code !== 'EPIPE') {
      failed = true
      process.stderr.write(`${out ?? 'standard output'}: ${writeReason(error)}\n`)
    }
    closed = true
  })
  const write = (text: string | Uint8Array): Promise<void> =>
    new Promise((done) => {
      if (closed || text.length === 0) return done()
      stream.write(text, () => done())
    })
  const end = (): Promise<void> =>
    new Promise((done) => {
      if (closed || out === null) return done()
      stream.once('close', done)
      stream.end(() => done())
    })
  return { write, end, closed: () => closed, failed: () => failed }
}

function writeReason(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOSPC') return 'the disk is full. Make room and screen again; what was written before is whole.'
  if (error.code === 'ENOENT') return 'there is no such folder. Make it first.'
  if (error.code === 'EACCES') return 'it may not be written. Choose another place with --out.'
  return error.code === 'EISDIR'
    ? 'it is a folder. Name a file with --out.'
    : `it could not be written (${error.message}).`
}
