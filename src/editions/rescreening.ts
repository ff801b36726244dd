import type { Kysely } from 'kysely'
import type { Tables } from '../store/schema.ts'

/** How far the open parcels of a store were screened again by an edition. One row of the settings holds it, as JSON. */
export interface Rescreening {
  /** As decisions name it. */
  readonly edition: string
  readonly engine: string
  readonly begun: string
  /** When all were done, or null. */
  readonly ended: string | null
  /** The last parcel that was looked at. */
  readonly tenant: string
  readonly parcel: number
  /** Parcels that were looked at, and those that got another answer. */
  readonly screened: number
  readonly changed: number
  /** Which process does it, and until when it is taken to be alive. */
  readonly by: string
  readonly until: string
}

const setting = 'rescreening'

/** How far it went, or null where it was never begun. */
export async function readRescreening(db: Kysely<Tables>): Promise<Rescreening | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', setting).executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as Rescreening)
}

/** Notes how far it went; false where another process wrote it since `before` was read. */
export async function noteRescreening(
  db: Kysely<Tables>,
  before: Rescreening | null,
  next: Rescreening,
): Promise<boolean> {
  const value = JSON.stringify(next)
  if (before === null) {
    const made = await db
      .insertInto('settings')
      .values({ name: setting, value })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return Number(made.numInsertedOrUpdatedRows ?? 0) === 1
  }
  const moved = await db
    .updateTable('settings')
    .set({ value })
    .where('name', '=', setting)
    .where('value', '=', JSON.stringify(before))
    .executeTakeFirst()
  return Number(moved.numUpdatedRows) === 1
}
