import { createRoute, z } from '@hono/zod-openapi'
import type { Knowledge } from '../core/knowledge.ts'
import { partnerAnswer } from '../intake/partner-answer.ts'
import type { Store } from '../store/open-store.ts'
import { type DecisionTold, readDecisions, readDestinations } from '../store/read-decisions.ts'
import { type ChainWatch, watchChains } from '../store/watch-chains.ts'
import { answerSchema } from './answer-schema.ts'
import { type Api, callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { cursorAt, seqOfCursor } from './cursor.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { seesDestination } from './seeing.ts'

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
repeats one. \`next\` is there also when nothing is new yet: keep it and ask again. With \`wait\`, an empty page is held back that many seconds. Who is limited to places reads the decisions on parcels that go there; a page of theirs may be empty and \`next\` move on all the same.`,
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

/** Most pages of the log that are looked through for one page of a caller who sees some places only. */
const mostPages = 20

/** What reading decisions needs. */
export interface DecisionsParts {
  readonly store: Store
  readonly knowledge: () => Knowledge
}

/** Adds `GET /decisions`. */
export function addDecisions(api: Api, parts: DecisionsParts): void {
  const watch = watchChains(parts.store.db)
  api.openapi(route, async (context) => {
    const caller = callerOf(context)
    const { after, limit, wait } = context.req.valid('query')
    const from = after === undefined ? 0 : seqOfCursor(after)
    if (from === null || (from > 0 && from > (await watch.end(caller.tenant))))
      throw new ApiProblem('cursor-unknown', 'The cursor is none that was given out.')
    const waiting = { until: performance.now() + wait * 1000, signal: context.req.raw.signal, watch }
    const page = await readOrWait(parts, caller, { after: from, limit }, waiting)
    const next = cursorAt(page.last)
    // Answers are JSON already: they are put in as they stand.
    return context.body(
      `{"decisions":[${page.decisions.map((one) => textOf(one, caller)).join(',')}],"next":${JSON.stringify(next)}}`,
      200,
      {
        'content-type': 'application/json',
      },
    ) as never
  })
}

interface Waiting {
  /** Instant of the performance clock, in milliseconds. */
  readonly until: number
  readonly signal: AbortSignal
  readonly watch: ChainWatch
}

/** The next decisions, waited for where there are none yet. */
async function readOrWait(
  parts: DecisionsParts,
  caller: Caller,
  { after, limit }: Asked,
  { until, signal, watch }: Waiting,
): Promise<Page> {
  let last = after
  for (;;) {
    const left = until - performance.now()
    const end = left > 0 ? await watch.end(caller.tenant) : 0
    const page = await readSeen(parts, caller, { after: last, limit })
    if (page.decisions.length > 0 || left <= 0 || signal.aborted) return page
    // What was passed over may go on: then there is more to look through already.
    if (page.last === last) await watch.beyond(caller.tenant, end, { milliseconds: left, signal })
    last = page.last
  }
}

interface Asked {
  readonly after: number
  readonly limit: number
}

interface Page {
  readonly decisions: readonly DecisionTold[]
  /** Number up to which the log was looked through. */
  readonly last: number
}

/** The next decisions that a caller sees. What goes to other places is passed over, and the cursor goes on behind it. */
async function readSeen({ store, knowledge }: DecisionsParts, caller: Caller, { after, limit }: Asked): Promise<Page> {
  const { tenant, partner } = caller
  const { places } = knowledge()
  const decisions: DecisionTold[] = []
  let last = after
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readDecisions(store, { tenant, partner, after: last, limit })
    if (caller.places === null || page.length === 0)
      return { decisions: [...decisions, ...page], last: page.at(-1)?.seq ?? last }
    const parcels = [...new Set(page.map(({ parcel }) => parcel))]
    const destinations = await readDestinations(store.db, tenant, parcels)
    for (const decision of page) {
      if (decisions.length === limit) return { decisions, last }
      last = decision.seq
      if (seesDestination(caller, destinations.get(decision.parcel) ?? '', places)) decisions.push(decision)
    }
    if (page.length < limit || decisions.length === limit) return { decisions, last }
  }
  return { decisions, last }
}

function textOf({ seq, parcel, kind, at, actor, answer, body }: DecisionTold, { role }: Caller): string {
  const forPartner = role === 'partner'
  // Which person it was, and their words, stay in the authority.
  const by = forPartner && actor.startsWith('person:') ? 'person' : actor
  const told = JSON.stringify({ decision: seq, parcel, kind, at, actor: by })
  const own = answer === null || !forPartner ? answer : partnerAnswer(answer)
  const said = forPartner && by === 'person' ? withoutReasons(body) : body
  return `${told.slice(0, -1)},"answer":${own ?? 'null'},"told":${said}}`
}

function withoutReasons(body: string): string {
  const { reasons: _, ...rest } = JSON.parse(body) as Readonly<Record<string, unknown>>
  return JSON.stringify(rest)
}
