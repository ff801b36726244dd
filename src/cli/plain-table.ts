import { displayWidth, wrapped } from './display-width.ts'

/** Widest that a column is set, in columns of a terminal; what is longer goes on below. */
const widest = 48

/** A table for a terminal: a head, a rule, and rows whose long cells are wrapped. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.min(widest, Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at] ?? '')))),
  )
  const lines = (cells: readonly string[]): string[] => {
    const columns = cells.map((text, at) => wrapped(text, widths[at] as number))
    const height = Math.max(1, ...columns.map(({ length }) => length))
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, at) => {
          const text = column[line] ?? ''
          return text + ' '.repeat(Math.max(0, (widths[at] as number) - displayWidth(text)))
        })
        .join('  ')
        .trimEnd(),
    )
  }
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [...lines(head), rule, ...rows.flatMap(lines)].join('\n')
}
