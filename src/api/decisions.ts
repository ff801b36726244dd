import { createRoute, z } from '@hono/zod-openapi'
import type { Store } from '../store/open-store.ts'
import { type DecisionTold, readDecisions } from '../store/read-decisions.ts'
import { answerSchema } from './answer-schema.ts'
import { type Api, callerOf } from './api.ts'
import { cursorAt, seqOfCursor } from './cursor.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'

const decisionSchema = z
  .object({
    decision: z.number().int().openapi({ description: 'Number of the event; it grows.' }),
    parcel: z.number().int(),
    kind: z.string().openapi({ example: 'proposed', description: 'proposed by the machine, or decided by a person.' }),
    at: z.string(),
    actor: z.string(),
    answer: answerSchema.nullable(),
    told: z.record(z.string(), z.unknown()).openapi({ description: 'What the event tells.' }),
  })
  .openapi('Decision')

const route = createRoute({
  method: 'get',
  path: '/decisions',
  tags: ['Decisions'],
  summary: 'Read decisions on and on',
  description: `Decisions in the order in which they were stored, from the one after the cursor. Reading on with \`next\` never skips one and never
repeats one. \`next\` is there also when nothing is new yet: keep it and ask again. With \`wait\`, an empty page is held back that many seconds.`,
  security: [{ key: [] }, { session: [] }],
  request: {
    query: z.object({
      after: z
        .string()
        .max(64)
        .optional()
        .openapi({ description: 'The `next` of the page before; nothing for the beginning.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      wait: z.coerce.number().int().min(0).max(30).default(0).openapi({ description: 'Seconds.' }),
    }),
  },
  responses: {
    200: {
      description: 'A page, the oldest first.',
      content: { 'application/json': { schema: z.object({ decisions: z.array(decisionSchema), next: z.string() }) } },
    },
    ...problemResponses(['request-invalid', 'cursor-unknown', 'not-signed-in', 'not-allowed', 'too-many-requests']),
  },
})

/** How often the store is asked while an empty page is held back, in milliseconds. */
const pause = 250

/** Adds `GET /decisions`. */
export function addDecisions(api: Api, { store }: { readonly store: Store }): void {
  api.openapi(route, async (context) => {
    const { tenant, partner } = callerOf(context)
    const { after, limit, wait } = context.req.valid('query')
    const from = after === undefined ? 0 : seqOfCursor(after)
    if (from === null) throw new ApiProblem('cursor-unknown', 'The cursor is none that was given out.')
    const until = performance.now() + wait * 1000
    let page = await readDecisions(store.db, { tenant, partner, after: from, limit })
    while (page.length === 0 && performance.now() < until && !context.req.raw.signal.aborted) {
      await new Promise((done) => setTimeout(done, pause))
      page = await readDecisions(store.db, { tenant, partner, after: from, limit })
    }
    const next = cursorAt(page.at(-1)?.seq ?? from)
    // Answers are JSON already: they are put in as they stand.
    return context.body(`{"decisions":[${page.map(textOf).join(',')}],"next":${JSON.stringify(next)}}`, 200, {
      'content-type': 'application/json',
    }) as never
  })
}

function textOf({ seq, parcel, kind, at, actor, answer, body }: DecisionTold): string {
  const told = JSON.stringify({ decision: seq, parcel, kind, at, actor })
  return `${told.slice(0, -1)},"answer":${answer ?? 'null'},"told":${body}}`
}
