import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { makeParcels } from './migrations/001-parcels.ts'
import { makeSignIn } from './migrations/002-sign-in.ts'
import { makeDeliveries } from './migrations/010-deliveries.ts'
import { makeReceipts } from './migrations/020-receipts.ts'
import { makeEditions } from './migrations/030-editions.ts'
import type { Step, StoreKind } from './migrations/table.ts'
import type { Tables } from './schema.ts'

/** Every step there is, by name, in the order of their names. A new step goes to the end. */
const steps: Readonly<Record<string, Step>> = {
  '001-parcels': makeParcels,
  '002-sign-in': makeSignIn,
  '010-deliveries': makeDeliveries,
  '020-receipts': makeReceipts,
  '030-editions': makeEditions,
}

/** Brings the tables up to date, forward only, and tells the steps that were taken. Throws with the step that failed: then nothing of it was done. */
export async function migrate(db: Kysely<Tables>, kind: StoreKind): Promise<readonly string[]> {
  const migrations = Object.entries(steps).map(([name, step]) => [
    name,
    { up: (then: Parameters<Step>[0]) => step(then, kind) },
  ])
  const provider = { getMigrations: async () => Object.fromEntries(migrations) }
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'the list of steps taken'
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The store could not be brought up to date at ${failed}: ${reason}`, { cause: error })
  }
  return (results ?? []).map(({ migrationName }) => migrationName)
}

/** Whether every step of this version was taken, and none of a later one. */
export async function isUpToDate(db: Kysely<Tables>): Promise<boolean> {
  const provider = { getMigrations: async () => Object.fromEntries(Object.keys(steps).map((name) => [name, nothing])) }
  const taken = await new Migrator({ db, provider }).getMigrations()
  return taken.every(({ executedAt }) => executedAt !== undefined)
}

const nothing = { up: async () => {} }
