import type { Proposal } from '../core/decide/policy.ts'
import type { Screened } from '../intake/block-screener.ts'

/** A line on the terminal that tells how a long screening goes; nothing when standard error is no terminal. */
export function progress(
  size: number | null,
  order: readonly Proposal[],
): { add: (screened: Screened, bytes: number) => void; end: () => void } {
  const terminal = process.stderr.isTTY === true
  const start = performance.now()
  const counts = order.map(() => 0)
  let items = 0
  let done = 0
  let drawn = 0
  const draw = (): void => {
    const seconds = Math.max((performance.now() - start) / 1000, 0.001)
    const parts = order.flatMap((proposal, at) => ((counts[at] as number) > 0 ? [`${proposal} ${counts[at]}`] : []))
    const left = size === null || done === 0 ? '' : `, ${timeLeft((seconds / done) * Math.max(size - done, 0))} left`
    process.stderr.write(
      `\r\u001b[K${items} items, ${Math.round(items / seconds)}/s${left} · ${parts.join(' · ')}`.slice(
        0,
        (process.stderr.columns || 80) + 3,
      ),
    )
  }
  return {
    add: (screened, bytes) => {
      screened.byProposal.forEach((count, at) => {
        counts[at] = (counts[at] as number) + count
      })
      items += screened.items
      done += bytes
      const now = performance.now()
      if (terminal && now - start > 500 && now - drawn > 200) {
        drawn = now
        draw()
      }
    },
    end: () => {
      if (drawn > 0) process.stderr.write('\r\u001b[K')
    },
  }
}

function timeLeft(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
