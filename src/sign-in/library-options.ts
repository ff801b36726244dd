import { type Log, libraryLog } from '../running/log.ts'
import { type Admission, admit, mayEnter, refusalOf } from './admission.ts'
import { type LibraryConfig, libraryPath } from './library.ts'
import { lifetimes, passwordLeast, passwordMost } from './lifetimes.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { type CameBy, proofOf } from './proof.ts'

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
