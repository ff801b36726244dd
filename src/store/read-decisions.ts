import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Store } from './open-store.ts'
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

/** A store to be read from. */
type Reading = Pick<Store, 'db' | 'kind'>

type Numbers = SelectQueryBuilder<Tables, never, { seq: number }>

/**
 * The decisions after a number, the oldest first. Numbers are given in the order of commits and found by one statement, so that
 * reading on from the last never skips one and never repeats one, also while parcels are stored.
 *
 * No more than `limit` rows of each index are read, however many there are: a tenant's by the keys of `decisions` and the index of
 * persons' decisions, a partner's by the stretches of the log that answer its messages and the table of decisions that others led to.
 */
export async function readDecisions(store: Reading, asked: DecisionsAsked): Promise<readonly DecisionTold[]> {
  const { tenant, partner, limit } = asked
  const { db } = store
  const [some, others] = partner === null ? numbersOfTenant(db, asked) : numbersOfPartner(store, asked, partner)
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

function numbersOfPartner(store: Reading, asked: DecisionsAsked, partner: string): readonly [Numbers, Numbers] {
  const { tenant, after, limit } = asked
  const others = store.db
    .selectFrom('decisions_of_partners')
    .select('seq')
    .where('tenant', '=', tenant)
    .where('partner', '=', partner)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
  return [answeredTo(store, asked, partner), others as unknown as Numbers]
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

/**
 * Numbers of the decisions that answer messages of a partner. Its stretches lie one after the other and each holds at least one, so
 * that no more of them are read than decisions are asked for, and no more decisions of one.
 */
function answeredTo({ db, kind }: Reading, { tenant, after, limit }: DecisionsAsked, partner: string): Numbers {
  const stretches = db
    .selectFrom('stretches')
    .select(['first_seq', 'last_seq'])
    .where('tenant', '=', tenant)
    .where('partner', '=', partner)
    .where('last_seq', '>', after)
    .orderBy('last_seq')
    .limit(limit)
    .as('s')
  // One lower bound for the keys: with two, either may be looked up, and the wrong one reads from the cursor on for each stretch.
  const from = sql<number>`case when s.first_seq > ${after} then s.first_seq else ${after + 1} end`
  const until = sql<number>`s.last_seq`
  const within = db.selectFrom('decisions').select('seq').where('tenant', '=', tenant)
  const each = within.where('seq', '>=', from).where('seq', '<=', until).orderBy('seq').limit(limit)
  // PostgreSQL takes a stretch for a ninth of the table, and reads all of it unless it is told to look into each for so many.
  const found =
    kind === 'postgres'
      ? db.selectFrom(stretches).innerJoinLateral(each.as('d'), (join) => join.onTrue())
      : db
          .selectFrom(stretches)
          .innerJoin('decisions as d', (join) => join.on('d.tenant', '=', tenant).on('d.seq', '>=', from))
          .whereRef('d.seq', '<=', 's.last_seq')
  return found.select('d.seq').orderBy('s.last_seq').orderBy('d.seq').limit(limit) as unknown as Numbers
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
