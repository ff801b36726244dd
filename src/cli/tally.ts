import type { Proposal } from '../core/decide/policy.ts'
import type { Counts, Summary } from './report-row.ts'
import { strictestFirst } from './speak.ts'

/** A country of dispatch, or the others together, with its counts. */
export interface PlaceCounts {
  /** The code; null for the others. */
  readonly code: string | null
  /** How many places it stands for. */
  readonly places: number
  readonly counts: Counts
}

/** Countries of dispatch, those with most parcels to act on first; those beyond `most` as one. */
export function placesRanked({ byDispatch }: Summary, most: number): PlaceCounts[] {
  const all = Object.entries(byDispatch).map(([code, counts]) => ({ code, places: 1, counts }))
  const ranked = all.sort(
    (one, other) =>
      toActOn(other.counts) - toActOn(one.counts) ||
      total(other.counts) - total(one.counts) ||
      (one.code < other.code ? -1 : 1),
  )
  if (ranked.length <= most) return ranked
  const rest = ranked.slice(most - 1)
  return [...ranked.slice(0, most - 1), { code: null, places: rest.length, counts: together(rest) }]
}

/** All parcels of some counts. */
export function total(counts: Counts): number {
  return strictestFirst.reduce((sum, proposal) => sum + counts[proposal], 0)
}

/** Parcels of some counts that something is to be done about. */
export function toActOn(counts: Counts): number {
  return total(counts) - counts['no-objection']
}

function together(all: readonly PlaceCounts[]): Counts {
  const sum = (proposal: Proposal): number => all.reduce((most, { counts }) => most + counts[proposal], 0)
  return Object.fromEntries(strictestFirst.map((proposal) => [proposal, sum(proposal)])) as Record<Proposal, number>
}
