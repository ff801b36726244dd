import type { Kysely } from 'kysely'

/**
 * Tables of who may do what. Instants are ISO texts in UTC, lists are JSON texts, as in the rest of the store. The tables
 * `sign_in_…` belong to the sign-in library, which names their columns.
 */
export interface SignInTables {
  api_keys: KeyRow
  members: MemberRow
  links: LinkRow
  sign_in_people: PersonRow
  sign_in_sessions: SessionRow
  sign_in_passkeys: PasskeyRow
  sign_in_second_factors: OfPersonRow
  sign_in_accounts: OfPersonRow
  used_codes: UsedCodeRow
}

/** An API key. What it opens with is stored as a digest only. */
export interface KeyRow {
  id: string
  tenant: string
  name: string
  role: string
  partner: string | null
  /** JSON list of places, or null where no place limits it. */
  places: string | null
  /** JSON list of scopes. */
  scopes: string
  /** SHA-256 of the secret, in hexadecimal. */
  digest: string
  /** Digest of the secret before the last rotation, which opens until `former_until`. */
  former_digest: string | null
  former_until: string | null
  made_at: string
  made_by: string
  expires_at: string | null
  revoked_at: string | null
  used_at: string | null
}

/** What a person may do, and where. A person belongs to one tenant. */
export interface MemberRow {
  person: string
  tenant: string
  role: string
  places: string | null
  made_at: string
  made_by: string
}

/** A one-time link that lets somebody in: the first administrator, or a person who was invited. */
export interface LinkRow {
  id: string
  tenant: string
  email: string | null
  role: string
  places: string | null
  /** SHA-256 of the secret in the link, in hexadecimal. */
  digest: string
  made_at: string
  made_by: string
  expires_at: string
  used_at: string | null
}

/** The columns of a person that Greenlane reads itself. */
export interface PersonRow {
  id: string
  name: string
  email: string
  twoFactorEnabled: number | boolean | null
}

/** The columns of a session that Greenlane reads itself. */
export interface SessionRow {
  id: string
  userId: string
  token: string
  proof: string
}

/** The columns of what belongs to a person that Greenlane reads itself. */
export interface OfPersonRow {
  id: string
  userId: string
}

/** A one-time code that was used, kept until it would be wrong anyway. */
export interface UsedCodeRow {
  code: string
  until: string
}

/** The columns of a passkey that Greenlane reads itself. */
export interface PasskeyRow {
  id: string
  userId: string
  name: string | null
}

/** Makes the tables of sign-in; a step of the store's own migrations, and like them never changed once it ran. */
// biome-ignore lint/suspicious/noExplicitAny: a migration is written against the tables as they were then
export async function makeSignInTables(db: Kysely<any>, kind: 'sqlite' | 'postgres'): Promise<void> {
  await makeOwnTables(db)
  await makeLibraryTables(db, kind)
}

// biome-ignore lint/suspicious/noExplicitAny: as above
async function makeOwnTables(db: Kysely<any>): Promise<void> {
  const table = (name: string, needed: readonly string[], optional: readonly string[]) => {
    let builder = db.schema.createTable(name).addColumn(needed[0] as string, 'text', (column) => column.primaryKey())
    for (const name of needed.slice(1)) builder = builder.addColumn(name, 'text', (column) => column.notNull())
    for (const name of optional) builder = builder.addColumn(name, 'text')
    return builder.execute()
  }
  await table(
    'api_keys',
    ['id', 'tenant', 'name', 'role', 'scopes', 'digest', 'made_at', 'made_by'],
    ['partner', 'places', 'former_digest', 'former_until', 'expires_at', 'revoked_at', 'used_at'],
  )
  await db.schema.createIndex('api_keys_of_tenant').on('api_keys').columns(['tenant', 'id']).execute()
  await table('members', ['person', 'tenant', 'role', 'made_at', 'made_by'], ['places'])
  await db.schema.createIndex('members_of_tenant').on('members').columns(['tenant', 'person']).execute()
  await table(
    'links',
    ['id', 'tenant', 'role', 'digest', 'made_at', 'made_by', 'expires_at'],
    ['email', 'places', 'used_at'],
  )
  await table('used_codes', ['code', 'until'], [])
  await db.schema.createIndex('links_of_tenant').on('links').columns(['tenant', 'id']).execute()
}

/** The tables as better-auth 1.7.6 expects them; a test compares what it would still add. */
// biome-ignore lint/suspicious/noExplicitAny: as above
async function makeLibraryTables(db: Kysely<any>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const at = kind === 'sqlite' ? 'date' : 'timestamptz'
  const yes = kind === 'sqlite' ? 'integer' : 'boolean'
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('id', 'text', (column) => column.notNull().primaryKey())
  const person = 'sign_in_people.id'
  await table('sign_in_people')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', yes, (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', at, (column) => column.notNull())
    .addColumn('updatedAt', at, (column) => column.notNull())
    .addColumn('twoFactorEnabled', yes)
    .execute()
  await table('sign_in_sessions')
    .addColumn('expiresAt', at, (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('createdAt', at, (column) => column.notNull())
    .addColumn('updatedAt', at, (column) => column.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', (column) => column.notNull().references(person).onDelete('cascade'))
    .addColumn('proof', 'text', (column) => column.notNull())
    .execute()
  await table('sign_in_accounts')
    .addColumn('accountId', 'text', (column) => column.notNull())
    .addColumn('providerId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references(person).onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', at)
    .addColumn('refreshTokenExpiresAt', at)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', at, (column) => column.notNull())
    .addColumn('updatedAt', at, (column) => column.notNull())
    .execute()
  await table('sign_in_verifications')
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expiresAt', at, (column) => column.notNull())
    .addColumn('createdAt', at, (column) => column.notNull())
    .addColumn('updatedAt', at, (column) => column.notNull())
    .execute()
  await makeFactorTables(db, kind)
}

// biome-ignore lint/suspicious/noExplicitAny: as above
async function makeFactorTables(db: Kysely<any>, kind: 'sqlite' | 'postgres'): Promise<void> {
  const at = kind === 'sqlite' ? 'date' : 'timestamptz'
  const yes = kind === 'sqlite' ? 'integer' : 'boolean'
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('id', 'text', (column) => column.notNull().primaryKey())
  const person = 'sign_in_people.id'
  await table('sign_in_second_factors')
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('backupCodes', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references(person).onDelete('cascade'))
    .addColumn('verified', yes)
    .addColumn('failedVerificationCount', 'integer')
    .addColumn('lockedUntil', at)
    .execute()
  await table('sign_in_passkeys')
    .addColumn('name', 'text')
    .addColumn('publicKey', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references(person).onDelete('cascade'))
    .addColumn('credentialID', 'text', (column) => column.notNull())
    .addColumn('counter', 'integer', (column) => column.notNull())
    .addColumn('deviceType', 'text', (column) => column.notNull())
    .addColumn('backedUp', yes, (column) => column.notNull())
    .addColumn('transports', 'text')
    .addColumn('createdAt', at)
    .addColumn('aaguid', 'text')
    .execute()
  const indexes = [
    ['sign_in_sessions', 'userId'],
    ['sign_in_accounts', 'userId'],
    ['sign_in_verifications', 'identifier'],
    ['sign_in_second_factors', 'secret'],
    ['sign_in_second_factors', 'userId'],
    ['sign_in_passkeys', 'userId'],
    ['sign_in_passkeys', 'credentialID'],
  ] as const
  for (const [name, column] of indexes)
    await db.schema.createIndex(`${name}_${column}_idx`).on(name).column(column).execute()
}
