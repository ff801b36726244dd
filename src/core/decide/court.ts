import type { ListingsOf } from '../parcel/inventories.ts'
import type { Taxa } from '../parcel/taxa.ts'
import type { RequirementIndex } from '../require/index-requirements.ts'
import type { Policy } from './policy.ts'

/** What deciding needs to know. */
export interface Court {
  readonly policy: Policy
  readonly taxa: Taxa
  /** Index of the pack that serves a destination, by number of the place. */
  readonly indexFor: (destination: number) => RequirementIndex | null
  readonly placeOf: (code: string | null) => number
  readonly isReExported: (origin: number, dispatch: number) => boolean | null
  readonly codeOf: (place: number) => string
  readonly nameOf: (place: number) => string
  /** What inventories list, or null where none were imported; nothing is decided by it. */
  readonly listingsOf: ListingsOf | null
  /** Numbers of the parts of a country that law names. */
  readonly partsOf: (place: number) => readonly number[]
  /** Questions already worked out, by what the item may be: parcels of one kind raise the same ones. */
  readonly asked: Map<string, readonly unknown[]>
}
