import { lineage, type Taxa } from '../parcel/taxa.ts'

/** A regulated pest as one list of law names it. */
export interface Pest {
  readonly name: string
  readonly eppo: string | null
  /** Kind of organism as the list groups it: bacteria, insects and mites. */
  readonly group: string
  /** Place of the pack whose law lists it, as `eu`. */
  readonly place: string
  /** Where it is listed. */
  readonly point: string
  /** Numbers of the taxa that law names as hosts; empty: not read, never none. */
  readonly hosts: readonly number[]
  /** Numbers of the places that law names for goods with it; empty: not read, never none. */
  readonly origins: readonly number[]
}

/** Whether law names a place for a pest; where no place was read nothing is known. */
export type Named = 'named' | 'not-named' | 'not-read'

/** Whether the law names a place of origin for a pest. */
export function namedFor({ origins }: Pest, origin: number): Named {
  if (origins.length === 0 || origin < 0) return 'not-read'
  return origins.includes(origin) ? 'named' : 'not-named'
}

/** Regulated pests of a place that have a taxon, what stands above it or (where it is wide) what stands under it as a host. */
export function pestsOf(pests: readonly Pest[], place: string, taxon: number, taxa: Taxa): Pest[] {
  if (taxon < 0) return []
  const above = lineage(taxa, taxon)
  return pests.filter(
    (pest) =>
      pest.place === place && pest.hosts.some((host) => above.includes(host) || lineage(taxa, host).includes(taxon)),
  )
}
