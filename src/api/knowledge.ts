import { createRoute, z } from '@hono/zod-openapi'
import type { Knowledge } from '../core/knowledge.ts'
import { readChangedParcels, readKnowledgeState } from '../editions/knowledge-state.ts'
import type { Store } from '../store/open-store.ts'
import { proposals } from './answer-schema.ts'
import { type Api, callerOf } from './api.ts'
import { cursorAt, seqOfCursor } from './cursor.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { placesSeen } from './seeing.ts'

const editionSchema = z.object({
  edition: z.string().openapi({ description: 'Digest of what experts wrote.' }),
  engine: z.string().openapi({ description: 'The code that compiled it.' }),
  at: z.string(),
})

const schema = z
  .object({
    edition: z
      .string()
      .openapi({ description: 'The edition that this service decides by now, as its answers name it.' }),
    published: editionSchema
      .extend({ origin: z.enum(['package', 'published']), actor: z.string() })
      .nullable()
      .openapi({ description: 'The edition that counts, and who let it count.' }),
    kept: z
      .array(editionSchema.extend({ bytes: z.number().int() }))
      .openapi({ description: 'Kept editions, the newest first: each as long as a decision refers to it.' }),
    rescreening: z
      .object({
        edition: z.string(),
        engine: z.string(),
        begun: z.string(),
        ended: z.string().nullable(),
        screened: z.number().int(),
        changed: z.number().int(),
      })
      .nullable()
      .openapi({ description: 'How far open parcels of all tenants were screened again.' }),
    changed: z
      .array(
        z.object({
          decision: z.number().int(),
          parcel: z.number().int(),
          identifier: z.string(),
          proposal: z.enum(proposals),
          destination: z.string(),
        }),
      )
      .openapi({ description: 'Open parcels that got another answer by the edition that counts.' }),
    next: z.string().openapi({ description: 'Cursor of the next page of `changed`.' }),
  })
  .openapi('Knowledge')

const route = createRoute({
  method: 'get',
  path: '/knowledge',
  tags: ['Knowledge'],
  summary: 'See which edition counts and what it changed',
  description: `The edition of the knowledge that counts, the editions that are kept, how far open parcels were screened again since it counts,
and which of them got another answer. A new edition is published on the command line.`,
  security: [{ key: [] }, { session: [] }],
  request: {
    query: z.object({
      after: z
        .string()
        .max(64)
        .optional()
        .openapi({ description: 'The `next` of the page before; nothing for the beginning.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: { description: 'The editions, and a page of changed parcels.', content: { 'application/json': { schema } } },
    ...problemResponses(['request-invalid', 'cursor-unknown', 'not-signed-in', 'not-allowed', 'too-many-requests']),
  },
})

/** What telling of the knowledge needs. */
export interface KnowledgeParts {
  readonly store: Store
  readonly knowledge: () => Knowledge
}

/** Adds `GET /knowledge`. */
export function addKnowledge(api: Api, { store, knowledge }: KnowledgeParts): void {
  api.openapi(route, async (context) => {
    const caller = callerOf(context)
    const { after, limit } = context.req.valid('query')
    const from = after === undefined ? 0 : seqOfCursor(after)
    if (from === null) throw new ApiProblem('cursor-unknown', 'The cursor is none that was given out.')
    const { edition, places } = knowledge()
    const { current, kept, rescreening } = await readKnowledgeState(store)
    const asked = { tenant: caller.tenant, edition, places: placesSeen(caller, places), after: from, limit }
    const changed = await readChangedParcels(store, asked)
    return context.json(
      {
        edition,
        published: current,
        kept: [...kept],
        rescreening,
        changed: changed.map(({ seq, proposal, ...rest }) => ({
          ...rest,
          decision: seq,
          proposal: proposal as (typeof proposals)[number],
        })),
        next: cursorAt(changed.at(-1)?.seq ?? from),
      },
      200,
    )
  })
}
