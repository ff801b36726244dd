/** Who asks, as the credential tells and nothing else. */
export interface Caller {
  readonly tenant: string
  readonly role: 'partner' | 'viewer' | 'officer' | 'supervisor' | 'expert' | 'administrator'
  /** The partner that a key speaks for; null for people. */
  readonly partner: string | null
  /** `key:…` or `person:…`, as events name it. */
  readonly actor: string
  /** Places that limit what is seen; null for all. */
  readonly places: readonly string[] | null
  readonly scopes: readonly string[]
}
