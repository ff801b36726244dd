import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { Batch } from '../record.ts'
import { openConnection, type QueryAnswer, runQuery } from './connection.ts'
import { recordBatches } from './record.ts'

/** What a thread of the store is asked. */
export type Asked =
  | { readonly id: number; readonly holder: number; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly id: number; readonly holder: 0; readonly batch: Batch }

/** What it answers. A fault keeps the code by which callers tell a full disk from a broken constraint. */
export type Told =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: { readonly message: string; readonly code: string } }

export interface StoreThreadStart {
  readonly file: string
}

/** Most batches that one commit carries. */
const batchesTogether = 64

const port = parentPort
if (port === null) throw new Error('This file is started as a thread.')
const connection = openConnection((workerData as StoreThreadStart).file)
const nothing: QueryAnswer = { rows: [], changes: 0, insertId: null }
/** Who is in a transaction, or 0: until it ends, others wait. */
let holder = 0
let waiting: Asked[] = []

port.on('message', (asked: readonly Asked[] | null) => {
  if (asked === null) return close()
  waiting.push(...asked)
  let more = receiveMessageOnPort(port)
  for (; more !== undefined && more.message !== null; more = receiveMessageOnPort(port))
    waiting.push(...(more.message as readonly Asked[]))
  work()
  if (more !== undefined) close()
})

function close(): void {
  connection.close()
  port?.close()
}

/** Does what waits, in order: batches that stand together share one commit, a transaction makes the others wait for its end. */
function work(): void {
  for (;;) {
    const now = waiting.filter((asked) => holder === 0 || asked.holder === holder)
    const [first] = now
    if (first === undefined) return
    if ('batch' in first) {
      const together: Extract<Asked, { batch: Batch }>[] = []
      for (const asked of now) {
        if (!('batch' in asked) || together.length === batchesTogether) break
        together.push(asked)
      }
      waiting = waiting.filter((asked) => !together.includes(asked as (typeof together)[number]))
      store(together)
    } else {
      waiting.splice(waiting.indexOf(first), 1)
      answer(first.id, () => {
        // A full disk has rolled it back already.
        if (first.sql === 'rollback' && !connection.database.isTransaction) return nothing
        const done = runQuery(connection, first.sql, first.parameters)
        if (/^begin/i.test(first.sql)) holder = first.holder
        return done
      })
      if (/^(commit|rollback)$/i.test(first.sql)) {
        holder = 0
        // One that could not be committed must not stand open when the next begins.
        if (connection.database.isTransaction) connection.database.exec('rollback')
      }
    }
  }
}

function store(together: readonly Extract<Asked, { batch: Batch }>[]): void {
  try {
    const all = recordBatches(
      connection,
      together.map(({ batch }) => batch),
    )
    tell(together.map(({ id }, at) => ({ id, value: all[at] })))
  } catch (error) {
    // One batch that cannot be stored must not take the others with it.
    if (together.length > 1) for (const one of together) store([one])
    else tell(together.map(({ id }) => ({ id, fault: faultOf(error) })))
  }
}

function answer(id: number, run: () => unknown): void {
  try {
    tell([{ id, value: run() }])
  } catch (error) {
    tell([{ id, fault: faultOf(error) }])
  }
}

function tell(told: readonly Told[]): void {
  port?.postMessage(told)
}

function faultOf(error: unknown): { message: string; code: string } {
  const { message, errcode, code } = error as { message?: string; errcode?: number; code?: string }
  return { message: message ?? String(error), code: errcode === undefined ? (code ?? '') : nameOf(errcode) }
}

/** Names of SQLite's result codes that tell what to do; the log holds the name and no message. */
const names: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
}

/** An extended code has the plain one in its lowest eight bits. */
function nameOf(code: number): string {
  return names[code & 0xff] ?? `SQLITE_${code}`
}
