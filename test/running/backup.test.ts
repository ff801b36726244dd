import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp } from '../../src/running/backup.ts'
import { checkBackup, restore } from '../../src/running/restore.ts'
import { openStore, type Store, type StorePlace } from '../../src/store/open-store.ts'
import { verifyChain } from '../../src/store/verify-chain.ts'
import { batchOf } from '../store/batches.fixture.ts'
import { newPlace, storeKinds, type TestPlace } from '../store/stores.fixture.ts'

let folder: string
let file: string
let places: TestPlace[]
let open: Store[]

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenlane-backup-'))
  file = path.join(folder, 'greenlane-2026-11-24.backup')
  places = []
  open = []
})

afterEach(async () => {
  for (const store of open) await store.close()
  for (const { remove } of places) await remove()
  rmSync(folder, { recursive: true, force: true })
})

async function placeFor(kind: 'sqlite' | 'postgres'): Promise<StorePlace> {
  const one = await newPlace(kind)
  places.push(one)
  return one.place
}

async function opened(place: StorePlace): Promise<Store> {
  const store = await openStore(place)
  open.push(store)
  return store
}

async function closed(store: Store): Promise<void> {
  open.splice(open.indexOf(store), 1)
  await store.close()
}

const spoken = { said: 'é "seeds"\n🌱 \\ \t', weights: [0.1, 1e-7], none: null }

/** Parcels of two tenants, people as random bytes, a setting, a scorecard. */
async function fill(store: Store): Promise<void> {
  const records = Array.from({ length: 30 }, (_, at) => ({
    identifier: `LZ${at}`,
    content: { ...spoken, at },
    asked: true,
  }))
  await store.record(batchOf(records))
  await store.record(batchOf(records.slice(0, 5), { tenant: 'other', partner: 'marché' }))
  const sealed = new Uint8Array(Array.from({ length: 256 }, (_, at) => at))
  await store.db
    .insertInto('personal')
    .values({ tenant: 'main', seq: 5000, parcel: 1, sealed, delete_after: '2027-02-22' })
    .execute()
  await store.db.insertInto('settings').values({ name: 'setting', value: 'value' }).execute()
  await signIn(store)
}

/** An edition of the knowledge in large pieces, as it is kept for decisions that refer to it. */
async function edition({ db }: Store): Promise<void> {
  const key = { edition: 'first', engine: 'greenlane test' }
  for (let piece = 0; piece < 12; piece++) {
    const content = new Uint8Array(900_000).map((_, at) => (at * 31 + piece) % 251)
    await db
      .insertInto('edition_pieces')
      .values({ ...key, part: 'lexicon.bin', piece, content })
      .execute()
  }
}

const session = 'token-of-a-session'

/** A person with a session, a passkey and a lock, in the types that the sign-in library writes to each store. */
async function signIn({ db, kind }: Store): Promise<void> {
  const at = new Date('2026-11-24T09:00:00.123Z')
  const instant = kind === 'sqlite' ? at.toISOString() : at
  const yes = kind === 'sqlite' ? 1 : true
  const no = kind === 'sqlite' ? 0 : false
  await sql`insert into sign_in_people (id, name, email, "emailVerified", "createdAt", "updatedAt", "twoFactorEnabled")
    values ('p1', 'Ana Beispiel', 'ana@office.example', ${yes}, ${instant}, ${instant}, null)`.execute(db)
  await sql`insert into sign_in_sessions (id, "expiresAt", token, "createdAt", "updatedAt", "userId", proof)
    values ('s1', ${instant}, ${session}, ${instant}, ${instant}, 'p1', 'passkey')`.execute(db)
  await sql`insert into sign_in_passkeys (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
    values ('k1', 'key', 'p1', 'c1', 7, 'singleDevice', ${no})`.execute(db)
  await sql`insert into sign_in_second_factors (id, secret, "backupCodes", "userId", verified, "lockedUntil")
    values ('f1', 'sealed', 'sealed', 'p1', ${yes}, ${instant})`.execute(db)
}

/** A value as both stores can be compared by it. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'boolean' ? Number(value) : value
}

/** Every row of every table of a store, in an order that is the same in both kinds. */
async function rowsOf({ db }: Store): Promise<Record<string, string[]>> {
  const tables = (await db.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => !/^(kysely|sqlite)_/.test(name))
  const all: Record<string, string[]> = {}
  for (const name of tables.sort()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    all[name] = rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row)
            .map(([column, value]) => [column, plain(value)])
            .sort(),
        ),
      )
      .sort()
  }
  return all
}

/** A backup of a filled store of one kind. */
async function backedUp(
  kind: 'sqlite' | 'postgres',
  more: (store: Store) => Promise<void> = async () => {},
): Promise<{ store: Store; rows: Record<string, string[]> }> {
  const place = await placeFor(kind)
  const store = await opened(place)
  await fill(store)
  await more(store)
  await backUp(place, file)
  return { store, rows: await rowsOf(store) }
}

const ways = storeKinds.flatMap((from) => storeKinds.map((to) => [from, to] as const))

describe.each(ways)('a backup of %s that is restored to %s', (from, to) => {
  it('brings back every row as it was, and a chain that goes on', async () => {
    const { rows } = await backedUp(from, edition)
    expect(rows['edition_pieces']).toHaveLength(12)
    expect(rows['events']?.length).toBeGreaterThan(60)
    expect(rows['personal']?.length).toBe(36)
    const place = await placeFor(to)
    const told = await restore({ file, place, folder, replace: false })
    expect(told).toEqual({ events: rows['events']?.length, tenants: 2, aside: null })
    const store = await opened(place)
    expect(rows['sign_in_sessions']).toHaveLength(1)
    expect(await rowsOf(store)).toEqual({ ...rows, sign_in_sessions: [] })
    await store.record(batchOf([{ identifier: 'LZ-new', content: {} }]))
    expect((await verifyChain(store.db, 'main')).broken).toBeNull()
  })
})

describe.each(storeKinds)('a backup of %s', (kind) => {
  it('holds one moment while the service goes on storing', async () => {
    const place = await placeFor(kind)
    const store = await opened(place)
    await fill(store)
    let stop = false
    const storing = (async () => {
      for (let batch = 0; !stop; batch++) {
        await store.record(
          batchOf(Array.from({ length: 50 }, (_, at) => ({ identifier: `B${batch}-${at}`, content: spoken }))),
        )
      }
      return stop
    })()
    const { events } = await backUp(place, file)
    stop = true
    await storing
    const held = await checkBackup(file, folder)
    expect(held).toEqual({ events, tenants: 2 })
    const { rows } = await sql<{ count: number }>`select count(*) as count from events`.execute(store.db)
    expect(events).toBeLessThanOrEqual(rows[0]?.count ?? 0)
  })

  it('is for its owner alone, and leaves nothing else behind', async () => {
    await backedUp(kind)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual([path.basename(file)])
  })

  it('holds no session that could be used', async () => {
    const { rows } = await backedUp(kind)
    expect(rows['sign_in_sessions']?.join()).toContain(session)
    expect(readFileSync(file).includes(session)).toBe(false)
    expect(readFileSync(file).includes('ana@office.example')).toBe(true)
  })

  it('never overwrites a file', async () => {
    const { store } = await backedUp(kind)
    const before = statSync(file).mtimeMs
    const place = places[0]?.place as StorePlace
    await closed(store)
    await expect(backUp(place, file)).rejects.toThrow(/is there already\. Name a new file/)
    expect(statSync(file).mtimeMs).toBe(before)
  })

  it('says so when there is nothing to back up', async () => {
    await expect(backUp(await placeFor(kind), file)).rejects.toThrow(/There is nothing to back up/)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe.each(storeKinds)('restoring to %s', (kind) => {
  it('leaves a store that holds events as it is, until it is forced', async () => {
    const { store, rows } = await backedUp(kind)
    const place = await placeFor(kind)
    const there = await opened(place)
    await there.record(batchOf([{ identifier: 'OTHER', content: {} }]))
    const before = await rowsOf(there)
    await closed(there)
    await expect(restore({ file, place, folder, replace: false })).rejects.toThrow(/holds events\. Nothing was changed/)
    const untouched = await opened(place)
    expect(await rowsOf(untouched)).toEqual(before)
    await closed(untouched)
    const { aside } = await restore({ file, place, folder, replace: true })
    expect(await rowsOf(await opened(place))).toEqual({ ...rows, sign_in_sessions: [] })
    if (kind === 'sqlite') expect(await rowsOf(await opened({ kind, file: aside as string }))).toEqual(before)
    else expect(aside).toBeNull()
    expect(await rowsOf(store)).toEqual(rows)
  })

  it('leaves a store that a service has open alone, also when it is forced', async () => {
    await backedUp(kind)
    const place = await placeFor(kind)
    const there = await opened(place)
    await there.record(batchOf([{ identifier: 'OTHER', content: {} }]))
    await expect(restore({ file, place, folder, replace: true })).rejects.toThrow(
      /is in use\. Nothing was changed: stop the service/,
    )
    expect(await there.db.selectFrom('parcels').select('identifier').execute()).toEqual([{ identifier: 'OTHER' }])
  })

  it.each([
    ['an answer', "update decisions set answer = replace(answer, 'ask', 'no-objection') where seq = 2"],
    ['an event', "update events set body = '{}' where seq = 5"],
    ['the end', 'delete from events where seq > 80'],
  ])('refuses a backup of which %s was changed, and touches nothing', async (_, change) => {
    await backedUp(kind)
    const changed = new DatabaseSync(file)
    changed.exec(change)
    changed.close()
    const place = await placeFor(kind)
    await expect(restore({ file, place, folder, replace: true })).rejects.toThrow(
      /does not hold: the chain of tenant main breaks at event \d+/,
    )
    await expect(checkBackup(file, folder)).rejects.toThrow(/does not hold/)
    expect((await (await opened(place)).db.selectFrom('events').selectAll().execute()).length).toBe(0)
  })

  it('refuses what is no backup, and one of a later version', async () => {
    await backedUp(kind)
    const place = await placeFor(kind)
    const other = path.join(folder, 'other')
    await expect(restore({ file: other, place, folder, replace: false })).rejects.toThrow(/There is no file/)
    writeFileSync(other, 'not a database at all '.repeat(100))
    await expect(restore({ file: other, place, folder, replace: false })).rejects.toThrow(/is no backup of Greenlane/)
    new DatabaseSync(path.join(folder, 'empty')).close()
    await expect(restore({ file: path.join(folder, 'empty'), place, folder, replace: false })).rejects.toThrow(
      /holds none of its tables/,
    )
    const later = new DatabaseSync(file)
    later.exec("insert into kysely_migration values ('999-later', '2027-01-01T00:00:00.000Z')")
    later.close()
    await expect(restore({ file, place, folder, replace: false })).rejects.toThrow(/999-later/)
  })
})

describe('the commands', () => {
  const greenlane = (...args: readonly string[]) => {
    const launcher = path.resolve(import.meta.dirname, '../../bin/greenlane.js')
    return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' })
  }

  it('back up, check and restore', async () => {
    const place = await placeFor('sqlite')
    const store = await opened(place)
    await fill(store)
    const data = path.dirname((place as { file: string }).file)
    const made = greenlane('backup', file, '--data', data)
    expect([made.stderr, made.status]).toEqual(['', 0])
    expect(made.stdout).toMatch(/: \d+ events of 2 tenants from SQLite, \d+ bytes\. The key is not in it\.\n$/)
    expect(greenlane('restore', file, '--check').stdout).toMatch(
      /holds: \d+ events of 2 tenants, every chain unbroken\.\n$/,
    )
    const refused = greenlane('restore', file, '--data', data)
    expect([refused.status, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('The store there holds events.')
    const restored = greenlane('restore', file, '--data', path.join(folder, 'new'))
    expect(restored.stdout).toMatch(/^Restored and verified: \d+ events of 2 tenants, every chain unbroken\.\n$/)
    expect(existsSync(path.join(folder, 'new', 'greenlane.db'))).toBe(true)
    expect(greenlane('backup').status).toBe(2)
  })
})
