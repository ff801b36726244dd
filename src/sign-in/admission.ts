import type { Kysely } from 'kysely'
import type { IdentityProvider } from './identity-provider.ts'
import { findInvitation, spendLink } from './links.ts'
import { findMembership, putMember } from './members.ts'
import type { SignInTables } from './tables.ts'

/** Somebody whom an identity provider vouches for. */
export interface Vouched {
  readonly provider: string
  readonly email: string
  readonly emailVerified: boolean
  /** `create-user`, `link-account` or `sign-in`, as the sign-in library calls them. */
  readonly action: string
  /** The person here; null for one who is not known yet. */
  readonly person: string | null
}

export interface Admission {
  readonly db: Kysely<SignInTables>
  readonly providers: readonly IdentityProvider[]
  readonly now: () => Date
}

/**
 * Why somebody whom a provider vouches for is not let in, or null. The provider proves the address; what the person may do is said
 * by their membership or an open invitation. A provider of one tenant cannot vouch for members of another.
 */
export async function refusalOf({ db, providers, now }: Admission, vouched: Vouched): Promise<string | null> {
  const provider = providers.find(({ id }) => id === vouched.provider)
  if (provider === undefined) return 'unknown-provider'
  if (!vouched.emailVerified) return 'address-not-verified'
  const allowed =
    vouched.person === null ? await findInvitation(db, vouched.email, now()) : await findMembership(db, vouched.person)
  if (allowed === null) return 'not-invited'
  return provider.tenant === null || provider.tenant === allowed.tenant ? null : 'not-invited'
}

/** Makes a person a member whom a provider vouched for, by their invitation. Without one nothing is made. */
export async function admit({ db, now }: Admission, person: string, email: string): Promise<void> {
  const invitation = await findInvitation(db, email, now())
  if (invitation === null || !(await spendLink(db, invitation.id, now()))) return
  await putMember(db, person, invitation, { by: invitation.madeBy, at: now() })
}

/** Whether a person may have a session of the kind: members only, and with a password alone only before more was set up. */
export async function mayEnter({ db }: Admission, person: string, proof: string): Promise<boolean> {
  if ((await findMembership(db, person)) === null) return false
  if (proof !== 'password') return true
  const passkey = await db
    .selectFrom('sign_in_passkeys')
    .select('id')
    .where('userId', '=', person)
    .limit(1)
    .executeTakeFirst()
  if (passkey === undefined) return true
  // A password must not be enough to set up a second factor beside somebody's passkey.
  const row = await db
    .selectFrom('sign_in_people')
    .select('twoFactorEnabled')
    .where('id', '=', person)
    .executeTakeFirst()
  return Boolean(row?.twoFactorEnabled)
}
