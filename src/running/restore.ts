import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openStore, type Store, type StorePlace } from '../store/open-store.ts'
import { tenantsWithChains, verifyChain } from '../store/verify-chain.ts'
import { BackupFault } from './backup-fault.ts'
import { messageOf, openBackup, stepsIn, syncFile, tablesIn } from './backup-file.ts'
import { copyToPostgres } from './copy-postgres.ts'
import { emptyOrReplaceable, setAside } from './restore-place.ts'

export interface Restoring {
  readonly file: string
  /** Where it goes. */
  readonly place: StorePlace
  /** A folder that may be written, with room for a copy of the backup. */
  readonly folder: string
  /** Whether a store that holds something may be replaced. */
  readonly replace: boolean
}

/** A backup that was put back, or was found to hold. */
export interface Restored {
  readonly events: number
  readonly tenants: number
  /** Where the store lies that was there before; null where there was none, or it was emptied. */
  readonly aside: string | null
}

/**
 * Puts a backup in the place of a store that is empty or not there; `replace` lets it take the place of one that holds something,
 * while no service runs on it. The chain of every tenant is verified before anything is touched, and again in its new place. An
 * older backup is brought up to date on its way. Throws BackupFault: then what was there is as it was, except as its message says.
 */
export async function restore({ file, place, folder, replace }: Restoring): Promise<Restored> {
  await emptyOrReplaceable(place, replace)
  return withCopy(file, folder, async (copy) => {
    await verifiedStore({ kind: 'sqlite', file: copy }, file)
    const aside = place.kind === 'sqlite' ? putFile(copy, place.file) : await fillPostgres(copy, place.url, replace)
    const there = await verifiedStore(place, 'The restored store')
    return { ...there, aside }
  })
}

/** Tells what a backup holds once its chains were verified, and restores nothing. */
export async function checkBackup(file: string, folder: string): Promise<Omit<Restored, 'aside'>> {
  return withCopy(file, folder, (copy) => verifiedStore({ kind: 'sqlite', file: copy }, file))
}

/** Works on a copy, since a backup that is brought up to date would be another one. */
async function withCopy<T>(file: string, folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  if (!existsSync(file)) throw new BackupFault(`There is no file ${file}.`)
  openBackup(file).close()
  let own: string | null = null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    own = mkdtempSync(path.join(folder, 'restoring-'))
    const copy = path.join(own, 'greenlane.db')
    copyFileSync(file, copy)
    chmodSync(copy, 0o600)
    return await work(copy)
  } catch (error) {
    if (error instanceof BackupFault) throw error
    throw new BackupFault(`The backup could not be restored: ${messageOf(error)}.`, { cause: error })
  } finally {
    if (own !== null) rmSync(own, { recursive: true, force: true })
  }
}

/** Opens a store, which brings it up to date, and verifies the chain of every tenant. */
async function verifiedStore(place: StorePlace, what: string): Promise<Omit<Restored, 'aside'>> {
  const store = await openStore(place)
  try {
    return await verifyAll(store, what)
  } finally {
    await store.close()
  }
}

async function verifyAll({ db }: Store, what: string): Promise<Omit<Restored, 'aside'>> {
  const tenants = await tenantsWithChains(db)
  let events = 0
  for (const tenant of tenants) {
    const chain = await verifyChain(db, tenant)
    if (chain.broken !== null) {
      const { seq, fault } = chain.broken
      throw new BackupFault(
        `${what} does not hold: the chain of tenant ${tenant} breaks at event ${seq} (${fault}). Use another backup.`,
      )
    }
    events += chain.events
  }
  return { events, tenants: tenants.length }
}

function putFile(copy: string, to: string): string | null {
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 })
  const aside = setAside(to)
  syncFile(copy)
  renameSync(copy, to)
  syncFile(to)
  return aside
}

async function fillPostgres(copy: string, url: string, replace: boolean): Promise<null> {
  await (await openStore({ kind: 'postgres', url })).close()
  const database = new DatabaseSync(copy, { readOnly: true })
  try {
    await copyToPostgres(database, url, { tables: tablesIn(database), steps: stepsIn(database), replace })
    return null
  } finally {
    database.close()
  }
}
