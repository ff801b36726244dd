import { type Kysely, sql } from 'kysely'
import type { BrokenLink, ChainEnd, Fault } from './broken-link.ts'
import { chainHash, firstHash, hexOf } from './chain.ts'
import { checkEnd, rowBeside } from './chain-end.ts'
import { type CoveredRows, faultOfRow, readCovered } from './covered-rows.ts'
import type { EventRow, Tables } from './schema.ts'

/** What came of walking a chain. */
export interface VerifiedChain {
  readonly tenant: string
  /** Events that hold, from the first on. */
  readonly events: number
  /** The last event that holds. */
  readonly end: ChainEnd
  readonly broken: BrokenLink | null
}

export interface Verifying {
  /** Ends that were kept elsewhere: the chain must have gone through each of them. */
  readonly expected?: readonly ChainEnd[]
  /** Told after each page: events that were verified since the time before. */
  readonly progress?: (events: number) => void
}

/** Most events that are read at once. */
const pageSize = 1000

/** Every tenant that has a chain, an event, a message or a decision, in order of their names. */
export async function tenantsWithChains(db: Kysely<Tables>): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const table of ['chains', 'events', 'messages', 'decisions'] as const) {
    let next = await tenantAfter(db, table, '')
    while (next !== undefined) {
      found.add(next)
      next = await tenantAfter(db, table, next)
    }
  }
  return [...found].sort()
}

/** The next name in a table, by its key: not every row is read. */
async function tenantAfter(
  db: Kysely<Tables>,
  table: 'chains' | 'events' | 'messages' | 'decisions',
  tenant: string,
): Promise<string | undefined> {
  const query = db.selectFrom(table).select('tenant').where('tenant', '>', tenant).orderBy('tenant').limit(1)
  return (await query.executeTakeFirst())?.tenant
}

/** Where a walk stands. */
interface Walk {
  readonly tenant: string
  seq: number
  hash: Uint8Array
  readonly expected: readonly ChainEnd[]
}

/**
 * Walks the chain of a tenant from its first event to its end: numbers without a gap, every hash, the message or decision behind
 * every event that speaks of one, no message or decision beside them, and the end that the store keeps. Stops at the first link
 * that does not hold. Events that a running service adds meanwhile are verified as well.
 */
export async function verifyChain(
  db: Kysely<Tables>,
  tenant: string,
  { expected = [], progress = () => {} }: Verifying = {},
): Promise<VerifiedChain> {
  const walk: Walk = { tenant, seq: 0, hash: firstHash, expected }
  const told = (broken: BrokenLink | null): VerifiedChain => {
    return { tenant, events: walk.seq, end: { seq: walk.seq, hash: hexOf(walk.hash) }, broken }
  }
  const before = await rowBeside(db, tenant, { after: null, to: 0 })
  if (before !== null) return told(before)
  for (let page = readPage(db, tenant, 0); ; ) {
    const { events, fault } = await page
    const start = walk.seq
    const last = events.at(-1)?.seq
    // The next page is read while this one is hashed.
    page = readPage(db, tenant, last ?? start)
    page.catch(() => {})
    if (last !== undefined) {
      const covered = await readCovered(db, tenant, { after: start, to: last })
      const broken = firstBroken(events, covered, walk)
      progress(walk.seq - start)
      if (broken !== null) return told(broken)
    }
    if (fault !== null) return told({ seq: walk.seq + 1, kind: null, parcel: null, fault: 'unreadable', detail: fault })
    if (last !== undefined) continue
    const end = await checkEnd(db, walk)
    if (end !== 'more') return told(end)
  }
}

interface Page {
  readonly events: readonly EventRow[]
  /** Why what comes after these events could not be read. */
  readonly fault: string | null
}

/** The next events. Where a row cannot be read, those before it; a store that cannot be reached at all throws. */
async function readPage(db: Kysely<Tables>, tenant: string, after: number): Promise<Page> {
  const query = db.selectFrom('events').selectAll().where('tenant', '=', tenant).orderBy('seq')
  try {
    return { events: await query.where('seq', '>', after).limit(pageSize).execute(), fault: null }
  } catch {
    await sql`select 1`.execute(db)
  }
  const events: EventRow[] = []
  try {
    while (events.length < pageSize) {
      const row = await query
        .where('seq', '>', events.at(-1)?.seq ?? after)
        .limit(1)
        .executeTakeFirst()
      if (row === undefined) break
      events.push(row)
    }
    return { events, fault: null }
  } catch (error) {
    return { events, fault: error instanceof Error ? error.message : String(error) }
  }
}

function firstBroken(events: readonly EventRow[], covered: CoveredRows, walk: Walk): BrokenLink | null {
  for (const event of events) {
    const fault = faultOfEvent(event, walk) ?? faultOfRow(event, covered)
    if (fault !== null) return { seq: event.seq, kind: event.kind, parcel: event.parcel, ...fault }
    walk.seq = event.seq
    walk.hash = event.hash
  }
  return null
}

function faultOfEvent(event: EventRow, { tenant, seq, hash, expected }: Walk): Fault | null {
  if (event.seq !== seq + 1) {
    const missing = event.seq === seq + 2 ? `event ${seq + 1} is` : `events ${seq + 1} to ${event.seq - 1} are`
    return { fault: 'gap', detail: `${missing} missing` }
  }
  const right = chainHash(hash, tenant, event.seq, event)
  // A changed column can also bring another kind of value than bytes.
  const stands: unknown = event.hash
  if (!(stands instanceof Uint8Array) || Buffer.compare(right, stands) !== 0)
    return { fault: 'hash', detail: `what stands there makes ${hexOf(right)}` }
  const kept = expected.find((end) => end.seq === event.seq && end.hash !== hexOf(right))
  if (kept === undefined) return null
  return { fault: 'rewritten', detail: `${hexOf(right)} stands where ${kept.hash} was kept` }
}
