import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openStore, type Store, type StorePlace } from '../../src/store/open-store.ts'

/** A place for a store of a test's own. */
export interface TestPlace {
  readonly place: StorePlace
  /** Takes the data away. */
  readonly remove: () => Promise<void>
}

/** The stores that tests run on: SQLite always, PostgreSQL where it was found. */
export const storeKinds: readonly ('sqlite' | 'postgres')[] =
  inject('postgres') === null ? ['sqlite'] : ['sqlite', 'postgres']

let databases = 0

/** Makes a new and empty place for a store. */
export async function newPlace(kind: 'sqlite' | 'postgres'): Promise<TestPlace> {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-store-'))
    const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true })
    return { place: { kind, file: path.join(folder, 'greenlane.db') }, remove }
  }
  const server = inject('postgres') as string
  databases += 1
  const name = `test_${process.pid}_${databases}`
  await onServer(server, `create database ${name}`)
  const url = server.replace(/\/postgres$/, `/${name}`)
  return { place: { kind, url }, remove: () => onServer(server, `drop database if exists ${name} with (force)`) }
}

/** Opens a new and empty store; `end` closes it and takes its data away. */
export async function newStore(kind: 'sqlite' | 'postgres'): Promise<{ store: Store; end: () => Promise<void> }> {
  const { place, remove } = await newPlace(kind)
  const store = await openStore(place)
  const end = async (): Promise<void> => {
    await store.close()
    await remove()
  }
  return { store, end }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
