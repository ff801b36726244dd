import { findPlace, type Places } from '../core/parcel/places.ts'
import type { Store } from '../store/open-store.ts'
import { readCase, type StoredCase } from '../store/read-case.ts'
import type { Caller } from './caller.ts'
import { ApiProblem } from './problems.ts'

/** Whether a caller sees parcels to a destination: all of them, or those to places of theirs and what lies within these. */
export function seesDestination({ places: own }: Caller, destination: string, places: Places): boolean {
  if (own === null || own.includes(destination)) return true
  for (let place = findPlace(places, destination); place >= 0; place = places.partOf[place] ?? -1)
    if (own.includes(places.codes[place] as string)) return true
  return false
}

/** Codes of all destinations that a caller sees; null for all. */
export function placesSeen(caller: Caller, places: Places): readonly string[] | null {
  if (caller.places === null) return null
  return [...caller.places, ...places.codes.filter((code) => seesDestination(caller, code, places))]
}

/** Whether a caller sees a case: a partner the parcels that it spoke of, the others those to their places. */
export function seesCase(caller: Caller, { parcel, messages }: StoredCase, places: Places): boolean {
  if (caller.role === 'partner' && !messages.some(({ partner }) => partner === caller.partner)) return false
  return seesDestination(caller, parcel.destination, places)
}

/** The case that a caller asks for. What others may not see is told as not there. Throws ApiProblem. */
export async function caseFor(store: Store, caller: Caller, parcel: number, places: Places): Promise<StoredCase> {
  const found = await readCase(store.db, caller.tenant, parcel)
  if (found === null || !seesCase(caller, found, places))
    throw new ApiProblem('not-found', `There is no parcel ${parcel} here.`)
  return found
}
