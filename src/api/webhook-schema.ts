import { z } from '@hono/zod-openapi'
import {
  type MessageTypeName,
  messageTypeNames,
  messageTypes,
  partnerTypeNames,
  testType,
} from '../delivery/message-types.ts'
import { longestUrl } from '../delivery/receiver-address.ts'
import { deliveryStates } from '../store/webhooks/find-deliveries.ts'
import { answerSchema } from './answer-schema.ts'
import type { Api } from './api.ts'

const instant = z.iso.datetime().openapi({ example: '2026-11-24T09:30:00.000Z' })

const types = z
  .array(z.enum(messageTypeNames))
  .min(1)
  .openapi({
    example: ['decision.proposed', 'decision.decided'],
    description: `What it is told of. ${messageTypeNames.map((name) => `\`${name}\`: ${messageTypes[name].sentence}`).join(' ')} A partner can be told of ${partnerTypeNames.join(', ')}, on its own parcels.`,
  })

const url = z.string().min(1).max(longestUrl).openapi({
  example: 'https://hooks.example.org/greenlane',
  description: 'https, without name and password, at a host whose every address is public. Redirects are not followed.',
})

const description = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{C}*$/u, 'no control characters')

/** A webhook to be made. */
export const webhookWish = z
  .strictObject({
    url,
    types,
    description: description.default('').openapi({ example: 'Sorting centre' }),
    partner: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'letters, digits, - and _, up to 64')
      .nullable()
      .default(null)
      .openapi({
        description:
          'The partner that it belongs to; null for the tenant. A key of a partner makes its own, and leaves this out.',
      }),
  })
  .openapi('WebhookWish')

/** What is to be another from now on. */
export const webhookChange = z
  .strictObject({
    url: url.optional(),
    types: types.optional(),
    description: description.optional(),
    paused: z.boolean().optional().openapi({ description: 'One that goes on after a pause goes on where it stopped.' }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Nothing is to be changed.')
  .openapi('WebhookChange')

/** A webhook as it is shown. */
export const webhookSchema = z
  .object({
    id: z.string().openapi({ example: 'wh_3mS0dGbQ9yLw2cVt' }),
    partner: z.string().nullable(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    cursor: z.number().int().openapi({ description: 'Number of the last event that it was queued up to.' }),
    pausedAt: instant.nullable(),
    pausedBecause: z.enum(['person', 'gone', 'failing']).nullable().openapi({
      description: 'A person paused it, the receiver answered 410 Gone, or it failed for five days without a success.',
    }),
    failingSince: instant.nullable().openapi({ description: 'The first failure since the last success.' }),
    formerSecretUntil: instant
      .nullable()
      .openapi({ description: 'Until when messages are signed with the secret before the last rotation as well.' }),
    createdAt: instant,
    createdBy: z.string(),
  })
  .openapi('Webhook')

/** A webhook with its secret: the only time that it is shown. */
export const madeWebhook = z
  .object({
    webhook: webhookSchema,
    secret: z.string().openapi({
      example: 'whsec_…',
      description: 'Shown once: keep it now. Messages are signed with it as Standard Webhooks has it.',
    }),
  })
  .openapi('MadeWebhook')

/** A delivery as it is shown. */
export const deliverySchema = z
  .object({
    id: z
      .string()
      .openapi({ example: 'msg_0Vbb0ki3WxSmfM8pCyrwLVmRYjZ', description: 'The header webhook-id of each attempt.' }),
    seq: z.number().int().openapi({ description: 'Number of the event that it tells of.' }),
    type: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.number().int(),
    dueAt: instant.openapi({ description: 'When it is tried next, or when it was delivered or given up.' }),
    triedAt: instant.nullable(),
    status: z.number().int().nullable().openapi({ description: 'Status of the last answer; null where none came.' }),
    said: z.string().nullable().openapi({ description: 'What the last answer began with, or why none came.' }),
  })
  .openapi('Delivery')

/** What a test and a replay answer with. */
export const queuedSchema = z
  .object({ delivery: z.string().openapi({ description: 'Id of the delivery.' }) })
  .openapi('QueuedDelivery')

/** Describes the messages that receivers get, in the part of the description that is kept for it (OpenAPI 3.1, webhooks). */
export function describeMessages(api: Api): void {
  for (const type of [...messageTypeNames, testType])
    api.openAPIRegistry.registerWebhook({
      method: 'post',
      path: type,
      tags: ['Messages to webhooks'],
      summary: messageTypes[type as MessageTypeName]?.sentence ?? 'A message that tries a webhook.',
      description:
        'Signed as Standard Webhooks 1.0.0 has it: verify `webhook-signature` with one of its libraries, and know a message that comes again by `webhook-id`. Any status from 200 to 299 says that it was taken.',
      request: {
        headers: z.object({
          'webhook-id': z.string(),
          'webhook-timestamp': z.string().openapi({ description: 'Seconds since 1970: when this attempt was made.' }),
          'webhook-signature': z
            .string()
            .openapi({ description: '`v1,` and a signature; two of them while a secret is changed.' }),
        }),
        body: { required: true, content: { 'application/json': { schema: messageSchema(type) } } },
      },
      responses: {
        204: { description: 'It was taken.' },
        410: { description: 'No more messages are wanted: the webhook is paused.' },
      },
    })
}

function messageSchema(type: string) {
  const known = messageTypes[type as MessageTypeName]
  const parcel = z.object({ id: z.string(), number: z.number().int() })
  const members = {
    seq: z
      .number()
      .int()
      .openapi({ description: 'It grows: of two messages of one parcel the larger tells the later event.' }),
    event: z.string(),
    actor: z.string().optional().openapi({ description: 'Left out for partners.' }),
    ...(known?.ofParcel === true ? { parcel } : {}),
    ...(type === 'decision.proposed' ? { answer: answerSchema } : {}),
  }
  return z.object({ type: z.literal(type), timestamp: instant, data: z.object(members).catchall(z.unknown()) })
}
