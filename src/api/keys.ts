import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Log } from '../running/log.ts'
import { type Key, KeyFault, listKeys, makeKey, revokeKey, rotateKey } from '../sign-in/keys.ts'
import { tell } from '../sign-in/log.ts'
import { roles, scopes } from '../sign-in/roles.ts'
import type { SignInTables } from '../sign-in/tables.ts'
import { type Api, callerOf } from './api.ts'
import { placesSchema } from './places-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { limitBody, smallBody } from './security.ts'

/** What the routes of keys are made of. */
export interface KeysParts {
  readonly db: Kysely<SignInTables>
  readonly log: Log
  readonly now: () => Date
}

const instant = z.iso.datetime({ offset: false }).openapi({ example: '2027-11-24T00:00:00Z' })

const keySchema = z
  .object({
    id: z.string().openapi({ example: 'k3Jd82hQ0aLx' }),
    tenant: z.string(),
    name: z.string().openapi({ example: 'Parcels of the post' }),
    role: z.enum(roles),
    partner: z.string().nullable(),
    places: placesSchema,
    scopes: z.array(z.enum(scopes)),
    madeAt: instant,
    madeBy: z.string(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    usedAt: instant.nullable().openapi({ description: 'The last use, to the minute.' }),
    formerUntil: instant.nullable().openapi({ description: 'Until when the secret before the last rotation opens.' }),
  })
  .openapi('Key')

const madeSchema = z
  .object({ key: keySchema, secret: z.string().openapi({ description: 'Shown once: keep it now.' }) })
  .openapi('MadeKey')

const wishSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    role: z.enum(roles),
    partner: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, up to 64')
      .nullable()
      .default(null),
    places: placesSchema.default(null),
    scopes: z.array(z.enum(scopes)).min(1),
    expiresAt: instant.nullable().default(null),
  })
  .openapi('KeyWish')

const graceSchema = z
  .strictObject({
    graceSeconds: z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400)
      .default(86_400)
      .openapi({ description: 'How long the old secret opens beside the new one.' }),
  })
  .openapi('KeyRotation')

const security = [{ key: [] }, { session: [] }]
const idParameter = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' } }) })
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })
const usual = ['request-invalid', 'not-signed-in', 'not-allowed', 'origin-refused', 'too-many-requests'] as const

const listRoute = createRoute({
  method: 'get',
  path: '/keys',
  tags: ['Keys'],
  summary: 'List API keys',
  description: 'Every key of the tenant, revoked and expired ones too. No secret is among them.',
  security,
  responses: {
    200: { description: 'The keys.', ...json(z.object({ keys: z.array(keySchema) })) },
    ...problemResponses(usual),
  },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/keys',
  tags: ['Keys'],
  summary: 'Make an API key',
  description: 'The secret is in this answer and nowhere else.',
  security,
  middleware: [limitBody(smallBody)] as const,
  request: { body: { required: true, ...json(wishSchema) } },
  responses: {
    201: { description: 'The key with its secret.', ...json(madeSchema) },
    ...problemResponses([...usual, 'body-too-large']),
  },
})

const rotateRoute = createRoute({
  method: 'post',
  path: '/keys/{id}/rotation',
  tags: ['Keys'],
  summary: 'Give a key a new secret',
  description: 'The old secret opens until the grace is over, so that a partner can change it without a gap.',
  security,
  middleware: [limitBody(smallBody)] as const,
  request: { params: idParameter, body: { required: true, ...json(graceSchema) } },
  responses: {
    200: { description: 'The key with its new secret.', ...json(madeSchema) },
    ...problemResponses([...usual, 'not-found']),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: '/keys/{id}',
  tags: ['Keys'],
  summary: 'Revoke a key',
  description: 'It opens nothing from now on, in every process of the service within a second.',
  security,
  request: { params: idParameter },
  responses: {
    200: { description: 'The revoked key.', ...json(keySchema) },
    ...problemResponses([...usual, 'not-found']),
  },
})

/** Adds the routes by which administrators look after API keys of their tenant. */
export function addKeys(api: Api, { db, log, now }: KeysParts): void {
  api.openapi(listRoute, async (context) => {
    const { tenant } = callerOf(context)
    return context.json({ keys: (await listKeys(db, tenant)).map(writable) }, 200)
  })
  api.openapi(makeRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const wish = context.req.valid('json')
    const made = await makeKey(db, { ...wish, expiresAt: fullInstant(wish.expiresAt), tenant, by: actor }, now()).catch(
      problemOf,
    )
    tell(log, 'key-made', { actor, tenant, role: wish.role })
    return context.json({ key: writable(made.key), secret: made.secret }, 201)
  })
  api.openapi(rotateRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const { graceSeconds } = context.req.valid('json')
    const made = await rotateKey(db, { tenant, id: context.req.valid('param').id }, graceSeconds, now())
    if (made === null) throw noKey()
    tell(log, 'key-rotated', { actor, tenant })
    return context.json({ key: writable(made.key), secret: made.secret }, 200)
  })
  api.openapi(revokeRoute, async (context) => {
    const { tenant, actor } = callerOf(context)
    const key = await revokeKey(db, { tenant, id: context.req.valid('param').id }, now())
    if (key === null) throw noKey()
    tell(log, 'key-revoked', { actor, tenant })
    return context.json(writable(key), 200)
  })
}

/** Lists of an answer are not changed, but the description's types do not say so. */
function writable(key: Key) {
  return { ...key, places: key.places === null ? null : [...key.places], scopes: [...key.scopes] }
}

/** An instant as the store orders them: with milliseconds. */
function fullInstant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString()
}

function problemOf(error: unknown): never {
  if (error instanceof KeyFault) throw new ApiProblem('request-invalid', error.message, { cause: error })
  throw error
}

function noKey(): ApiProblem {
  return new ApiProblem('not-found', 'There is no such key in force.')
}
