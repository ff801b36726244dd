import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Log } from '../running/log.ts'
import { invitationFor, type Link, listLinks, makeLink, withdrawLink } from '../sign-in/links.ts'
import { tell } from '../sign-in/log.ts'
import { roles } from '../sign-in/roles.ts'
import type { SignInTables } from '../sign-in/tables.ts'
import { type Api, callerOf } from './api.ts'
import { roleOfPerson } from './members.ts'
import { placesSchema } from './places-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { limitBody, smallBody } from './security.ts'

/** What the routes of invitations are made of. */
export interface InvitationsParts {
  readonly db: Kysely<SignInTables>
  readonly log: Log
  readonly now: () => Date
  readonly publicUrl: string
}

const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
    places: placesSchema,
    madeAt: z.string(),
    madeBy: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Invitation')

const wishSchema = z
  .strictObject({ email: z.email().max(254), role: roleOfPerson, places: placesSchema.default(null) })
  .openapi('InvitationWish')

const madeSchema = z
  .object({
    invitation: invitationSchema,
    address: z.string().openapi({ description: 'Opens once, for 72 hours. Shown once: hand it to whom it is for.' }),
  })
  .openapi('MadeInvitation')

const security = [{ key: [] }, { session: [] }]
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })
const tags = ['Members']
const usual = ['request-invalid', 'not-signed-in', 'not-allowed', 'origin-refused', 'too-many-requests'] as const

const invitationsRoute = createRoute({
  method: 'get',
  path: '/invitations',
  tags,
  security,
  summary: 'List invitations that still open',
  responses: {
    200: { description: 'The invitations.', ...json(z.object({ invitations: z.array(invitationSchema) })) },
    ...problemResponses(usual),
  },
})

const inviteRoute = createRoute({
  method: 'post',
  path: '/invitations',
  tags,
  security,
  summary: 'Invite a person',
  description: 'Somebody of the tenant who is invited again starts anew: what let them in before does so no longer.',
  middleware: [limitBody(smallBody)] as const,
  request: { body: { required: true, ...json(wishSchema) } },
  responses: {
    201: { description: 'The invitation with its address.', ...json(madeSchema) },
    ...problemResponses([...usual, 'body-too-large']),
  },
})

const withdrawRoute = createRoute({
  method: 'delete',
  path: '/invitations/{id}',
  tags,
  security,
  summary: 'Take an invitation back',
  request: { params: z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) }) },
  responses: { 204: { description: 'Taken back.' }, ...problemResponses([...usual, 'not-found']) },
})

/** Adds the routes by which administrators invite people into their tenant. */
export function addInvitations(api: Api, { db, log, now, publicUrl }: InvitationsParts): void {
  api.openapi(invitationsRoute, async (context) => {
    const links = await listLinks(db, callerOf(context).tenant, now())
    return context.json({ invitations: links.map(invitationOf) }, 200)
  })
  api.openapi(inviteRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const wish = { ...context.req.valid('json'), tenant, by: actor, lasts: invitationFor }
    const { link, token } = await makeLink(db, wish, now())
    tell(log, 'link-made', { actor, tenant, role: link.role })
    return context.json({ invitation: invitationOf(link), address: `${publicUrl}/welcome?token=${token}` }, 201)
  })
  api.openapi(withdrawRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const id = context.req.valid('param').id
    if (!(await withdrawLink(db, { tenant, id }))) throw new ApiProblem('not-found', 'There is no such invitation.')
    tell(log, 'link-withdrawn', { actor, tenant })
    return context.body(null, 204)
  })
}

function invitationOf({ id, email, role, places, madeAt, madeBy, expiresAt }: Link) {
  return { id, email, role, places: places === null ? null : [...places], madeAt, madeBy, expiresAt }
}
