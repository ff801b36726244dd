import type { Kysely } from 'kysely'
import { type Log, libraryLog } from '../running/log.ts'
import { type Admission, admit, mayEnter, refusalOf } from './admission.ts'
import { discoveryOf, type IdentityProvider } from './identity-provider.ts'
import { lifetimes, passwordLeast, passwordMost } from './lifetimes.ts'
import { hashPassword, type ScryptCost, verifyPassword } from './password-hash.ts'
import { type CameBy, proofOf } from './proof.ts'
import type { SignInTables } from './tables.ts'

export interface LibraryConfig {
  readonly db: Kysely<SignInTables>
  readonly kind: 'sqlite' | 'postgres'
  /** Where people reach Greenlane, as `https://greenlane.example.org`. Cookies are Secure where it is https. */
  readonly publicUrl: string
  /** What cookies are signed and second factors sealed with. */
  readonly secret: string
  readonly log: Log
  readonly now: () => Date
  readonly providers: readonly IdentityProvider[]
  /** How hard a stored password is to try. */
  readonly passwordCost?: ScryptCost
}

type Call = (input: {
  readonly headers: Headers
  readonly body?: object
  readonly query?: object
  readonly asResponse: true
}) => Promise<Response>

/** What is asked of the sign-in library on the server; each answers with a response that carries the cookies. */
export type CallName =
  | 'signInEmail'
  | 'signInSocial'
  | 'signOut'
  | 'getSession'
  | 'enableTwoFactor'
  | 'verifyTOTP'
  | 'verifyBackupCode'
  | 'generateBackupCodes'
  | 'changePassword'

/** The part of the sign-in library that Greenlane uses. */
export interface Library {
  readonly handler: (request: Request) => Promise<Response>
  readonly api: Readonly<Record<CallName, Call>>
  readonly $context: Promise<{
    readonly password: { readonly hash: (password: string) => Promise<string> }
    readonly adapter: {
      readonly create: (row: { model: string; data: object }) => Promise<{ readonly id: string }>
      readonly update: (change: { model: string; where: object[]; update: object }) => Promise<unknown>
    }
    readonly socialProviders: readonly { readonly id: string; readonly issuer?: string }[]
  }>
}

/** Where the library answers by itself: what a browser's passkeys and a provider's way back need, and no more. */
export const libraryPath = '/sign-in/at'

/** Loads better-auth and sets it up; 180 ms of imports, so only the server does. Providers that are down now are left out by it. */
export async function loadLibrary(config: LibraryConfig): Promise<Library> {
  const [{ betterAuth }, { twoFactor }, { genericOAuth }, { passkey }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/two-factor'),
    import('better-auth/plugins/generic-oauth'),
    import('@better-auth/passkey'),
  ])
  const plugins = [
    twoFactor(secondFactorOptions),
    passkey(passkeyOptions(config.publicUrl)),
    genericOAuth({ config: config.providers.map(oauthOptions) }),
  ]
  return betterAuth({ ...libraryOptions(config), plugins }) as unknown as Library
}

/** The options of the library but for its plugins. */
export function libraryOptions({ db, kind, publicUrl, secret, log, now, providers, passwordCost }: LibraryConfig) {
  return {
    appName: 'Greenlane',
    baseURL: publicUrl,
    basePath: libraryPath,
    secret,
    database: { db, type: kind },
    telemetry: { enabled: false },
    // Greenlane's own limits stand before every route, sign-in or not.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLeast,
      maxPasswordLength: passwordMost,
      password: { hash: (password: string) => hashPassword(password, passwordCost), verify: verifyPassword },
    },
    user: { modelName: 'sign_in_people', validateUserInfo: validator({ db, providers, now }) },
    session: {
      modelName: 'sign_in_sessions',
      expiresIn: lifetimes.idle,
      updateAge: lifetimes.written,
      freshAge: lifetimes.fresh,
      additionalFields: { proof: { type: 'string', required: true, input: false } },
    },
    account: {
      modelName: 'sign_in_accounts',
      // The invitation vouches for the address here, the provider for the person: both are needed, and checked on admission.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    verification: { modelName: 'sign_in_verifications', storeIdentifier: 'hashed' },
    databaseHooks: hooks({ db, providers, now }),
    onAPIError: {
      errorURL: `${publicUrl}/sign-in`,
      onError: (error: unknown) => tellError(log, error),
    },
    advanced: {
      ...cookieOptions(publicUrl),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { disableIpTracking: true },
      // A test compares the tables; looking at them at every start tells nothing more.
      database: { validateSchema: false },
    },
    // Its lines go through Greenlane's log, which leaves out what they are about: that may be a person's address.
    logger: { level: 'warn', log: libraryLog(log, 'better-auth') },
  } as const
}

/**
 * Over https cookies are sent by https only and belong to this host alone, which their name promises (`__Host-`, RFC 6265bis); the
 * library's own prefix `__Secure-` promises less, so that its switch for it stays off.
 */
function cookieOptions(publicUrl: string) {
  const https = publicUrl.startsWith('https:')
  return {
    cookiePrefix: https ? '__Host-greenlane' : 'greenlane',
    useSecureCookies: false,
    defaultCookieAttributes: { secure: https, httpOnly: true, sameSite: 'lax', path: '/' },
  } as const
}

/** What somebody did wrong is no fault; what else went wrong is. */
function tellError(log: Log, error: unknown): void {
  const facts = { library: 'better-auth' }
  if (error instanceof Error && error.name === 'APIError') log.debug('Sign-in refused a request', facts)
  else log.error('Sign-in failed', facts, error)
}

function hooks(admission: Admission) {
  type Row = Readonly<Record<string, unknown>>
  const withoutTokens = async () => ({
    data: {
      accessToken: null,
      refreshToken: null,
      idToken: null,
      accessTokenExpiresAt: null,
      refreshTokenExpiresAt: null,
    },
  })
  return {
    user: { create: { after: ({ id, email }: Row) => admit(admission, String(id), String(email)) } },
    session: {
      create: {
        before: async ({ userId }: Row, context: unknown) => {
          const proof = proofOf(context as CameBy | null)
          return (await mayEnter(admission, String(userId), proof)) ? { data: { proof, ipAddress: '' } } : false
        },
      },
    },
    // Greenlane asks nothing of a provider after the sign-in, so it keeps no token of it.
    account: { create: { before: withoutTokens }, update: { before: withoutTokens } },
  } as const
}

/** Whom the sign-in library asks about: somebody a provider vouches for. */
export interface Asked {
  readonly user: { readonly id?: string; readonly email?: string; readonly emailVerified?: boolean }
  readonly source: {
    readonly action: string
    readonly method: string
    readonly oauth?: { readonly providerId: string } | undefined
  }
}

function validator(admission: Admission) {
  return async ({ user, source }: Asked): Promise<{ error: string } | undefined> => {
    if (source.method !== 'oauth' || source.oauth === undefined) return { error: 'not-invited' }
    const error = await refusalOf(admission, {
      provider: source.oauth.providerId,
      email: user.email ?? '',
      emailVerified: user.emailVerified === true,
      action: source.action,
      person: source.action === 'create-user' ? null : (user.id ?? ''),
    })
    return error === null ? undefined : { error }
  }
}

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

function oauthOptions(provider: IdentityProvider) {
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
