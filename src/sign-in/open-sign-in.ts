import { addressFinder } from '../api/address.ts'
import type { Api } from '../api/api.ts'
import { guardApi } from '../api/guard.ts'
import { addInvitations } from '../api/invitations.ts'
import { addKeys } from '../api/keys.ts'
import { addMembers } from '../api/members.ts'
import { countAttempts } from './attempts.ts'
import { type KeyDoor, openKeyDoor } from './key-door.ts'
import type { LibraryConfig } from './library.ts'
import { makeFirstLink } from './links.ts'
import { openPeople, type People } from './people.ts'
import { addSignIn } from './routes/routes.ts'

export interface SignInConfig extends LibraryConfig {
  readonly trustedProxies: readonly string[]
  /** Requests of one caller in a minute; null for no limit. */
  readonly rateLimit: number | null
}

/** Sign-in of people and machines. */
export interface SignIn {
  readonly people: People
  readonly keys: KeyDoor
  /** Puts the guards before every route that is added afterwards; called first. */
  readonly guard: (api: Api) => void
  /** Adds the routes of sign-in, keys and members. */
  readonly addRoutes: (api: Api) => void
  /** The address at which the first administrator of a tenant comes in; null where there is one already. Printed at the start. */
  readonly firstAddress: (tenant: string) => Promise<string | null>
}

/** Opens sign-in over a store. The sign-in library is loaded when the first person comes. */
export function openSignIn(config: SignInConfig): SignIn {
  const { db, now, log, publicUrl, rateLimit } = config
  const people = openPeople(config)
  const keys = openKeyDoor(db, now, (error) => log.warn('The use of a key could not be noted', {}, error))
  const addressOf = addressFinder(config.trustedProxies)
  const attempts = countAttempts(addressOf, () => now().getTime())
  return {
    people,
    keys,
    guard: (api) => guardApi(api, { publicUrl, keys, people, attempts, addressOf, rateLimit }),
    addRoutes: (api) => {
      addSignIn(api, { people, attempts })
      addKeys(api, { db, log, now })
      addMembers(api, { db, log })
      addInvitations(api, { db, log, now, publicUrl })
    },
    firstAddress: async (tenant) => {
      const token = await makeFirstLink(db, { tenant, lockedOut: false }, now())
      return token === null ? null : welcomeAddress(publicUrl, token)
    },
  }
}

/** The address behind which a one-time link lets somebody in. */
export function welcomeAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/welcome?token=${token}`
}
