import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineName } from '../../src/app.ts'
import { keepEdition } from '../../src/editions/keep-edition.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { type Ended, greenlane } from '../intake/greenlane.ts'
import { newPlace, type TestPlace } from '../store/stores.fixture.ts'
import { leaves, openDesk, phoneCase } from './desk.fixture.ts'
import { type SmallEditions, smallEditions } from './small.fixture.ts'

const at = '2026-11-24T09:00:00.000Z'
let small: SmallEditions
let place: TestPlace
let folder: string
beforeAll(async () => {
  small = smallEditions()
  place = await newPlace('sqlite')
  folder = path.dirname((place.place as { file: string }).file)
  await inStore(async (store) => {
    const compiled = { ...small.first, engine: await engineName() }
    await keepEdition(store, compiled, { actor: 'system', at })
    const desk = openDesk(store, compiled, () => Date.parse(at))
    await desk.tell('post', [leaves('AA1'), phoneCase('AA2')])
    await desk.close()
    await store.db.deleteFrom('personal').execute()
  })
})
afterAll(async () => {
  small.end()
  await place.remove()
})

async function inStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(place.place)
  await work(store)
  await store.close()
}

const run = (...args: string[]): Promise<Ended> => greenlane([...args, '--data', folder])

test('the audit proves a chain, tells its end to be kept, and finds what was written anew since', async () => {
  const whole = await run('audit', 'verify')
  expect(whole).toMatchObject({ status: 0, stderr: '' })
  expect(whole.stdout).toMatch(/^main: \d+ events hold, up to [0-9a-f]{64}\n\d+ events in [\d.]+ s, \d+\/s\n$/)
  const head = (await run('audit', 'verify', '--head')).stdout.trim()
  expect(head).toMatch(/^main:\d+:[0-9a-f]{64}$/)
  expect((await run('audit', 'verify', '--expect', head)).status).toBe(0)
  const other = head.replace(/[0-9a-f]{64}$/, '0'.repeat(64))
  const { status, stdout } = await run('audit', 'verify', '--expect', other)
  expect(status).toBe(1)
  expect(stdout).toContain('the chain was written anew')
})

test('a replay gives the same bytes without the people, and names where a changed answer differs', async () => {
  const { status, stdout } = await run('replay', 'aa1')
  expect([status, stdout]).toEqual([0, expect.stringContaining('the same bytes.')])
  expect(await run('replay', '--all', '--sample', '5', '--seed', '7')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/drawn with --seed 7: all come out the same\.\n$/),
  })
  await inStore(async ({ db }) => {
    const { seq, answer } = await db.selectFrom('decisions').selectAll().orderBy('seq').executeTakeFirstOrThrow()
    await db
      .updateTable('decisions')
      .set({ answer: answer.replace('"ask"', '"refuse"') })
      .where('seq', '=', seq)
      .execute()
  })
  const changed = await run('replay', 'AA1')
  expect(changed.status).toBe(1)
  expect(changed.stdout).toContain('it comes out otherwise at proposal: "refuse" stood there, now "ask".')
  expect((await run('replay', '--all')).stdout).toContain('1 do not.')
  const broken = await run('audit', 'verify')
  expect(broken.status).toBe(1)
  expect(broken.stdout).toMatch(/^main: broken at event \d+ \(proposed, parcel 1\): its answer was changed: /)
})

test('a folder with faults is not published, and the faults are named', async () => {
  const bad = path.resolve(import.meta.dirname, '../../src/knowledge/bad')
  const { status, stdout } = await run('knowledge', 'publish', bad)
  expect(status).toBe(1)
  expect(stdout).toContain('taxa/plants.csv:8: Unknown rank "specis"')
  expect(stdout).toMatch(/\d+ faults: nothing was published\.\n$/)
})

test('a store that is not there is told, and wrong use too', async () => {
  const none = path.join(folder, 'none')
  const { status, stderr } = await greenlane(['audit', 'verify', '--data', none])
  expect([status, stderr]).toEqual([2, expect.stringContaining('There is no store')])
  rmSync(none, { recursive: true, force: true })
  expect((await run('replay')).status).toBe(2)
  expect((await run('replay', 'NOBODY1')).stderr).toContain('has no parcel NOBODY1')
  expect((await run('audit', 'verify', '--expect', 'main')).stderr).toContain('TENANT:SEQ:HASH')
  expect((await run('knowledge', 'publish')).status).toBe(2)
})
