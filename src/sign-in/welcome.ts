import { findLink, type Link, returnLink, spendLink } from './links.ts'
import { tell } from './log.ts'
import { findMembership, MemberFault, putMember, takeCredentials } from './members.ts'
import { faultOfPassword } from './password.ts'
import type { People } from './people.ts'

/** What somebody says of themselves behind a one-time link. */
export interface Newcomer {
  readonly token: string
  readonly name: string
  /** Asked of the first administrator; of the others the invitation says it. */
  readonly email: string
  readonly password: string
}

export type Welcomed =
  | { readonly kind: 'welcome'; readonly email: string; readonly person: string }
  | { readonly kind: 'fault'; readonly fault: WelcomeFault }

export type WelcomeFault =
  | 'link-unknown'
  | 'name-missing'
  | 'address-wrong'
  | 'address-elsewhere'
  | 'too-short'
  | 'too-long'
  | 'easily-guessed'

/**
 * Lets somebody in by a one-time link: a person with a password, a member of the link's tenant. A known person of the same tenant
 * starts anew: what let them in before does so no longer. Nothing is used up by a mistake in the form.
 */
export async function welcome(people: People, newcomer: Newcomer): Promise<Welcomed> {
  const { db, now, log } = people.config
  const link = await findLink(db, newcomer.token, now())
  if (link === null) {
    tell(log, 'link-refused')
    return { kind: 'fault', fault: 'link-unknown' }
  }
  const email = (link.email ?? newcomer.email).trim().toLowerCase()
  const fault = faultOf(newcomer, email) ?? (await faultOfPerson(people, email, link.tenant))
  if (fault !== null) return { kind: 'fault', fault }
  if (!(await spendLink(db, link.id, now()))) return { kind: 'fault', fault: 'link-unknown' }
  try {
    const person = await enter(people, newcomer, { link, email })
    tell(log, 'link-used', { actor: `person:${person}`, tenant: link.tenant, role: link.role })
    return { kind: 'welcome', email, person }
  } catch (error) {
    await returnLink(db, link.id)
    if (error instanceof MemberFault) return { kind: 'fault', fault: 'address-elsewhere' }
    throw error
  }
}

async function enter(people: People, { name, password }: Newcomer, { link, email }: { link: Link; email: string }) {
  const { db, now } = people.config
  const known = await db.selectFrom('sign_in_people').select('id').where('email', '=', email).executeTakeFirst()
  if (known !== undefined) await takeCredentials(db, known.id)
  const person = await people.putPerson({ name: name.trim(), email, password })
  await putMember(db, person, link, { by: link.madeBy, at: now() })
  return person
}

function faultOf({ name, password }: Newcomer, email: string): WelcomeFault | null {
  if (name.trim() === '' || name.length > 200) return 'name-missing'
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254) return 'address-wrong'
  return faultOfPassword(password, email)
}

/** A link of one tenant must not take over a member of another. */
async function faultOfPerson({ config: { db } }: People, email: string, tenant: string): Promise<WelcomeFault | null> {
  const person = await db.selectFrom('sign_in_people').select('id').where('email', '=', email).executeTakeFirst()
  if (person === undefined) return null
  const membership = await findMembership(db, person.id)
  return membership === null || membership.tenant === tenant ? null : 'address-elsewhere'
}
