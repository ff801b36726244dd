import type { Kysely } from 'kysely'
import type { Role } from './roles.ts'
import type { SignInTables } from './tables.ts'

/** A person with what they may do. */
export interface Member {
  readonly person: string
  readonly name: string
  readonly email: string
  readonly tenant: string
  readonly role: Role
  /** Places that limit what the person sees; null where none does. */
  readonly places: readonly string[] | null
  readonly madeAt: string
  readonly madeBy: string
}

/** What a person may do, without who they are. */
export type Membership = Pick<Member, 'tenant' | 'role' | 'places'>

/** Whom of which tenant: people of other tenants are not there. */
export interface MemberName {
  readonly tenant: string
  readonly person: string
}

/** A change that would leave a tenant without an administrator, or a person in two tenants. */
export class MemberFault extends Error {}

type Store = Kysely<SignInTables>

/** Members of a tenant, by name. */
export async function listMembers(db: Store, tenant: string): Promise<readonly Member[]> {
  const rows = await withPeople(db).where('members.tenant', '=', tenant).orderBy('sign_in_people.name').execute()
  return rows.map(memberOf)
}

/** A member of a tenant, or null. */
export async function findMember(db: Store, { tenant, person }: MemberName): Promise<Member | null> {
  const row = await withPeople(db)
    .where('members.tenant', '=', tenant)
    .where('members.person', '=', person)
    .executeTakeFirst()
  return row === undefined ? null : memberOf(row)
}

/** What a person may do, or null for one who belongs to no tenant. */
export async function findMembership(db: Store, person: string): Promise<Membership | null> {
  const row = await db.selectFrom('members').selectAll().where('person', '=', person).executeTakeFirst()
  return row === undefined ? null : { tenant: row.tenant, role: row.role as Role, places: placesOf(row.places) }
}

/** Makes a person a member, or what a newer invitation says. Throws MemberFault for a member of another tenant. */
export async function putMember(
  db: Store,
  person: string,
  { tenant, role, places }: Membership,
  made: { readonly by: string; readonly at: Date },
): Promise<void> {
  const known = await findMembership(db, person)
  if (known !== null && known.tenant !== tenant) throw new MemberFault('This person belongs to another organisation.')
  const row = { tenant, role, places: places === null ? null : JSON.stringify(places) }
  await db
    .insertInto('members')
    .values({ person, ...row, made_by: made.by, made_at: made.at.toISOString() })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
    .execute()
}

/** Changes what a member may do; it holds from the next request. Null where there is no such member. */
export async function changeMember(
  db: Store,
  name: MemberName,
  { role, places }: Omit<Membership, 'tenant'>,
): Promise<Member | null> {
  if (role !== 'administrator') await keepAdministrator(db, name)
  await db
    .updateTable('members')
    .set({ role, places: places === null ? null : JSON.stringify(places) })
    .where('tenant', '=', name.tenant)
    .where('person', '=', name.person)
    .execute()
  return findMember(db, name)
}

/** Removes a member with all they sign in with; their sessions end. False where there is no such member. */
export async function removeMember(db: Store, name: MemberName): Promise<boolean> {
  await keepAdministrator(db, name)
  const row = await db
    .deleteFrom('members')
    .where('tenant', '=', name.tenant)
    .where('person', '=', name.person)
    .returning('person')
    .executeTakeFirst()
  if (row === undefined) return false
  await takeCredentials(db, name.person)
  await db.deleteFrom('sign_in_people').where('id', '=', name.person).execute()
  return true
}

/** Takes everything from a person that lets them in: sessions, password, second factor, passkeys, linked accounts. */
export async function takeCredentials(db: Store, person: string): Promise<void> {
  const tables = ['sign_in_sessions', 'sign_in_accounts', 'sign_in_second_factors', 'sign_in_passkeys'] as const
  for (const table of tables) await db.deleteFrom(table).where('userId', '=', person).execute()
}

/** Ends every session of a person, wherever they are signed in. */
export async function endSessions(db: Store, person: string): Promise<void> {
  await db.deleteFrom('sign_in_sessions').where('userId', '=', person).execute()
}

async function keepAdministrator(db: Store, { tenant, person }: MemberName): Promise<void> {
  const rows = await db
    .selectFrom('members')
    .select('person')
    .where('tenant', '=', tenant)
    .where('role', '=', 'administrator')
    .limit(2)
    .execute()
  if (rows.length === 1 && rows[0]?.person === person)
    throw new MemberFault('This is the last administrator: make another one first.')
}

function withPeople(db: Store) {
  return db
    .selectFrom('members')
    .innerJoin('sign_in_people', 'sign_in_people.id', 'members.person')
    .select([
      'members.person',
      'members.tenant',
      'members.role',
      'members.places',
      'members.made_at',
      'members.made_by',
    ])
    .select(['sign_in_people.name', 'sign_in_people.email'])
}

interface JoinedRow {
  readonly person: string
  readonly tenant: string
  readonly role: string
  readonly places: string | null
  readonly made_at: string
  readonly made_by: string
  readonly name: string
  readonly email: string
}

function memberOf({ person, name, email, tenant, role, places, made_at, made_by }: JoinedRow): Member {
  const what = { tenant, role: role as Role, places: placesOf(places) }
  return { person, name, email, ...what, madeAt: made_at, madeBy: made_by }
}

function placesOf(text: string | null): readonly string[] | null {
  return text === null ? null : (JSON.parse(text) as string[])
}
