import type { Tally } from '../intake/reception.ts'
import type { Metrics } from './metrics.ts'

/** Counts what became of a run of parcels. */
export function noteTally(metrics: Metrics, tally: Tally): void {
  metrics.parcelsTaken('received', tally.stored)
  metrics.parcelsTaken('known', tally.known)
  metrics.parcelsTaken('amended', tally.amended)
  metrics.parcelsTaken('unreadable', tally.unreadable)
  metrics.itemsScreened(tally.items)
  for (const [proposal, count] of tally.proposals)
    metrics.proposed(proposal as Parameters<Metrics['proposed']>[0], count)
}
