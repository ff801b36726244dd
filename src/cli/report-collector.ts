import type { Proposal } from '../core/decide/policy.ts'
import type { Screened } from '../intake/block-screener.ts'
import type { OutputContext } from './outputs.ts'
import type { ReportRow, Summary } from './report-row.ts'

/** Rows kept of each proposal: a report shows what a person can read, and counts the rest. */
const keptPerProposal = 1000

/** Collects what a report shows, bounded whatever the length of the input. */
export function reportCollector({ knowledge, options, files }: OutputContext): {
  add: (file: string, screened: Screened) => void
  /** Proposals of which more rows are wanted. */
  wanted: () => readonly Proposal[]
  table: (look: { width: number; colour: boolean }) => Promise<string>
  html: () => Promise<string>
} {
  const { order } = knowledge.policy
  const start = performance.now()
  const kept = new Map<Proposal, ReportRow[]>(order.map((proposal) => [proposal, []]))
  const byDispatch: Record<string, Record<Proposal, number>> = {}
  const byProposal = Object.fromEntries(order.map((proposal) => [proposal, 0])) as Record<Proposal, number>
  let records = 0
  let unreadable = 0
  const summary = (): Summary => ({
    files,
    records,
    unreadable,
    byProposal,
    byDispatch,
    seconds: (performance.now() - start) / 1000,
    knowledge: knowledge.edition,
    engine: options.engine,
    on: options.on,
    destination: options.defaults.destination,
    places: Object.fromEntries(knowledge.places.codes.map((code, at) => [code, knowledge.places.names[at] ?? code])),
  })
  const rows = (): ReportRow[] => [...order].reverse().flatMap((proposal) => kept.get(proposal) ?? [])
  return {
    add: (file, screened) => {
      records += screened.records
      unreadable += screened.faults.length
      order.forEach((proposal, at) => {
        byProposal[proposal] += screened.byProposal[at] as number
      })
      for (const [from, counts] of screened.byDispatch) {
        byDispatch[from] ??= Object.fromEntries(order.map((one) => [one, 0])) as Record<Proposal, number>
        const own = byDispatch[from]
        order.forEach((proposal, at) => {
          own[proposal] += counts[at] as number
        })
      }
      for (const row of screened.rows) {
        const list = kept.get(row.answer.proposal) as ReportRow[]
        if (list.length < keptPerProposal) list.push({ ...row, file, line: row.answer.parcel.line })
      }
    },
    wanted: () => order.filter((proposal) => (kept.get(proposal)?.length ?? 0) < keptPerProposal),
    table: async (look) => {
      const { tableReport } = await import('./table.ts')
      return tableReport(rows(), summary(), { ...look, words: knowledge.words, limit: 200 })
    },
    html: async () => {
      const { htmlReport } = await import('../web/report/report.ts')
      return htmlReport(rows(), summary(), knowledge.words)
    },
  }
}
