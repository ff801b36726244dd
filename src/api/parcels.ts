import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { BodyFault, bodyChunks } from '../intake/bodies.ts'
import { elementLines } from '../intake/json-elements.ts'
import type { Answered, Reception, Sending, Tally } from '../intake/reception.ts'
import { UsageError } from '../intake/table.ts'
import { tableStart } from '../intake/table-start.ts'
import type { Store } from '../store/open-store.ts'
import { answerSchema } from './answer-schema.ts'
import { type Api, type ApiContext, callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { parcelSchema } from './parcel-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem, problemBody } from './problems.ts'

/** What the routes of parcels are made of. */
export interface ParcelsParts {
  readonly store: Store
  readonly reception: Reception
  readonly limits: { readonly body: number; readonly decompressed: number }
  /** Told of each run of records. */
  readonly tally: (tally: Tally) => void
}

/** Adds `POST /parcels`. */
export function addParcels(api: Api, parts: ParcelsParts): void {
  api.openAPIRegistry.registerPath(receiveRoute)
  api.post('/parcels', (context) => receiveParcels(context, parts))
}

const receiveRoute = createRoute({
  method: 'post',
  path: '/parcels',
  tags: ['Parcels'],
  summary: 'Screen parcels and keep them',
  description: `One parcel, a list of them, or a stream with one a line. Each gets its answer, in input order, as soon as it is on disk. The same again gives
the same answer and stores nothing; other data of the same parcel amends what is known, whoever sends it, and decides again. A record that cannot be read
is answered with the place and what to do, and the others go on. Answers come in the form of the request: one, a list, or one a line.`,
  security: [{ key: [] }, { session: [] }],
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.union([parcelSchema, z.array(parcelSchema)]) },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One parcel a line, of any length.' }) },
        'text/csv': { schema: z.string().openapi({ description: 'A table with a header, one item a line.' }) },
        'text/tab-separated-values': { schema: z.string() },
      },
    },
  },
  responses: {
    200: {
      description: 'An answer for each record, in input order.',
      content: {
        'application/json': { schema: z.union([answerSchema, z.array(answerSchema)]) },
        'application/x-ndjson': { schema: z.string().openapi({ description: 'One answer a line.' }) },
      },
    },
    ...problemResponses([
      'body-unreadable',
      'not-signed-in',
      'not-allowed',
      'body-too-large',
      'media-type-unknown',
      'parcel-unreadable',
      'too-many-requests',
      'store-unavailable',
    ]),
  },
})

type Form = 'json' | 'ndjson' | 'csv' | 'tsv'

const forms: ReadonlyMap<string, Form> = new Map([
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'tsv'],
])

async function receiveParcels(context: ApiContext, parts: ParcelsParts): Promise<Response> {
  const sending = sendingOf(callerOf(context))
  const form = formOf(context)
  const packed = packingOf(context)
  const whole = form === 'json'
  const limits = { sent: whole ? parts.limits.body : null, unpacked: whole ? parts.limits.decompressed : null }
  const first = { sign: 0 }
  const chunks = watched(bodyChunks(context.req.raw.body, packed, limits), first)
  const answers = told(parts, chunks, { form, sending })
  if (!whole)
    return streamed(answers, ({ kind, cause }) => {
      context.get('log')?.error('A stream was broken off', { kind }, cause)
    })
  const held: Buffer[] = []
  let records = 0
  let unreadable = 0
  try {
    for await (const { answers: lines, tally } of answers) {
      held.push(lines)
      records += tally.records
      unreadable += tally.unreadable
    }
  } catch (error) {
    throw bodyProblem(error, records - unreadable)
  }
  if (records === 0) throw new ApiProblem('body-unreadable', 'The body holds no parcel.')
  return asJson(Buffer.concat(held), { records, unreadable, list: first.sign === 0x5b })
}

function told(
  { reception, tally }: ParcelsParts,
  chunks: AsyncGenerator<Buffer>,
  { form, sending }: { readonly form: Form; readonly sending: Sending },
): AsyncGenerator<Answered> {
  const start = form === 'csv' || form === 'tsv' ? tableStart(form) : ({ format: 'ndjson' } as const)
  const lines = form === 'json' ? elementLines(chunks) : chunks
  return counted(reception.receive(lines, start, sending), tally)
}

async function* counted(answers: AsyncGenerator<Answered>, tally: (tally: Tally) => void): AsyncGenerator<Answered> {
  for await (const one of answers) {
    tally(one.tally)
    yield one
  }
}

/** Notes the first sign of a text that is no space. */
export async function* watched(chunks: AsyncGenerator<Buffer>, first: { sign: number }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (first.sign === 0) first.sign = chunk.find((byte) => byte > 32 && byte < 0xef) ?? 0
    yield chunk
  }
}

/** The answers of a body that was held whole: one, or a list. */
function asJson(
  lines: Buffer,
  { records, unreadable, list }: { readonly records: number; readonly unreadable: number; readonly list: boolean },
): Response {
  const text = lines.subarray(0, -1)
  if (!list && records === 1 && unreadable === 1) {
    const answer: unknown = JSON.parse(text.toString('utf8'))
    throw new ApiProblem('parcel-unreadable', 'The one parcel of the body could not be read.', { extra: { answer } })
  }
  if (!list && records === 1) return jsonResponse(text)
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) text[at] = 0x2c
  return jsonResponse(Buffer.concat([Buffer.from('['), text, Buffer.from(']')]))
}

/** Answers with JSON that is written already. */
export function jsonResponse(bytes: Buffer): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': 'application/json' } })
}

/** Answers as they come. A fault in the middle is told as a last line, since the status is sent already. */
function streamed(answers: AsyncGenerator<Answered>, brokenOff: (problem: ApiProblem) => void): Response {
  let records = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await answers.next()
        if (next.done === true) return controller.close()
        records += next.value.tally.records - next.value.tally.unreadable
        controller.enqueue(next.value.answers)
      } catch (error) {
        const problem = bodyProblem(error, records)
        const { kind, message, extra } = problem
        brokenOff(problem)
        controller.enqueue(Buffer.from(`${JSON.stringify({ problem: problemBody(kind, message, extra) })}\n`))
        controller.close()
      }
    },
    async cancel() {
      await answers.return(undefined)
    },
  })
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
}

/** What broke a body off, and how many of its records are stored. */
function bodyProblem(error: unknown, stored: number): ApiProblem {
  const extra = { answered: stored }
  if (error instanceof BodyFault) {
    const kind =
      error.kind === 'too-large' || error.kind === 'too-large-unpacked' ? 'body-too-large' : 'body-unreadable'
    return new ApiProblem(kind, `${error.message} ${stored} records before it are stored.`, { extra, cause: error })
  }
  if (error instanceof UsageError) return new ApiProblem('body-unreadable', error.message, { extra, cause: error })
  if (error instanceof ApiProblem) return error
  const detail = `${stored} records are stored, what follows is not.`
  return new ApiProblem('store-unavailable', detail, { extra, cause: error, headers: { 'retry-after': '2' } })
}

function formOf(context: Context): Form {
  const type = (context.req.header('content-type') ?? 'application/json').split(';', 1)[0] as string
  const form = forms.get(type.trim().toLowerCase())
  if (form !== undefined) return form
  throw new ApiProblem('media-type-unknown', `Content-Type ${type.slice(0, 60)} is not read.`, {
    headers: { accept: [...forms.keys()].join(', ') },
  })
}

/** How a body is packed. Throws ApiProblem where that is not read here. */
export function packingOf(context: Context): 'gzip' | 'plain' {
  const packing = (context.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (packing === 'identity' || packing === '') return 'plain'
  if (packing === 'gzip' || packing === 'x-gzip') return 'gzip'
  throw new ApiProblem('media-type-unknown', `Content-Encoding ${packing.slice(0, 60)} is not read.`, {
    headers: { 'accept-encoding': 'gzip' },
  })
}

/** Who sends; people who sign in send under a name of their own. */
export function sendingOf({ tenant, partner, actor }: Caller): Sending {
  return { tenant, partner: partner ?? actor, actor }
}
