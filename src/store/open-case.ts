import type { ActPolicy } from '../core/act/case/act-policy.ts'
import { foldCase, newCase } from '../core/act/case/case.ts'
import { nextDue } from '../core/act/case/due.ts'
import type { OpenedWithoutData } from '../core/act/case/event.ts'
import { appendEvents } from './append.ts'
import type { Store } from './open-store.ts'
import { findParcel } from './read-case.ts'

/** A case that begins without a message. */
export interface NewCase {
  readonly tenant: string
  readonly at: string
  readonly actor: string
  readonly body: OpenedWithoutData
  /** As answers call the parcel. */
  readonly identifier: string
  /** Every name by which a message may speak of it, as `s10:CP204816355TH`. */
  readonly keys: readonly string[]
  readonly destination: string
  readonly policy: ActPolicy
}

/** Opens a case, or finds the parcel that has one of its names already; tells its number, and whether it was opened now. */
export function openCase(
  store: Store,
  { tenant, at, actor, body, identifier, keys, destination, policy }: NewCase,
): Promise<{ readonly parcel: number; readonly opened: boolean }> {
  return store.db.transaction().execute(async (db) => {
    // The chain is locked first, as by whoever stores messages: of two who open a case by one name, the second finds it.
    const end = await appendEvents(db, store.kind, tenant, [])
    const known = await findParcel(db, tenant, keys)
    if (known !== null) return { parcel: known, opened: false }
    const parcel = end + 1
    const { kind, ...rest } = body
    const state = foldCase([{ seq: parcel, at, actor, body }], newCase(policy.order))
    await db
      .insertInto('parcels')
      .values({
        ...{ tenant, parcel, identifier, destination, created_at: at, updated_at: at },
        ...{ last_seq: parcel, decision: 0, proposal: '', status: state.status, stage: state.stage, dispatch: '' },
        due_at: nextDue(state, policy),
      })
      .execute()
    await appendEvents(db, store.kind, tenant, [{ parcel, kind, at, actor, body: JSON.stringify(rest) }])
    await db
      .insertInto('identifiers')
      .values(keys.map((key) => ({ tenant, key, parcel })))
      .execute()
    return { parcel, opened: true }
  })
}
