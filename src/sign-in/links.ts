import type { Kysely } from 'kysely'
import type { Role } from './roles.ts'
import { digestOf, idWithin, makeSecret, sameText } from './secrets.ts'
import type { LinkRow, SignInTables } from './tables.ts'

/** What the secret of a one-time link begins with. */
const prefix = 'welcome'

const hour = 3600_000

/** How long the link of the first administrator opens: a new start prints a new one. */
export const firstLinkFor = 24 * hour

/** How long an invitation opens. */
export const invitationFor = 72 * hour

/** A one-time link, without its secret. */
export interface Link {
  readonly id: string
  readonly tenant: string
  /** Whose it is; null for the first administrator, who says it. */
  readonly email: string | null
  readonly role: Role
  readonly places: readonly string[] | null
  readonly madeAt: string
  readonly madeBy: string
  readonly expiresAt: string
}

/** What a link lets somebody be. */
export interface LinkWish {
  readonly tenant: string
  readonly email: string | null
  readonly role: Role
  readonly places: readonly string[] | null
  readonly by: string
  /** Milliseconds it opens. */
  readonly lasts: number
}

type Store = Kysely<SignInTables>

/**
 * Makes a link; its secret, which goes behind `/welcome?token=`, is in this answer and nowhere else. Links made before for the same
 * person open no longer, so that no forgotten one lets somebody else take their place.
 */
export async function makeLink(db: Store, wish: LinkWish, now: Date): Promise<{ link: Link; token: string }> {
  const { id, text } = makeSecret(prefix)
  const row: LinkRow = {
    id,
    tenant: wish.tenant,
    email: wish.email?.toLowerCase() ?? null,
    role: wish.role,
    places: wish.places === null ? null : JSON.stringify(wish.places),
    digest: digestOf(text),
    made_at: now.toISOString(),
    made_by: wish.by,
    expires_at: new Date(now.getTime() + wish.lasts).toISOString(),
    used_at: null,
  }
  const former = db.deleteFrom('links').where('tenant', '=', row.tenant).where('used_at', 'is', null)
  await former.where('email', row.email === null ? 'is' : '=', row.email).execute()
  await db.insertInto('links').values(row).execute()
  return { link: linkOf(row), token: text }
}

/**
 * Makes the link of the first administrator where a tenant has none; the links made before stop working. Null where there is an
 * administrator, unless `lockedOut` says that nobody can sign in as one.
 */
export async function makeFirstLink(
  db: Store,
  { tenant, lockedOut }: { readonly tenant: string; readonly lockedOut: boolean },
  now: Date,
): Promise<string | null> {
  const administrator = await db
    .selectFrom('members')
    .select('person')
    .where('tenant', '=', tenant)
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst()
  if (administrator !== undefined && !lockedOut) return null
  const wish: LinkWish = { tenant, email: null, role: 'administrator', places: null, by: 'system', lasts: firstLinkFor }
  return (await makeLink(db, wish, now)).token
}

/** The link of a secret while it opens: not used, not expired. */
export async function findLink(db: Store, token: string, now: Date): Promise<Link | null> {
  const id = idWithin(prefix, token)
  if (id === null) return null
  const row = await open(db, now).where('id', '=', id).executeTakeFirst()
  return row === undefined || !sameText(row.digest, digestOf(token)) ? null : linkOf(row)
}

/** The invitation of an address while it opens; the newest where there are several. */
export async function findInvitation(db: Store, email: string, now: Date): Promise<Link | null> {
  const row = await open(db, now).where('email', '=', email.toLowerCase()).orderBy('made_at', 'desc').executeTakeFirst()
  return row === undefined ? null : linkOf(row)
}

/** Links of a tenant that still open. */
export async function listLinks(db: Store, tenant: string, now: Date): Promise<readonly Link[]> {
  const rows = await open(db, now).where('tenant', '=', tenant).orderBy('made_at').execute()
  return rows.map(linkOf)
}

/** Uses a link up. False where somebody was quicker. */
export async function spendLink(db: Store, id: string, now: Date): Promise<boolean> {
  const row = await db
    .updateTable('links')
    .set({ used_at: now.toISOString() })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives back a link whose use came to nothing. */
export async function returnLink(db: Store, id: string): Promise<void> {
  await db.updateTable('links').set({ used_at: null }).where('id', '=', id).execute()
}

/** Takes a link back before it was used. False where there is none. */
export async function withdrawLink(db: Store, { tenant, id }: Pick<Link, 'tenant' | 'id'>): Promise<boolean> {
  const row = await db
    .deleteFrom('links')
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function open(db: Store, now: Date) {
  return db.selectFrom('links').selectAll().where('used_at', 'is', null).where('expires_at', '>', now.toISOString())
}

function linkOf(row: LinkRow): Link {
  return {
    id: row.id,
    tenant: row.tenant,
    email: row.email,
    role: row.role as Role,
    places: row.places === null ? null : (JSON.parse(row.places) as string[]),
    madeAt: row.made_at,
    madeBy: row.made_by,
    expiresAt: row.expires_at,
  }
}
