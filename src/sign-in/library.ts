import type { Kysely } from 'kysely'
import type { Log } from '../running/log.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { libraryOptions } from './library-options.ts'
import { oauthOptions, passkeyOptions, secondFactorOptions } from './library-plugins.ts'
import type { ScryptCost } from './password-hash.ts'
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
