import type { Kysely } from 'kysely'
import type { DecisionRow, Tables } from '../store/schema.ts'

/** Most decisions that are read at once. */
const pageSize = 200

/** Every decision of a tenant, in the order of their numbers. */
export async function* allDecisions(db: Kysely<Tables>, tenant: string): AsyncGenerator<DecisionRow> {
  let after = 0
  for (;;) {
    const page = await db
      .selectFrom('decisions')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageSize)
      .execute()
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.seq
  }
}

/**
 * Decisions drawn at random from a tenant, each once: the first at or after each of `count` random numbers, so that one behind a long
 * run of other events is drawn more often. `chance` gives numbers from 0 up to, but not, 1.
 */
export async function drawDecisions(
  db: Kysely<Tables>,
  tenant: string,
  { count, chance }: { readonly count: number; readonly chance: () => number },
): Promise<readonly DecisionRow[]> {
  const end = await db.selectFrom('chains').select('seq').where('tenant', '=', tenant).executeTakeFirst()
  const drawn = new Map<number, DecisionRow>()
  // What is drawn twice counts once: of a few decisions, not all may come up.
  for (let tries = 0; drawn.size < count && tries < count * 4; tries += 1) {
    const from = 1 + Math.floor(chance() * (end?.seq ?? 0))
    const row = await db
      .selectFrom('decisions')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('seq', '>=', from)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) drawn.set(row.seq, row)
  }
  return [...drawn.values()].sort((one, other) => one.seq - other.seq)
}
