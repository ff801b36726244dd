import { parentPort, workerData } from 'node:worker_threads'
import type { Batch } from '../record.ts'
import { openPool } from './pool.ts'
import { recordBatches } from './record.ts'

export interface PostgresThreadStart {
  readonly url: string
}

interface Asked {
  readonly id: number
  readonly batch: Batch
}

/** Most batches that one commit carries. */
const batchesTogether = 64

const port = parentPort
if (port === null) throw new Error('This file is started as a thread.')
const pool = openPool((workerData as PostgresThreadStart).url, 2, () => {})
let waiting: Asked[] = []
let busy = false

port.on('message', (asked: readonly Asked[] | null) => {
  if (asked === null) {
    void pool.end().then(() => port.close())
    return
  }
  waiting.push(...asked)
  if (!busy) void work()
})

/** Stores what waits, as much as one commit carries, until nothing waits. */
async function work(): Promise<void> {
  busy = true
  while (waiting.length > 0) {
    const together = waiting.slice(0, batchesTogether)
    waiting = waiting.slice(together.length)
    await store(together)
  }
  busy = false
}

async function store(together: readonly Asked[]): Promise<void> {
  try {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      const all = await recordBatches(
        client,
        together.map(({ batch }) => batch),
      )
      port?.postMessage(together.map(({ id }, at) => ({ id, value: all[at] })))
    } catch (error) {
      broken = error as Error
      throw error
    } finally {
      client.release(broken)
    }
  } catch (error) {
    if (together.length > 1 && isOfTheRows(error)) for (const one of together) await store([one])
    else port?.postMessage(together.map(({ id }) => ({ id, fault: faultOf(error) })))
  }
}

/** Whether the rows are at fault (classes 22 and 23 of SQLSTATE), not the connection or the server: then others may still be stored. */
function isOfTheRows(error: unknown): boolean {
  const { code } = error as { code?: string }
  return typeof code === 'string' && /^2[23]/.test(code)
}

function faultOf(error: unknown): { message: string; code: string } {
  const { message, code } = error as { message?: string; code?: string }
  return { message: message === undefined || message === '' ? String(error) : message, code: code ?? '' }
}
