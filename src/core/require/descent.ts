import type { Taxa } from '../parcel/taxa.ts'

/** Lines of descent, worked out once for each taxon. */
export interface Descent {
  readonly taxa: Taxa
  readonly lines: (readonly number[] | undefined)[]
  readonly otherLines: (readonly number[] | undefined)[]
}

/** Makes room for the lines of all taxa. */
export function descent(taxa: Taxa): Descent {
  // Room for all taxa from the start: numbers of imported ones are high, and a list that grows to them late would be slow.
  const size = taxa.names.length
  return { taxa, lines: new Array(size), otherLines: new Array(size) }
}

/** The taxon and all above it. */
export function lineOf(from: Descent, taxon: number): readonly number[] {
  const known = from.lines[taxon]
  if (known !== undefined) return known
  const line: number[] = []
  for (let at = taxon; at >= 0 && line.length < 32; at = from.taxa.parents[at] ?? -1) line.push(at)
  from.lines[taxon] = line
  return line
}

/** What it stands under by other authors. */
export function otherLineOf(from: Descent, taxon: number): readonly number[] {
  const known = from.otherLines[taxon]
  if (known !== undefined) return known
  const line: number[] = []
  for (const at of lineOf(from, taxon))
    for (const other of from.taxa.alsoUnder[at] ?? []) line.push(...lineOf(from, other))
  from.otherLines[taxon] = line
  return line
}
