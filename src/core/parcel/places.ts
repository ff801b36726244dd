/** Countries and the parts of them that law names. A place's number is its position in `codes`. */
export interface Places {
  /** ISO 3166-1 alpha-2, ISO 3166-2 parts, XI (Northern Ireland), IC (Canary Islands). */
  readonly codes: readonly string[]
  readonly names: readonly string[]
  /** Number of the place it is a part of, or -1. */
  readonly partOf: readonly number[]
  /** Code or alias, upper case, to number. */
  readonly numberOf: Readonly<Record<string, number>>
  /** Postcode beginnings that lie in a zone which law treats apart: Belfast (GB, BT) is XI. */
  readonly zones: readonly { readonly country: string; readonly postcode: string; readonly zone: string }[]
}

/** Number of the place that a text names by code, or -1. */
export function findPlace(places: Places, text: string): number {
  const written: unknown = places.numberOf[text]
  if (typeof written === 'number') return written
  const code = text.trim().toUpperCase()
  return Object.hasOwn(places.numberOf, code) ? (places.numberOf[code] as number) : -1
}
