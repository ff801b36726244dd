import { type Kysely, sql } from 'kysely'
import type { Tables } from './schema.ts'

/** Which scorecards are asked for. */
export interface ScorecardsAsked {
  readonly tenant: string
  readonly partner: string | null
  /** Days, both included. */
  readonly from: string
  readonly to: string
}

/** Counts of what a partner declared from a country of dispatch. */
export interface Scorecard {
  readonly partner: string
  readonly dispatch: string | null
  readonly received: number
  readonly amended: number
  readonly unreadable: number
  readonly vague: number
  readonly withoutHs: number
  readonly withoutOrigin: number
}

/** Counts over the days asked for, the most messages first. */
export async function readScorecards(db: Kysely<Tables>, asked: ScorecardsAsked): Promise<readonly Scorecard[]> {
  const { tenant, partner, from, to } = asked
  let query = db
    .selectFrom('scorecards')
    .where('tenant', '=', tenant)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy(['partner', 'dispatch'])
    .select(({ fn }) => [
      'partner',
      'dispatch',
      fn.sum<number>('received').as('received'),
      fn.sum<number>('amended').as('amended'),
      fn.sum<number>('unreadable').as('unreadable'),
      fn.sum<number>('vague').as('vague'),
      fn.sum<number>('without_hs').as('withoutHs'),
      fn.sum<number>('without_origin').as('withoutOrigin'),
    ])
  if (partner !== null) query = query.where('partner', '=', partner)
  const rows = await query.orderBy(sql`3`, 'desc').orderBy('partner').orderBy('dispatch').execute()
  return rows.map((row) => ({
    partner: row.partner,
    dispatch: row.dispatch === '' ? null : row.dispatch,
    received: Number(row.received),
    amended: Number(row.amended),
    unreadable: Number(row.unreadable),
    vague: Number(row.vague),
    withoutHs: Number(row.withoutHs),
    withoutOrigin: Number(row.withoutOrigin),
  }))
}
