import type { Kysely } from 'kysely'
import type { Role, Scope } from './roles.ts'
import { digestOf, makeSecret } from './secrets.ts'
import type { KeyRow, SignInTables } from './tables.ts'

/** What a key begins with, so that it is known where it leaks. */
export const keyPrefix = 'gl'

/** An API key as its owner sees it; nothing of the secret. */
export interface Key {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly role: Role
  /** The partner it speaks for; null for a key of the tenant itself. */
  readonly partner: string | null
  readonly places: readonly string[] | null
  readonly scopes: readonly Scope[]
  readonly madeAt: string
  readonly madeBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly usedAt: string | null
  /** Until when the secret before the last rotation still opens. */
  readonly formerUntil: string | null
}

/** What a new key is to be. */
export interface KeyWish {
  readonly tenant: string
  readonly name: string
  readonly role: Role
  readonly partner: string | null
  readonly places: readonly string[] | null
  readonly scopes: readonly Scope[]
  readonly expiresAt: string | null
  /** Who makes it, as an actor. */
  readonly by: string
}

/** Which key is meant: keys of other tenants are not there. */
export interface KeyName {
  readonly tenant: string
  readonly id: string
}

/** A wish that cannot be fulfilled, with what to do. */
export class KeyFault extends Error {}

type Store = Kysely<SignInTables>

/** Makes a key. The secret is in this answer and nowhere else. Throws KeyFault where role and partner do not go together. */
export async function makeKey(db: Store, wish: KeyWish, now: Date): Promise<{ key: Key; secret: string }> {
  checkWish(wish, now)
  const { id, text } = makeSecret(keyPrefix)
  const row: KeyRow = {
    id,
    tenant: wish.tenant,
    name: wish.name,
    role: wish.role,
    partner: wish.partner,
    places: wish.places === null ? null : JSON.stringify(wish.places),
    scopes: JSON.stringify(wish.scopes),
    digest: digestOf(text),
    former_digest: null,
    former_until: null,
    made_at: now.toISOString(),
    made_by: wish.by,
    expires_at: wish.expiresAt,
    revoked_at: null,
    used_at: null,
  }
  await db.insertInto('api_keys').values(row).execute()
  return { key: keyOf(row), secret: text }
}

function checkWish({ role, partner, expiresAt, scopes }: KeyWish, now: Date): void {
  if (role === 'partner' && partner === null)
    throw new KeyFault('A key of the role partner names the partner it is for.')
  if (role !== 'partner' && partner !== null)
    throw new KeyFault('Only a key of the role partner is bound to a partner.')
  if (scopes.length === 0) throw new KeyFault('Name at least one scope: a key without any opens nothing.')
  if (expiresAt !== null && expiresAt <= now.toISOString()) throw new KeyFault('The key would have expired already.')
}

/** Every key of a tenant, revoked and expired ones too, in the order of making. */
export async function listKeys(db: Store, tenant: string): Promise<readonly Key[]> {
  const rows = await db.selectFrom('api_keys').selectAll().where('tenant', '=', tenant).orderBy('made_at').execute()
  return rows.map(keyOf)
}

/** Gives a key a new secret; the old one opens until the end of the grace. Null where there is no such key in force. */
export async function rotateKey(
  db: Store,
  { tenant, id }: KeyName,
  graceSeconds: number,
  now: Date,
): Promise<{ key: Key; secret: string } | null> {
  const { text } = makeSecret(keyPrefix, id)
  const until = new Date(now.getTime() + graceSeconds * 1000).toISOString()
  const row = await db
    .updateTable('api_keys')
    .set((column) => ({ former_digest: column.ref('digest'), former_until: until, digest: digestOf(text) }))
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? null : { key: keyOf(row), secret: text }
}

/** Ends a key with both its secrets. Null where there is none; the first revocation stands. */
export async function revokeKey(db: Store, { tenant, id }: KeyName, now: Date): Promise<Key | null> {
  const row = await db
    .updateTable('api_keys')
    .set((column) => ({
      revoked_at: column.fn.coalesce('revoked_at', column.val(now.toISOString())),
      former_digest: null,
      former_until: null,
    }))
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? null : keyOf(row)
}

/** The key of a row. */
export function keyOf(row: KeyRow): Key {
  return {
    id: row.id,
    tenant: row.tenant,
    name: row.name,
    role: row.role as Role,
    partner: row.partner,
    places: row.places === null ? null : (JSON.parse(row.places) as string[]),
    scopes: JSON.parse(row.scopes) as Scope[],
    madeAt: row.made_at,
    madeBy: row.made_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    usedAt: row.used_at,
    formerUntil: row.former_until,
  }
}
