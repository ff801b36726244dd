import { createRoute, z } from '@hono/zod-openapi'
import { deliveryStates } from '../store/webhooks/find-deliveries.ts'
import { problemResponses } from './problem-schema.ts'
import { limitBody, smallBody } from './security.ts'
import {
  deliverySchema,
  madeWebhook,
  queuedSchema,
  webhookChange,
  webhookSchema,
  webhookWish,
} from './webhook-schema.ts'

const security = [{ key: [] }, { session: [] }]
const tags = ['Webhooks']
const parameter = (name: string) =>
  z
    .string()
    .max(100)
    .openapi({ param: { name, in: 'path' } })
const ofWebhook = z.object({ id: parameter('id') })
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })
const middleware = limitBody(smallBody)
const always = ['not-signed-in', 'not-allowed', 'too-many-requests'] as const
const changing = [...always, 'origin-refused', 'store-unavailable'] as const
const sending = [...changing, 'request-invalid', 'body-unreadable', 'body-too-large', 'media-type-unknown'] as const

export const listRoute = createRoute({
  method: 'get',
  path: '/webhooks',
  tags,
  summary: 'List webhooks',
  description: 'A partner sees its own, an administrator all of the tenant. No secret is among them.',
  security,
  responses: {
    200: { description: 'The webhooks, the oldest first.', ...json(z.object({ webhooks: z.array(webhookSchema) })) },
    ...problemResponses(always),
  },
})

export const makeRoute = createRoute({
  method: 'post',
  path: '/webhooks',
  tags,
  summary: 'Make a webhook',
  description:
    'It is told of what happens from now on. The secret is in this answer and nowhere else. A message that fails is tried ten times over three days.',
  security,
  middleware,
  request: { body: { required: true, ...json(webhookWish) } },
  responses: {
    201: { description: 'The webhook with its secret.', ...json(madeWebhook) },
    ...problemResponses([...sending, 'state-conflict']),
  },
})

export const readRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}',
  tags,
  summary: 'Read a webhook',
  security,
  request: { params: ofWebhook },
  responses: {
    200: { description: 'The webhook.', ...json(webhookSchema) },
    ...problemResponses([...always, 'request-invalid', 'not-found']),
  },
})

export const changeRoute = createRoute({
  method: 'patch',
  path: '/webhooks/{id}',
  tags,
  summary: 'Change, pause or go on with a webhook',
  description: 'What is left out stays. After a pause it goes on where it stopped, and what waits is tried at once.',
  security,
  middleware,
  request: { params: ofWebhook, body: { required: true, ...json(webhookChange) } },
  responses: {
    200: { description: 'The webhook as it is now.', ...json(webhookSchema) },
    ...problemResponses([...sending, 'not-found']),
  },
})

export const removeRoute = createRoute({
  method: 'delete',
  path: '/webhooks/{id}',
  tags,
  summary: 'Take a webhook away',
  description: 'What waits for it and its list of deliveries go with it.',
  security,
  request: { params: ofWebhook },
  responses: {
    204: { description: 'It is gone.' },
    ...problemResponses([...changing, 'request-invalid', 'not-found']),
  },
})

export const testRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/test',
  tags,
  summary: 'Send a test message',
  description: 'A message of the type `webhook.test`. Its list of deliveries tells what came of it.',
  security,
  request: { params: ofWebhook },
  responses: {
    202: { description: 'It is queued.', ...json(queuedSchema) },
    ...problemResponses([...changing, 'request-invalid', 'not-found']),
  },
})

export const rotateRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/rotate',
  tags,
  summary: 'Give a webhook a new secret',
  description:
    'For 24 hours messages are signed with the former secret as well, so that a receiver can change over without a gap.',
  security,
  request: { params: ofWebhook },
  responses: {
    200: { description: 'The webhook with its new secret.', ...json(madeWebhook) },
    ...problemResponses([...changing, 'request-invalid', 'not-found']),
  },
})

export const deliveriesRoute = createRoute({
  method: 'get',
  path: '/webhooks/{id}/deliveries',
  tags,
  summary: 'List deliveries in one state',
  description:
    'Those that wait by when they are due; those that were delivered and the dead letters by when that was. What is done is kept for 30 days.',
  security,
  request: {
    params: ofWebhook,
    query: z.object({
      state: z.enum(deliveryStates).default('dead'),
      after: z.string().max(200).optional().openapi({ description: 'The `next` of the page before.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: {
      description: 'A page; `next` is null after the last.',
      ...json(z.object({ deliveries: z.array(deliverySchema), next: z.string().nullable() })),
    },
    ...problemResponses([...always, 'request-invalid', 'cursor-unknown', 'not-found']),
  },
})

export const replayRoute = createRoute({
  method: 'post',
  path: '/webhooks/{id}/deliveries/{delivery}/replay',
  tags,
  summary: 'Send a message again',
  description: 'With all its attempts before it and under the same `webhook-id`. Who did it is noted.',
  security,
  request: { params: z.object({ id: parameter('id'), delivery: parameter('delivery') }) },
  responses: {
    202: { description: 'It is queued.', ...json(queuedSchema) },
    ...problemResponses([...changing, 'request-invalid', 'not-found', 'state-conflict']),
  },
})
