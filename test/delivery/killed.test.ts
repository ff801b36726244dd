import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { tell } from '../store/batches.fixture.ts'
import { newPlace, storeKinds } from '../store/stores.fixture.ts'
import { startReceiver, status } from './receivers.fixture.ts'
import type { ProcessStart } from './sender-process.ts'
import { makeWebhook, newClock, testSealing } from './webhooks.fixture.ts'

const script = path.join(import.meta.dirname, 'sender-process.ts')
const minute = 60_000

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await ended
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** Waits until something is so, for half a minute at most. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waits = 0; !(await isSo()); waits += 1) {
    if (waits > 3000) throw new Error('It did not happen.')
    await pause(10)
  }
}

describe.each(storeKinds)('senders that are killed at any moment, in %s', (kind) => {
  const children: ChildProcess[] = []
  const begin = (told: ProcessStart): ChildProcess => {
    const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'inherit', 'inherit'] })
    children.push(child)
    return child
  }
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await kill(child)
  })

  test('leave each message once in the store, and send it at least once, always under one id with the same bytes', async () => {
    const { place, remove } = await newPlace(kind)
    const store = await openStore(place)
    const receiver = await startReceiver((response, number, got) => {
      setTimeout(() => status(204)(response, number, got), 5)
    })
    try {
      const key = randomBytes(32)
      const { webhook } = await makeWebhook(
        store,
        { url: receiver.url },
        { sealing: testSealing(key), clock: newClock() },
      )
      let parcels = 0
      for (let killed = 0; killed < 6; killed += 1) {
        const before = receiver.got.length
        const child = begin({ place, key: key.toString('hex'), ahead: killed * 2 * minute })
        const said = Array.from({ length: 60 }, (_, at) => ({ identifier: `K${killed}-${at}`, content: {} }))
        await tell(store, said)
        parcels += said.length
        await until(() => receiver.got.length > before)
        await pause(Math.random() * 60)
        await kill(child)
      }
      const last = begin({ place, key: key.toString('hex'), ahead: 60 * minute })
      await until(async () => {
        const rows = await store.db.selectFrom('deliveries').select('state').where('webhook', '=', webhook.id).execute()
        return rows.length === parcels && rows.every(({ state }) => state === 'delivered')
      })
      await kill(last)
      const decisions = await store.db.selectFrom('decisions').select('seq').orderBy('seq').execute()
      const rows = await store.db.selectFrom('deliveries').select(['id', 'seq']).orderBy('seq').execute()
      expect(rows.map(({ seq }) => seq)).toEqual(decisions.map(({ seq }) => seq))
      expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(
        new Set(rows.map(({ id }) => id)),
      )
      const bodies = new Set(receiver.got.map(({ headers, body }) => `${headers['webhook-id']} ${body}`))
      expect(bodies.size).toBe(rows.length)
    } finally {
      await receiver.close()
      await store.close()
      await remove()
    }
  })
})
