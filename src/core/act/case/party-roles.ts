import { roles } from '../../read/party.ts'

/** Who takes part in a parcel's way and can be asked, answer, or be told: the parties of a declaration, and those who carry and control. */
export const partyRoles = [...roles, 'post', 'courier', 'customs', 'exporting-authority'] as const
export type PartyRole = (typeof partyRoles)[number]
