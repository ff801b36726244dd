/** The taxa that Greenlane knows, as parallel tables. A taxon's number is its position. */
export interface Taxa {
  readonly names: readonly string[]
  readonly ranks: readonly string[]
  /** Number of the next taxon above, or -1. */
  readonly parents: readonly number[]
  /** Other taxa that some authors place it under: law on those is possible for it. Most taxa have no entry. */
  readonly alsoUnder: Readonly<Record<number, readonly number[]>>
  readonly eppo: readonly (string | null)[]
  /** Bits of `traitNames` that hold, and that are known not to hold; inherited already. */
  readonly traits: readonly number[]
  readonly notTraits: readonly number[]
  /** Number of the part that is traded fresh, or -1; inherited already. */
  readonly parts: readonly number[]
  /** Scientific name, lower case, accepted or synonym, to number. */
  readonly numberOf: Readonly<Record<string, number>>
}

export const traitNames = [
  'woody',
  'herbaceous',
  'deciduous',
  'evergreen',
  'perennial',
  'annual',
  'aquatic',
  'succulent',
  'ornamental',
  'stolon-or-tuber-forming',
] as const
export type Trait = (typeof traitNames)[number]

/** The taxon itself and all above it, nearest first. */
export function lineage(taxa: Taxa, taxon: number): number[] {
  const line: number[] = []
  for (let at = taxon; at >= 0 && line.length < 32; at = taxa.parents[at] ?? -1) line.push(at)
  return line
}

/** Name of the nearest taxon of a rank at or above, or null. */
export function nameAtRank(taxa: Taxa, taxon: number, rank: string): string | null {
  for (const at of lineage(taxa, taxon)) if (taxa.ranks[at] === rank) return taxa.names[at] ?? null
  return null
}

/** Number of the taxon that a scientific name means, accepted or synonym, or -1. */
export function findTaxon(taxa: Taxa, name: string): number {
  const plain = name.trim().toLowerCase().replace(/\s+/g, ' ')
  return Object.hasOwn(taxa.numberOf, plain) ? (taxa.numberOf[plain] as number) : -1
}
