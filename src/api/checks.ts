import { createRoute, z } from '@hono/zod-openapi'
import { BodyFault, bodyChunks } from '../intake/bodies.ts'
import { type CheckingParts, checkItems, TooManyItems } from '../intake/checking.ts'
import { elementLines } from '../intake/json-elements.ts'
import { type Api, type ApiContext, callerOf } from './api.ts'
import { checkAnswerSchema, checkItemSchema } from './check-schema.ts'
import { jsonResponse, packingOf, sendingOf, watched } from './parcels.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'

/** What the routes of checks are made of. */
export interface ChecksParts extends CheckingParts {
  readonly limits: { readonly body: number; readonly decompressed: number }
}

/** Most items of one request. */
export const mostItems = 10_000

/** Adds `POST /checks`. */
export function addChecks(api: Api, parts: ChecksParts): void {
  api.openAPIRegistry.registerPath(checkRoute)
  api.post('/checks', (context) => check(context, parts))
}

const checkRoute = createRoute({
  method: 'post',
  path: '/checks',
  tags: ['Checks'],
  summary: 'Check offers before the sale',
  description: `One item, a list of up to ${mostItems}, or one a line. Each is answered, in input order, with the law of every destination for the goods that
are stated, what to do next, the rule behind it, and a signed receipt. Where it is not clear which goods are sold, the answer asks. A fault names the item
and the field, and the others go on. Nothing here is a decision on a parcel.`,
  security: [{ key: [] }, { session: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.union([checkItemSchema, z.array(checkItemSchema).max(mostItems)]) },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One item a line.' }) },
      },
    },
  },
  responses: {
    200: {
      description: 'An answer for each item, in input order and in the form of the request.',
      content: {
        'application/json': { schema: z.union([checkAnswerSchema, z.array(checkAnswerSchema)]) },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One answer a line.' }) },
      },
    },
    ...problemResponses([
      'body-unreadable',
      'not-signed-in',
      'not-allowed',
      'body-too-large',
      'media-type-unknown',
      'too-many-requests',
      'store-unavailable',
    ]),
  },
})

const lineForms = ['application/x-ndjson', 'application/ndjson', 'application/jsonl']
const jsonForms = ['application/json', 'text/json']

async function check(context: ApiContext, parts: ChecksParts): Promise<Response> {
  const sending = sendingOf(callerOf(context))
  const isLines = isLineForm(context)
  const { body, decompressed } = parts.limits
  const first = { sign: 0 }
  const limits = { sent: body, unpacked: decompressed }
  const chunks = watched(bodyChunks(context.req.raw.body, packingOf(context), limits), first)
  const answers = await answered(isLines ? chunks : elementLines(chunks), { sending, most: mostItems }, parts)
  if (isLines) {
    const lines = answers.map((one) => `${one}\n`).join('')
    return new Response(lines, { headers: { 'content-type': 'application/x-ndjson' } })
  }
  const isList = first.sign === 0x5b
  const [only] = answers
  if (!isList && answers.length === 1 && only !== undefined) return jsonResponse(Buffer.from(only))
  if (!isList && answers.length === 0) throw new ApiProblem('body-unreadable', 'The body holds no item.')
  return jsonResponse(Buffer.from(`[${answers.join(',')}]`))
}

async function answered(
  lines: AsyncIterable<Buffer>,
  asked: Parameters<typeof checkItems>[1],
  parts: ChecksParts,
): Promise<readonly string[]> {
  try {
    return await checkItems(lines, asked, parts)
  } catch (error) {
    if (error instanceof TooManyItems) throw new ApiProblem('body-too-large', error.message, { cause: error })
    if (!(error instanceof BodyFault)) throw error
    const isLarge = error.kind === 'too-large' || error.kind === 'too-large-unpacked'
    throw new ApiProblem(isLarge ? 'body-too-large' : 'body-unreadable', error.message, { cause: error })
  }
}

function isLineForm(context: ApiContext): boolean {
  const type = (context.req.header('content-type') ?? 'application/json').split(';', 1)[0] as string
  const form = type.trim().toLowerCase()
  if (lineForms.includes(form)) return true
  if (jsonForms.includes(form)) return false
  throw new ApiProblem('media-type-unknown', `Content-Type ${form.slice(0, 60)} is not read.`, {
    headers: { accept: [...jsonForms, ...lineForms].join(', ') },
  })
}
