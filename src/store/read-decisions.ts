import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import { personsDecisions } from './persons-decisions.ts'
import type { Tables } from './schema.ts'

/** Which decisions are asked for. */
export interface DecisionsAsked {
  readonly tenant: string
  /** Only those on parcels that this partner spoke of; null for all. */
  readonly partner: string | null
  /** Number of the last decision that is known already; 0 begins at the beginning. */
  readonly after: number
  readonly limit: number
}

/** A decision as it was told: what the machine proposed, or what a person decided. */
export interface DecisionTold {
  readonly seq: number
  readonly parcel: number
  readonly kind: string
  readonly at: string
  readonly actor: string
  /** The answer to the partner as JSON; null for a person's decision. */
  readonly answer: string | null
  /** Body of the event as JSON. */
  readonly body: string
}

type Numbers = SelectQueryBuilder<Tables, never, { seq: number }>

/**
 * The decisions after a number, the oldest first. Numbers are given in the order of commits and found by one statement, so that
 * reading on from the last never skips one and never repeats one, also while parcels are stored.
 *
 * No more than `limit` rows of each index are read, however many there are: a tenant's by the keys of `decisions` and the index of
 * persons' decisions, a partner's by the stretches of the log that answer its messages and the table of decisions that others led to.
 */
export async function readDecisions(db: Kysely<Tables>, asked: DecisionsAsked): Promise<readonly DecisionTold[]> {
  const { tenant, partner, limit } = asked
  const [some, others] = partner === null ? numbersOfTenant(db, asked) : numbersOfPartner(db, asked, partner)
  const seqs = await db
    .selectFrom(
      sql<{ seq: number }>`(select seq from (${some}) as own union all select seq from (${others}) as rest)`.as(
        'found',
      ),
    )
    .select('found.seq')
    .orderBy('found.seq')
    .limit(limit)
    .execute()
  if (seqs.length === 0) return []
  return readAll(
    db,
    tenant,
    seqs.map(({ seq }) => seq),
  )
}

function numbersOfTenant(db: Kysely<Tables>, { tenant, after, limit }: DecisionsAsked): readonly [Numbers, Numbers] {
  const proposed = db
    .selectFrom('decisions')
    .select('seq')
    .where('tenant', '=', tenant)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
  const decided = db
    .selectFrom('events')
    .select('seq')
    .where('tenant', '=', tenant)
    .where(kindOfPersons)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
  return [proposed as unknown as Numbers, decided as unknown as Numbers]
}

/** As the index has it: with values in place of parameters it would not be found. */
const kindOfPersons = sql<boolean>`kind in (${sql.join(personsDecisions.map((kind) => sql.lit(kind)))})`

function numbersOfPartner(
  db: Kysely<Tables>,
  { tenant, after, limit }: DecisionsAsked,
  partner: string,
): readonly [Numbers, Numbers] {
  const answered = db
    .selectFrom('stretches as s')
    .innerJoin('decisions as d', (join) =>
      join.onRef('d.tenant', '=', 's.tenant').onRef('d.seq', '>=', 's.first_seq').onRef('d.seq', '<=', 's.last_seq'),
    )
    .select('d.seq')
    .where('s.tenant', '=', tenant)
    .where('s.partner', '=', partner)
    .where('s.last_seq', '>', after)
    .where('d.seq', '>', after)
    // Stretches lie one after the other: this is the order of the numbers, and is read off the keys.
    .orderBy('s.last_seq')
    .orderBy('d.seq')
    .limit(limit)
  const others = db
    .selectFrom('decisions_of_partners')
    .select('seq')
    .where('tenant', '=', tenant)
    .where('partner', '=', partner)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
  return [answered as unknown as Numbers, others as unknown as Numbers]
}

/** Where parcels go, by their number. */
export async function readDestinations(
  db: Kysely<Tables>,
  tenant: string,
  parcels: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('parcels')
    .select(['parcel', 'destination'])
    .where('tenant', '=', tenant)
    .where('parcel', 'in', parcels)
    .execute()
  return new Map(rows.map(({ parcel, destination }) => [parcel, destination]))
}

/** Events and answers never change: they may be read after their numbers. */
async function readAll(db: Kysely<Tables>, tenant: string, seqs: readonly number[]): Promise<readonly DecisionTold[]> {
  return (
    db
      .selectFrom('events')
      .leftJoin('decisions', (join) =>
        join.onRef('decisions.tenant', '=', 'events.tenant').onRef('decisions.seq', '=', 'events.seq'),
      )
      .select([
        'events.seq',
        'events.parcel',
        'events.kind',
        'events.at',
        'events.actor',
        'events.body',
        'decisions.answer',
      ])
      .where('events.tenant', '=', tenant)
      .where('events.seq', 'in', seqs)
      // Numbers that stand close together are read as one stretch.
      .where('events.seq', '>=', seqs[0] ?? 0)
      .where('events.seq', '<=', seqs.at(-1) ?? 0)
      .orderBy('events.seq')
      .execute()
  )
}
