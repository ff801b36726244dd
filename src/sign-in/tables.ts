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
