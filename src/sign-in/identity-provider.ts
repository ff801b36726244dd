/** An OpenID Connect provider through which people of an organisation sign in. */
export interface IdentityProvider {
  /** Short name in addresses: letters, digits and dashes. */
  readonly id: string
  /** As the sign-in page calls it. */
  readonly name: string
  /** Issuer; its discovery document lies below it (OpenID Connect Discovery 1.0, 4). */
  readonly issuer: string
  readonly clientId: string
  /** Null for a public client, which PKCE alone guards. */
  readonly clientSecret: string | null
  /** The tenant whose members alone may come through it; null for every tenant. Where tenants do not trust each other, never null. */
  readonly tenant: string | null
}

/** How long a provider may take to answer before it counts as down. */
const patience = 5000

/** Address of a provider's discovery document. */
export function discoveryOf({ issuer }: IdentityProvider): string {
  return `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
}

/** Whether the provider answers now, with a document that names its own issuer (OpenID Connect Discovery 1.0, 4.3). */
export async function answers(provider: IdentityProvider): Promise<boolean> {
  try {
    const response = await fetch(discoveryOf(provider), { signal: AbortSignal.timeout(patience), redirect: 'error' })
    if (!response.ok) return false
    const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
    return document.issuer === provider.issuer && typeof document.jwks_uri === 'string'
  } catch {
    return false
  }
}
