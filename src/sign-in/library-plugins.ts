import { discoveryOf, type IdentityProvider } from './identity-provider.ts'
import { lifetimes } from './lifetimes.ts'

/** A second factor is an app that shows codes, or a backup code, which is stored sealed. */
export const secondFactorOptions = {
  issuer: 'Greenlane',
  twoFactorTable: 'sign_in_second_factors',
  twoFactorCookieMaxAge: lifetimes.secondFactor,
  backupCodeOptions: { storeBackupCodes: 'encrypted' },
} as const

/** A passkey stands for two factors only where the device made sure of its person, so both ceremonies ask for that. */
export function passkeyOptions(publicUrl: string) {
  const refuse = (verified: boolean) => {
    if (!verified) throw new Error('The device did not verify who holds it.')
  }
  type Registered = { verification: { registrationInfo?: { userVerified: boolean } } }
  type Authenticated = { verification: { authenticationInfo: { userVerified: boolean } } }
  return {
    rpID: new URL(publicUrl).hostname,
    rpName: 'Greenlane',
    origin: new URL(publicUrl).origin,
    schema: { passkey: { modelName: 'sign_in_passkeys' } },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: async ({ verification }: Registered) =>
        refuse(verification.registrationInfo?.userVerified === true),
    },
    authentication: {
      afterVerification: async ({ verification }: Authenticated) =>
        refuse(verification.authenticationInfo.userVerified),
    },
  } as const
}

/** A provider is asked with PKCE, and its word is taken only by an ID token that its own keys signed. */
export function oauthOptions(provider: IdentityProvider) {
  return {
    providerId: provider.id,
    name: provider.name,
    discoveryUrl: discoveryOf(provider),
    clientId: provider.clientId,
    ...(provider.clientSecret === null ? {} : { clientSecret: provider.clientSecret }),
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    requireIdTokenVerification: true,
  }
}
