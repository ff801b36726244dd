import { type AnyTables, making, type NewIndex, type NewTable, type Step, type StoreKind } from './table.ts'

const tables: readonly NewTable[] = [
  {
    name: 'api_keys',
    columns: {
      id: 'text',
      tenant: 'text',
      name: 'text',
      role: 'text',
      partner: 'text?',
      places: 'text?',
      scopes: 'text',
      digest: 'text',
      former_digest: 'text?',
      former_until: 'text?',
      made_at: 'text',
      made_by: 'text',
      expires_at: 'text?',
      revoked_at: 'text?',
      used_at: 'text?',
    },
    key: ['id'],
  },
  {
    name: 'members',
    columns: { person: 'text', tenant: 'text', role: 'text', places: 'text?', made_at: 'text', made_by: 'text' },
    key: ['person'],
  },
  {
    name: 'links',
    columns: {
      id: 'text',
      tenant: 'text',
      email: 'text?',
      role: 'text',
      places: 'text?',
      digest: 'text',
      made_at: 'text',
      made_by: 'text',
      expires_at: 'text',
      used_at: 'text?',
    },
    key: ['id'],
  },
  { name: 'used_codes', columns: { code: 'text', until: 'text' }, key: ['code'] },
]

const indexes: readonly NewIndex[] = [
  { name: 'api_keys_of_tenant', table: 'api_keys', columns: ['tenant', 'made_at'] },
  { name: 'members_of_tenant', table: 'members', columns: ['tenant', 'role'] },
  { name: 'links_of_tenant', table: 'links', columns: ['tenant', 'made_at'] },
  { name: 'links_by_address', table: 'links', columns: ['email'] },
]

/** API keys, members and one-time links, and the tables of the sign-in library. */
export const makeSignIn: Step = async (db, kind) => {
  await making(tables, indexes)(db, kind)
  await makeLibraryTables(db, kind)
}

/** The tables as better-auth 1.7.6 expects them; a test compares what it would still add. */
async function makeLibraryTables(db: AnyTables, kind: StoreKind): Promise<void> {
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

async function makeFactorTables(db: AnyTables, kind: StoreKind): Promise<void> {
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
