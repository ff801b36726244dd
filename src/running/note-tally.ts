import type { Tally } from '../intake/reception.ts'
import type { Metrics } from './metrics.ts'

/** Makes the function that adds what became of records to the numbers of the service. */
export function noteTally(metrics: Metrics): (tally: Tally) => void {
  return ({ stored, known, amended, unreadable, items, proposals }) => {
    metrics.parcelsTaken('received', stored)
    metrics.parcelsTaken('known', known)
    metrics.parcelsTaken('amended', amended)
    metrics.parcelsTaken('unreadable', unreadable)
    metrics.itemsScreened(items)
    for (const [proposal, count] of proposals) metrics.proposed(proposal as Parameters<Metrics['proposed']>[0], count)
  }
}
