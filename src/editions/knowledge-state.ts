import { sql } from 'kysely'
import type { Store } from '../store/open-store.ts'
import { type CurrentEdition, currentEdition } from './current-edition.ts'
import type { EditionKey } from './edition-parts.ts'
import { type Rescreening, readRescreening } from './rescreening.ts'

/** The editions of a store, which one counts, and how far open parcels were screened again. */
export interface KnowledgeState {
  readonly current: CurrentEdition | null
  /** Kept editions, the newest first. */
  readonly kept: readonly (EditionKey & { readonly at: string; readonly bytes: number })[]
  readonly rescreening: Omit<Rescreening, 'by' | 'until' | 'tenant' | 'parcel'> | null
}

/** What the store tells of its knowledge. */
export async function readKnowledgeState({ db }: Pick<Store, 'db'>): Promise<KnowledgeState> {
  const [current, rescreening, rows] = await Promise.all([
    currentEdition(db),
    readRescreening(db),
    db.selectFrom('editions').selectAll().orderBy('kept_at', 'desc').limit(100).execute(),
  ])
  const kept = rows.map(({ edition, engine, kept_at: at, parts }) => {
    const sizes = (JSON.parse(parts) as readonly { readonly bytes: number }[]).map(({ bytes }) => bytes)
    return { edition, engine, at, bytes: sizes.reduce((sum, one) => sum + one, 0) }
  })
  if (rescreening === null) return { current, kept, rescreening: null }
  const { edition, engine, begun, ended, screened, changed } = rescreening
  return { current, kept, rescreening: { edition, engine, begun, ended, screened, changed } }
}

/** Which changed parcels are asked for. */
export interface ChangedAsked {
  readonly tenant: string
  /** As decisions name it. */
  readonly edition: string
  /** Only those that go to one of these; null for all. */
  readonly places: readonly string[] | null
  /** Number of the last decision of the page before. */
  readonly after: number
  readonly limit: number
}

/** A parcel whose answer an edition changed. */
export interface ChangedParcel {
  readonly seq: number
  readonly parcel: number
  readonly identifier: string
  readonly proposal: string
  /** Where it goes, for whoever may see some places only. */
  readonly destination: string
}

/** The parcels of a tenant that got another answer by an edition, in the order of those decisions, after one of them. */
export async function readChangedParcels(
  { db }: Pick<Store, 'db'>,
  { tenant, edition, places, after, limit }: ChangedAsked,
): Promise<readonly ChangedParcel[]> {
  const query = db
    .selectFrom('decisions')
    .innerJoin('parcels', (join) =>
      join.onRef('parcels.tenant', '=', 'decisions.tenant').onRef('parcels.parcel', '=', 'decisions.parcel'),
    )
    .select(['decisions.seq', 'decisions.parcel', 'identifier', 'decisions.proposal', 'destination'])
    .where('decisions.tenant', '=', tenant)
    .where('decisions.edition', '=', edition)
    .where('decisions.cause', '=', sql.lit('edition'))
    .where('decisions.seq', '>', after)
    .orderBy('decisions.seq')
    .limit(limit)
  if (places === null) return query.execute()
  return query.where('destination', 'in', places.length === 0 ? [''] : [...places]).execute()
}
