/** What is wrong with the knowledge: where, and a sentence that says what to do. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly sentence: string
}

/** A place in a file that a fault can point at. */
export interface Spot {
  readonly file: string
  readonly line: number
}

/** Adds a fault at a spot. */
export function tell(faults: Fault[], { file, line }: Spot, sentence: string): void {
  faults.push({ file, line, sentence })
}

/** Faults in the order of files and lines, one a line, as `file:line: sentence`. */
export function faultLines(faults: readonly Fault[]): string[] {
  const sorted = [...faults].sort((one, other) =>
    one.file === other.file ? one.line - other.line : one.file < other.file ? -1 : 1,
  )
  return [...new Set(sorted.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`))]
}

/** Knowledge with faults is not compiled; the message names them all. */
export class KnowledgeError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    const lines = faultLines(faults)
    super(`${lines.join('\n')}\n${lines.length} ${lines.length === 1 ? 'fault' : 'faults'} in the knowledge.`)
    this.faults = faults
  }
}

/** " Did you mean …?" when a known word is near, else nothing. */
export function suggestion(word: string, known: Iterable<string>): string {
  let best = ''
  let least = Math.min(3, Math.ceil(word.length / 3)) + 1
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue
    const apart = distance(word.toLowerCase(), one.toLowerCase())
    if (apart < least) [best, least] = [one, apart]
  }
  return best === '' ? '' : ` Did you mean "${best}"?`
}

/** Letters to insert, drop or replace between two words. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at]
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] as number) + (one[at - 1] === other[to - 1] ? 0 : 1)
      next.push(Math.min(change, (row[to] as number) + 1, (next[to - 1] as number) + 1))
    }
    row = next
  }
  return row[other.length] as number
}
