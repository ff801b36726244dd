import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Log } from '../running/log.ts'
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
}

const role = z.enum(roles)
/** A role that a person may have. */
export const roleOfPerson = z.enum(
  rolesOfPeople as [(typeof rolesOfPeople)[number], ...(typeof rolesOfPeople)[number][]],
)

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

const changeSchema = z.strictObject({ role: roleOfPerson, places: placesSchema }).openapi('MemberChange')

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

/** Adds the routes by which administrators look after the people of their tenant. */
export function addMembers(api: Api, { db, log }: MembersParts): void {
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
