import { createRoute, z } from '@hono/zod-openapi'
import { checkVerdicts } from '../core/act/check.ts'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import { receiptDifferences } from '../core/act/receipt-compare.ts'
import { readReceiptId } from '../core/act/receipt-id.ts'
import type { CompareDone, CompareJob } from '../intake/check-block.ts'
import type { Bench } from '../intake/reception.ts'
import { claimsSchema } from '../receipts/claims-schema.ts'
import { knownKeys } from '../receipts/look-up.ts'
import type { ReceiptKey } from '../receipts/receipt-key.ts'
import { signReceipt } from '../receipts/sign.ts'
import { claimsIn, ReceiptRefused, refuseByDay, verifyReceipt } from '../receipts/verify.ts'
import type { Store } from '../store/open-store.ts'
import { findReceipt } from '../store/receipts.ts'
import { type Api, type ApiContext, callerOf } from './api.ts'
import { parcelSchema } from './parcel-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'

/** What the routes of receipts are made of. */
export interface ReceiptsParts {
  readonly store: Store
  readonly bench: () => Bench
  readonly key: ReceiptKey
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
}

/** Adds `GET /receipts/{id}`, `POST /receipts/verify` and the public keys. */
export function addReceipts(api: Api, parts: ReceiptsParts): void {
  api.openapi(readRoute, async (context) => {
    const payload = await storedPayload(context, context.req.valid('param').id, parts)
    return context.json({ claims: plainClaims(claimsIn(payload)), jws: signReceipt(payload, parts.key) }, 200)
  })
  api.openapi(verifyRoute, async (context) => {
    const { receipt, parcel } = context.req.valid('json')
    const claims = await verified(context, receipt, parts)
    const comparison = parcel === undefined ? null : await compared(claims, parcel, parts)
    return context.json({ holds: true as const, claims: plainClaims(claims), comparison }, 200)
  })
  api.openapi(keysRoute, async (context) => {
    const keys = await knownKeys(parts.store.db, parts.key, dayOf(parts))
    return context.json({ keys: [...keys] }, 200, { 'cache-control': 'public, max-age=3600' })
  })
}

const readRoute = createRoute({
  method: 'get',
  path: '/receipts/{id}',
  tags: ['Checks'],
  summary: 'Read a receipt',
  description: 'What was asked and what the law answered. It proves nothing of what is in a parcel.',
  security: [{ key: [] }, { session: [] }],
  request: { params: z.object({ id: z.string().openapi({ example: 'GL-7Q2M-4XKD-90TB-5' }) }) },
  responses: {
    200: {
      description: 'The receipt and its signed form.',
      content: { 'application/json': { schema: z.object({ claims: claimsSchema, jws: z.string() }) } },
    },
    ...problemResponses(['not-signed-in', 'not-allowed', 'not-found', 'store-unavailable']),
  },
})

const comparison = z
  .object({
    id: z.string(),
    item: z.number().int(),
    honoured: z.boolean().openapi({ description: 'Whether nothing differs: then it saves the questions it answers.' }),
    verdict: z.enum(checkVerdicts).nullable(),
    answers: z.array(z.object({ item: z.number().int(), fact: z.string(), value: z.string() })),
    differs: z.array(
      z.object({ in: z.enum(receiptDifferences), slots: z.object({ receipt: z.string(), declared: z.string() }) }),
    ),
    sentences: z.array(z.string()),
    sameTitle: z.boolean(),
    exempt: z.literal('never'),
  })
  .openapi('ReceiptComparison')

const verifyRoute = createRoute({
  method: 'post',
  path: '/receipts/verify',
  tags: ['Checks'],
  summary: 'Verify a receipt, and compare it with a parcel',
  description:
    'A receipt is given as its signed form or as its short id. With a parcel, the answer tells whether it is honoured, which questions it answers, and in what it differs. Nothing is stored.',
  security: [{ key: [] }, { session: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            receipt: z.string().min(1).openapi({ description: 'Compact JWS, or short id.' }),
            parcel: parcelSchema.optional(),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The receipt holds.',
      content: {
        'application/json': {
          schema: z.object({ holds: z.literal(true), claims: claimsSchema, comparison: comparison.nullable() }),
        },
      },
    },
    ...problemResponses([
      'request-invalid',
      'body-unreadable',
      'not-signed-in',
      'not-allowed',
      'not-found',
      'receipt-refused',
      'store-unavailable',
    ]),
  },
})

const keysRoute = createRoute({
  method: 'get',
  path: '/.well-known/jwks.json',
  tags: ['Checks'],
  summary: 'Public keys of receipts',
  description: 'The key that signs now, and those that signed receipts which have not expired (RFC 7517, RFC 8037).',
  responses: {
    200: {
      description: 'A JSON Web Key Set.',
      content: {
        'application/json': {
          schema: z.object({
            keys: z.array(
              z.object({
                kty: z.literal('OKP'),
                crv: z.literal('Ed25519'),
                x: z.string(),
                kid: z.string(),
                use: z.literal('sig'),
                alg: z.literal('EdDSA'),
              }),
            ),
          }),
        },
      },
    },
    ...problemResponses(['store-unavailable']),
  },
})

/** Claims of a signed form, or of the receipt that an id names. */
async function verified(context: ApiContext, receipt: string, parts: ReceiptsParts): Promise<ReceiptClaims> {
  const day = dayOf(parts)
  try {
    if (receipt.includes('.'))
      return await verifyReceipt(receipt.trim(), await knownKeys(parts.store.db, parts.key, day), day)
    const claims = claimsIn(await storedPayload(context, receipt, parts))
    refuseByDay(claims, day)
    return claims
  } catch (error) {
    if (!(error instanceof ReceiptRefused)) throw error
    throw new ApiProblem('receipt-refused', error.message, { extra: { why: error.why }, cause: error })
  }
}

/** What is signed of the receipt with an id, of the caller's tenant; partners read their own. */
async function storedPayload(context: ApiContext, text: string, { store }: ReceiptsParts): Promise<string> {
  const { tenant, role, partner, actor } = callerOf(context)
  const id = readReceiptId(text)
  if (id === null) throw new ApiProblem('not-found', 'This is no id of a receipt: compare it letter by letter.')
  const found = await findReceipt(store.db, tenant, id)
  const isOwn = found !== undefined && (role !== 'partner' || found.givenTo === (partner ?? actor))
  if (!isOwn) throw new ApiProblem('not-found', `There is no receipt ${id} here.`)
  return found.payload
}

async function compared(
  claims: ReceiptClaims,
  parcel: z.infer<typeof parcelSchema>,
  parts: ReceiptsParts,
): Promise<z.infer<typeof comparison> | null> {
  const job: CompareJob = { kind: 'compare', claims, parcel, day: dayOf(parts) }
  const done = (await parts.bench().crew.ask(job)) as CompareDone
  if (done.comparison === null) return null
  const { answers, differs, sentences, ...rest } = done.comparison
  return { ...rest, answers: [...answers], differs: [...differs], sentences: [...sentences] }
}

function dayOf({ now }: ReceiptsParts): string {
  return new Date(now()).toISOString().slice(0, 10)
}

/** Claims as the schema types them: it knows no read-only lists. */
function plainClaims(claims: ReceiptClaims): z.infer<typeof claimsSchema> {
  return claims as unknown as z.infer<typeof claimsSchema>
}
