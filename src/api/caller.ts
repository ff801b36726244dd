import type { Context } from 'hono'
import type { KeyDoor } from '../sign-in/key-door.ts'
import type { Key } from '../sign-in/keys.ts'
import { findMembership } from '../sign-in/members.ts'
import type { People, Session } from '../sign-in/people.ts'
import { type Role, type Scope, scopes } from '../sign-in/roles.ts'
import type { Middleware } from './api.ts'
import { ApiProblem } from './problems.ts'

/** Who asks, as the credential tells and nothing else: no address, body or header of the request says tenant or role. */
export interface Caller {
  readonly tenant: string
  readonly role: Role
  /** The partner that a key speaks for; null for people. */
  readonly partner: string | null
  /** `key:…` or `person:…`, as events name it. */
  readonly actor: string
  /** Places that limit what is seen; null for all. */
  readonly places: readonly string[] | null
  readonly scopes: readonly Scope[]
}

/** What finds out who asks. */
export interface CallerParts {
  readonly keys: KeyDoor
  readonly people: People
  /** Told of a wrong credential; gives the seconds to wait where there were too many from there. */
  readonly refused: (context: Context) => number
}

/**
 * Puts the caller of each request into its context: by the API key in `Authorization: Bearer gl_…`, else by the session cookie, else
 * nobody. A credential that does not hold is refused, and never taken for none.
 */
export function recogniseCaller(parts: CallerParts): Middleware {
  return async (context, next) => {
    const header = context.req.header('authorization')
    context.set('caller', header === undefined ? await byCookie(parts, context) : await byKey(parts, context, header))
    await next()
  }
}

/** The caller that a key is. */
export function callerOfKey({ id, tenant, role, partner, places, scopes }: Key): Caller {
  return { tenant, role, partner, actor: `key:${id}`, places, scopes }
}

/** The caller that a signed-in person is; null where a second factor is missing still or the person belongs to no tenant. */
export async function callerOfSession({ config }: People, { person, proof }: Session): Promise<Caller | null> {
  if (proof === 'password') return null
  const membership = await findMembership(config.db, person)
  if (membership === null) return null
  return { ...membership, partner: null, actor: `person:${person}`, scopes }
}

async function byKey({ keys, refused }: CallerParts, context: Context, header: string): Promise<Caller> {
  const secret = /^Bearer +([^\s]+) *$/i.exec(header)?.[1]
  const key = secret === undefined ? null : await keys.find(secret)
  if (key !== null) return callerOfKey(key)
  const wait = refused(context)
  const headers = { 'www-authenticate': 'Bearer realm="greenlane", error="invalid_token"' }
  if (wait === 0)
    throw new ApiProblem('not-signed-in', 'The key in Authorization is wrong, expired or revoked.', { headers })
  throw new ApiProblem('too-many-requests', 'Too many wrong keys came from here.', {
    headers: { 'retry-after': String(wait) },
  })
}

async function byCookie({ people }: CallerParts, context: Context): Promise<Caller | null> {
  if (context.req.header('cookie') === undefined) return null
  const { session, cookies } = await people.session(context.req.raw.headers)
  for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
  return session === null ? null : callerOfSession(people, session)
}
