import { matchedRoutes } from 'hono/route'
import { type Role, roles, type Scope } from '../sign-in/roles.ts'
import type { ApiContext, Middleware } from './api.ts'
import { callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { ApiProblem } from './problems.ts'

/** Who may use a route: everybody, signed in or not, or these roles; a key needs the scope too. */
export type Permission = 'everybody' | { readonly roles: readonly Role[]; readonly scope: Scope }

const all = roles

/**
 * Every route of the service and who may use it. A route that is not here is refused to everybody, so that one that was forgotten is
 * seen at once. What of it somebody sees, by partner and place, is said where the data are read.
 */
export const permissions: ReadonlyMap<string, Permission> = new Map<string, Permission>([
  ['GET /', 'everybody'],
  ['GET /healthz', 'everybody'],
  ['GET /readyz', 'everybody'],
  ['GET /metrics', 'everybody'],
  ['GET /openapi.json', 'everybody'],
  ['GET /problems', 'everybody'],
  ['GET /api.css', 'everybody'],
  ['GET /api.js', 'everybody'],
  ['GET /.well-known/jwks.json', 'everybody'],

  ['GET /sign-in', 'everybody'],
  ['POST /sign-in', 'everybody'],
  ['GET /sign-in/code', 'everybody'],
  ['POST /sign-in/code', 'everybody'],
  ['GET /sign-in/with/:provider', 'everybody'],
  ['GET /sign-in/style.css', 'everybody'],
  ['GET /sign-in/passkey.js', 'everybody'],
  ['GET /sign-in/at/callback/:provider', 'everybody'],
  ['GET /sign-in/at/passkey/generate-authenticate-options', 'everybody'],
  ['POST /sign-in/at/passkey/verify-authentication', 'everybody'],
  // These ask for a session themselves: one with a password alone may set up what is missing, and no more.
  ['GET /sign-in/at/passkey/generate-register-options', 'everybody'],
  ['POST /sign-in/at/passkey/verify-registration', 'everybody'],
  ['GET /set-up', 'everybody'],
  ['POST /set-up', 'everybody'],
  ['POST /set-up/code', 'everybody'],
  ['GET /welcome', 'everybody'],
  ['POST /welcome', 'everybody'],
  ['GET /account', 'everybody'],
  ['POST /account/codes', 'everybody'],
  ['POST /account/password', 'everybody'],
  ['POST /account/passkeys/:id/removal', 'everybody'],
  ['POST /sign-out', 'everybody'],
  ['POST /sign-out/everywhere', 'everybody'],

  ['GET /keys', { roles: ['administrator'], scope: 'keys:manage' }],
  ['POST /keys', { roles: ['administrator'], scope: 'keys:manage' }],
  ['POST /keys/:id/rotation', { roles: ['administrator'], scope: 'keys:manage' }],
  ['DELETE /keys/:id', { roles: ['administrator'], scope: 'keys:manage' }],
  ['GET /members', { roles: ['administrator'], scope: 'members:manage' }],
  ['PATCH /members/:person', { roles: ['administrator'], scope: 'members:manage' }],
  ['DELETE /members/:person', { roles: ['administrator'], scope: 'members:manage' }],
  ['DELETE /members/:person/sessions', { roles: ['administrator'], scope: 'members:manage' }],
  ['GET /invitations', { roles: ['administrator'], scope: 'members:manage' }],
  ['POST /invitations', { roles: ['administrator'], scope: 'members:manage' }],
  ['DELETE /invitations/:id', { roles: ['administrator'], scope: 'members:manage' }],

  ['POST /parcels', { roles: ['partner', 'officer', 'supervisor', 'administrator'], scope: 'parcels:write' }],
  ['GET /parcels', { roles: all, scope: 'parcels:read' }],
  ['GET /parcels/:parcel/events', { roles: all, scope: 'parcels:read' }],
  ['POST /cases', { roles: ['officer', 'supervisor'], scope: 'cases:write' }],
  ['GET /parcels/:parcel', { roles: all, scope: 'parcels:read' }],
  ['POST /parcels/:parcel/answers', { roles: ['partner', 'officer', 'supervisor'], scope: 'parcels:write' }],
  ['POST /parcels/:parcel/events', { roles: ['officer', 'supervisor'], scope: 'cases:write' }],
  ['POST /parcels/:parcel/people', { roles: ['officer', 'supervisor'], scope: 'cases:write' }],
  ['GET /scorecards', { roles: ['partner', 'viewer', 'supervisor', 'expert', 'administrator'], scope: 'parcels:read' }],
  ['GET /decisions', { roles: all, scope: 'decisions:read' }],
  [
    'GET /knowledge',
    { roles: ['viewer', 'officer', 'supervisor', 'expert', 'administrator'], scope: 'decisions:read' },
  ],
  ['GET /webhooks', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['POST /webhooks', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['GET /webhooks/:id', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['PATCH /webhooks/:id', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['DELETE /webhooks/:id', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['POST /webhooks/:id/test', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['POST /webhooks/:id/rotate', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['GET /webhooks/:id/deliveries', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['POST /webhooks/:id/deliveries/:delivery/replay', { roles: ['partner', 'administrator'], scope: 'webhooks:manage' }],
  ['POST /checks', { roles: all, scope: 'checks:write' }],
  ['GET /receipts/:id', { roles: all, scope: 'checks:write' }],
  ['POST /receipts/verify', { roles: all, scope: 'checks:write' }],
])

/** Whether the permission lets the caller in. */
export function allows(permission: Permission, caller: Caller | null): boolean {
  if (permission === 'everybody') return true
  return caller !== null && permission.roles.includes(caller.role) && caller.scopes.includes(permission.scope)
}

/** Lets a request through where the table allows its caller every route that could answer it. */
export const allow: Middleware = async (context, next) => {
  const asked = matchedRoutes(context).filter(({ method }) => method !== 'ALL')
  for (const { method, path } of asked) check(`${method} ${path}`, context)
  await next()
}

function check(route: string, context: ApiContext): void {
  const permission = permissions.get(route)
  if (permission === undefined) throw new ApiProblem('not-allowed', `Nobody is allowed ${route}: it has no row yet.`)
  if (permission === 'everybody') return
  const caller = callerOf(context)
  if (!allows(permission, caller)) throw new ApiProblem('not-allowed', refusal(permission, caller))
}

function refusal({ roles, scope }: Exclude<Permission, string>, caller: Caller): string {
  if (!roles.includes(caller.role)) return `The role ${caller.role} may not do this; ${roles.join(', ')} may.`
  return `The key lacks the scope ${scope}.`
}
