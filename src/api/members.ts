import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Log } from '../running/log.ts'
import { invitationFor, type Link, listLinks, makeLink, withdrawLink } from '../sign-in/links.ts'
import { tell } from '../sign-in/log.ts'
import { changeMember, endSessions, findMember, listMembers, MemberFault, removeMember } from '../sign-in/members.ts'
import { roles, rolesOfPeople } from '../sign-in/roles.ts'
import type { SignInTables } from '../sign-in/tables.ts'
import { type Api, callerOf } from './api.ts'
import { placesSchema } from './places-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { limitBody, smallBody } from './security.ts'

/** What the routes of members are made of. */
export interface MembersParts {
  readonly db: Kysely<SignInTables>
  readonly log: Log
  readonly now: () => Date
  readonly publicUrl: string
}

const role = z.enum(roles)
const roleOfPerson = z.enum(rolesOfPeople as [(typeof rolesOfPeople)[number], ...(typeof rolesOfPeople)[number][]])

const memberSchema = z
  .object({
    person: z.string(),
    name: z.string(),
    email: z.string(),
    tenant: z.string(),
    role,
    places: placesSchema,
    madeAt: z.string(),
    madeBy: z.string(),
  })
  .openapi('Member')

const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    role,
    places: placesSchema,
    madeAt: z.string(),
    madeBy: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Invitation')

const changeSchema = z.strictObject({ role: roleOfPerson, places: placesSchema }).openapi('MemberChange')

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
const inPath = (name: string) => z.object({ [name]: z.string().openapi({ param: { name, in: 'path' } }) })
const tags = ['Members']
const usual = ['request-invalid', 'not-signed-in', 'not-allowed', 'origin-refused', 'too-many-requests'] as const

const listRoute = createRoute({
  method: 'get',
  path: '/members',
  tags,
  security,
  summary: 'List the people of the tenant',
  responses: {
    200: { description: 'The members, by name.', ...json(z.object({ members: z.array(memberSchema) })) },
    ...problemResponses(usual),
  },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/members/{person}',
  tags,
  security,
  summary: 'Change what a person may do',
  description: 'It holds from their next request.',
  middleware: [limitBody(smallBody)] as const,
  request: { params: inPath('person'), body: { required: true, ...json(changeSchema) } },
  responses: {
    200: { description: 'The member.', ...json(memberSchema) },
    ...problemResponses([...usual, 'not-found', 'state-conflict']),
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/members/{person}',
  tags,
  security,
  summary: 'Remove a person',
  description: 'With their password, second factor, passkeys and sessions. What they decided stays, under their id.',
  request: { params: inPath('person') },
  responses: { 204: { description: 'Removed.' }, ...problemResponses([...usual, 'not-found', 'state-conflict']) },
})

const signOutRoute = createRoute({
  method: 'delete',
  path: '/members/{person}/sessions',
  tags,
  security,
  summary: 'Sign a person out everywhere',
  description: 'Every session of theirs ends at once; they may sign in again.',
  request: { params: inPath('person') },
  responses: { 204: { description: 'Signed out.' }, ...problemResponses([...usual, 'not-found']) },
})

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
  request: { params: inPath('id') },
  responses: { 204: { description: 'Taken back.' }, ...problemResponses([...usual, 'not-found']) },
})

/** Adds the routes by which administrators look after the people of their tenant. */
export function addMembers(api: Api, parts: MembersParts): void {
  const { db, log } = parts
  api.openapi(listRoute, async (context) => {
    const members = await listMembers(db, callerOf(context).tenant)
    return context.json({ members: members.map(withOwnPlaces) }, 200)
  })
  api.openapi(changeRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const name = { tenant, person: context.req.valid('param')['person'] as string }
    const member = await changeMember(db, name, context.req.valid('json')).catch(problemOf)
    if (member === null) throw noMember()
    tell(log, 'member-changed', { actor, tenant, role: member.role })
    return context.json(withOwnPlaces(member), 200)
  })
  api.openapi(removeRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const name = { tenant, person: context.req.valid('param')['person'] as string }
    if (!(await removeMember(db, name).catch(problemOf))) throw noMember()
    tell(log, 'member-removed', { actor, tenant })
    return context.body(null, 204)
  })
  api.openapi(signOutRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const person = context.req.valid('param')['person'] as string
    if ((await findMember(db, { tenant, person })) === null) throw noMember()
    await endSessions(db, person)
    tell(log, 'signed-out', { actor, tenant })
    return context.body(null, 204)
  })
  addInvitations(api, parts)
}

function addInvitations(api: Api, { db, log, now, publicUrl }: MembersParts): void {
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
    const id = context.req.valid('param')['id'] as string
    if (!(await withdrawLink(db, { tenant, id }))) throw new ApiProblem('not-found', 'There is no such invitation.')
    tell(log, 'link-withdrawn', { actor, tenant })
    return context.body(null, 204)
  })
}

function invitationOf({ id, email, role, places, madeAt, madeBy, expiresAt }: Link) {
  return { id, email, role, places: places === null ? null : [...places], madeAt, madeBy, expiresAt }
}

/** Lists of an answer are not changed, but the description's types do not say so. */
function withOwnPlaces<M extends { readonly places: readonly string[] | null }>(member: M) {
  return { ...member, places: member.places === null ? null : [...member.places] }
}

function problemOf(error: unknown): never {
  if (error instanceof MemberFault) throw new ApiProblem('state-conflict', error.message, { cause: error })
  throw error
}

function noMember(): ApiProblem {
  return new ApiProblem('not-found', 'There is no such member.')
}
