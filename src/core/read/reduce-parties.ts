import type { Problem } from '../parcel/parcel.ts'
import { tellUnknown } from './field-names.ts'
import {
  declaredParty,
  type Party,
  type Person,
  partyFacts,
  personalFields,
  type Reducing,
  type Role,
  reduceParty,
  roles,
} from './party.ts'
import { isRecord, kindOfValue, type Raw } from './raw.ts'
import type { Made } from './reduce-line.ts'

/** The people of a message, by role. */
export type People = Readonly<Partial<Record<Role, Person>>>

const roleNames: ReadonlySet<string> = new Set([...roles, 'recipient'])
const partyFields: ReadonlySet<string> = new Set([...personalFields, ...partyFacts])

/** Puts the parties of a record into content, and returns the people taken out of them; null where there are none. */
export function addParties(
  record: Raw,
  content: Made,
  reading: Reducing & { readonly problems: Problem[] },
): People | null {
  const { problems } = reading
  if (isRecord(record['parties'])) tellUnknown(record['parties'], roleNames, 'parties', problems)
  let parties: Partial<Record<Role, Party>> | null = null
  let people: Partial<Record<Role, Person>> | null = null
  for (const role of roles) {
    const declared = declaredParty(record, role)
    if (declared === undefined) continue
    if (isRecord(declared.party)) tellUnknown(declared.party, partyFields, declared.at, problems)
    const reduced = reduceParty(declared.party, role, reading)
    if (reduced === null) {
      problems.push({ kind: 'party-unreadable', at: declared.at, facts: { found: kindOfValue(declared.party) } })
      continue
    }
    if (parties === null) parties = {}
    parties[role] = reduced.party
    if (reduced.person === null) continue
    if (people === null) people = {}
    people[role] = reduced.person
  }
  if (parties !== null) content['parties'] = parties
  return people
}
