import type { Kysely } from 'kysely'
import type { BrokenLink, ChainEnd, LinkFault } from './broken-link.ts'
import type { Tables } from './schema.ts'

/** Where a walk over all events of a tenant came to, and what it was to come through. */
interface Walked {
  readonly tenant: string
  readonly seq: number
  readonly hash: Uint8Array
  readonly expected: readonly ChainEnd[]
}

/**
 * Compares where a walk came to with the end that the store keeps and with ends that were kept elsewhere; `more` where events were
 * added since. Ends that the walk came through were compared on the way.
 */
export async function checkEnd(db: Kysely<Tables>, walked: Walked): Promise<BrokenLink | null | 'more'> {
  const { tenant, seq, hash, expected } = walked
  const end = await db.selectFrom('chains').selectAll().where('tenant', '=', tenant).executeTakeFirst()
  if (end === undefined) {
    if (seq > 0) return link('end-changed', seq, 'the store keeps no end of this chain')
  } else if (end.seq > seq) {
    const next = db.selectFrom('events').select('seq').where('tenant', '=', tenant).where('seq', '>', seq).limit(1)
    if ((await next.executeTakeFirst()) !== undefined) return 'more'
    return link('end-cut-off', seq + 1, `the chain went up to ${end.seq}`)
  } else if (end.seq < seq) return link('end-changed', end.seq, `events follow it, up to ${seq}`)
  else if (Buffer.compare(hash, bytesOf(end.hash)) !== 0)
    return link('end-changed', seq, 'the store keeps another hash of it')
  const lost = expected.filter((one) => one.seq > seq).map((one) => one.seq)
  if (lost.length > 0) return link('end-cut-off', seq + 1, `the chain went up to ${Math.max(...lost)} at least`)
  return rowBeside(db, tenant, { after: seq, to: null })
}

function link(fault: LinkFault, seq: number, detail: string): BrokenLink {
  return { seq, kind: null, parcel: null, fault, detail }
}

/** A changed column can also bring another kind of value than bytes. */
function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array()
}

/** A message or decision whose number is outside of those that events have. */
export async function rowBeside(
  db: Kysely<Tables>,
  tenant: string,
  { after, to }: { readonly after: number | null; readonly to: number | null },
): Promise<BrokenLink | null> {
  for (const table of ['messages', 'decisions'] as const) {
    let query = db.selectFrom(table).select(['seq', 'parcel']).where('tenant', '=', tenant).orderBy('seq').limit(1)
    if (after !== null) query = query.where('seq', '>', after)
    if (to !== null) query = query.where('seq', '<=', to)
    const row = await query.executeTakeFirst()
    if (row === undefined) continue
    // What a running service stored meanwhile has its event by now.
    const event = db.selectFrom('events').select('seq').where('tenant', '=', tenant).where('seq', '=', row.seq)
    if ((await event.executeTakeFirst()) !== undefined) continue
    return { ...link('row-without-event', row.seq, `in ${table}`), parcel: row.parcel }
  }
  return null
}
