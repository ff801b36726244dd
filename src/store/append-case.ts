import type { ActPolicy } from '../core/act/case/act-policy.ts'
import { addEvent } from '../core/act/case/add-event.ts'
import { type Case, foldCase, newCase } from '../core/act/case/case.ts'
import { nextDue } from '../core/act/case/due.ts'
import type { CaseEvent, EventBody, EventDraft } from '../core/act/case/event.ts'
import type { Following } from '../core/act/case/following.ts'
import { mayFollow } from '../core/act/case/may-follow.ts'
import { appendEvents } from './append.ts'
import type { Store } from './open-store.ts'
import { readCase } from './read-case.ts'
import type { StoredEvent } from './record.ts'

/** An event that may not follow in a case; nothing was stored. */
export class CaseFault extends Error {
  override readonly name = 'CaseFault'
  readonly following: Following

  constructor(following: Following) {
    super(`It may not follow: ${following.why}`)
    this.following = following
  }
}

/** A parcel of a tenant, and the policy that its case is folded by. */
export interface CasePlace {
  readonly tenant: string
  readonly parcel: number
  readonly policy: ActPolicy
}

/** A case after events were added. */
export interface Appended {
  readonly state: Case
  /** Numbers of the events, in order. */
  readonly seqs: readonly number[]
  /** What is to be told of events that were kept all the same. */
  readonly told: readonly Following[]
}

/** An event of the store as the case folds it. */
export function caseEvent({ seq, at, actor, kind, body }: StoredEvent): CaseEvent {
  return { seq, at, actor, body: { kind, ...(JSON.parse(body) as object) } as EventBody }
}

/** Most times that events are made anew because others wrote to the case meanwhile. */
const mostTries = 20

/**
 * Adds events to a case: `make` tells them from the case as it stands, and is asked again where others wrote meanwhile. Each must be
 * one that may follow. Null where there is no such parcel. Throws CaseFault.
 */
export async function appendToCase(
  store: Store,
  place: CasePlace,
  make: (state: Case) => readonly EventDraft[],
): Promise<Appended | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await readCase(store.db, place.tenant, place.parcel)
    if (stored === null) return null
    const before = foldCase(stored.events.map(caseEvent), newCase(place.policy.order))
    const added = follow(before, make(before))
    if (added.drafts.length === 0) return { state: before, seqs: [], told: [] }
    const last = await storeDrafts(store, place, added, stored.parcel.last_seq)
    if (last === null) continue
    const seqs = added.drafts.map((_, at) => last - added.drafts.length + 1 + at)
    return { state: added.state, seqs, told: added.told }
  }
  throw new Error('Others write to this case all the time: try again.')
}

interface Added {
  readonly state: Case
  readonly drafts: readonly EventDraft[]
  readonly told: readonly Following[]
}

function follow(before: Case, drafts: readonly EventDraft[]): Added {
  let state = before
  const told: Following[] = []
  for (const draft of drafts) {
    const following = mayFollow(state, draft)
    if (!following.allowed) throw new CaseFault(following)
    told.push(following)
    // The number is only known when it is stored; until then the next one stands for it.
    state = addEvent(state, { ...draft, seq: state.lastSeq + 1 })
  }
  return { state, drafts, told }
}

/** Stores the events where nobody wrote to the case since; the number of the last, or null. */
function storeDrafts(
  store: Store,
  { tenant, parcel, policy }: CasePlace,
  added: Added,
  since: number,
): Promise<number | null> {
  return store.db.transaction().execute(async (db) => {
    const events = added.drafts.map(({ at, actor, body: { kind, ...body } }) => ({
      parcel,
      kind,
      at,
      actor,
      body: JSON.stringify(body),
    }))
    const stands = db.selectFrom('parcels').select('last_seq').where('tenant', '=', tenant).where('parcel', '=', parcel)
    const locked = store.kind === 'postgres' ? stands.forUpdate() : stands
    if ((await locked.executeTakeFirstOrThrow()).last_seq !== since) return null
    const last = await appendEvents(db, store.kind, tenant, events)
    await db
      .updateTable('parcels')
      .set({
        status: added.state.status,
        due_at: nextDue(added.state, policy),
        updated_at: added.drafts.at(-1)?.at ?? '',
      })
      .where('tenant', '=', tenant)
      .where('parcel', '=', parcel)
      .execute()
    return last
  })
}
