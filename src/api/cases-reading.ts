import { createRoute, z } from '@hono/zod-openapi'
import type { Knowledge } from '../core/knowledge.ts'
import { identifierKinds, identifiersOf } from '../core/read/identifiers.ts'
import type { Store } from '../store/open-store.ts'
import { findParcel, readCase } from '../store/read-case.ts'
import { readParcels } from '../store/read-parcels.ts'
import { readScorecards } from '../store/read-scorecards.ts'
import { proposals } from './answer-schema.ts'
import { type Api, callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { caseSchema, caseView, parcelRow, parcelRowSchema } from './case-view.ts'
import { eventSchema } from './event-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { caseFor, placesSeen, seesCase } from './seeing.ts'

/** What reading cases needs. */
export interface CasesReading {
  readonly store: Store
  readonly knowledge: () => Knowledge
}

const security = [{ key: [] }, { session: [] }]
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })
const usual = ['request-invalid', 'not-signed-in', 'not-allowed', 'not-found', 'too-many-requests'] as const

/** A parcel by its number. */
export const parcelParameter = z.object({
  parcel: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .openapi({ param: { name: 'parcel', in: 'path' }, example: 1 }),
})

const listRoute = createRoute({
  method: 'get',
  path: '/parcels',
  tags: ['Parcels'],
  summary: 'Find parcels',
  description: 'By an identifier, or a page of all, the newest first. A partner finds the parcels that it spoke of.',
  security,
  request: {
    query: z.object({
      identifier: z.string().trim().min(3).max(100).optional().openapi({ example: 'LZ843992075CN' }),
      proposal: z.enum(proposals).optional(),
      status: z.string().max(40).optional().openapi({ example: 'to-inspect' }),
      waiting: z.enum(['yes']).optional().openapi({ description: 'Only those that wait for an answer.' }),
      before: z.coerce.number().int().min(1).optional().openapi({ description: 'The `before` of the page before.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: {
      description: 'Parcels, the newest first; `before` is null at the end.',
      ...json(z.object({ parcels: z.array(parcelRowSchema), before: z.number().int().nullable() })),
    },
    ...problemResponses(usual),
  },
})

const caseRoute = createRoute({
  method: 'get',
  path: '/parcels/{parcel}',
  tags: ['Parcels'],
  summary: 'Read a parcel and its case',
  description:
    'What was said, what was proposed and decided, open questions, certificates and everything that happened, oldest first. No people.',
  security,
  request: { params: parcelParameter },
  responses: { 200: { description: 'The case.', ...json(caseSchema) }, ...problemResponses(usual) },
})

const caseEventsRoute = createRoute({
  method: 'get',
  path: '/parcels/{parcel}/events',
  tags: ['Cases'],
  summary: 'Read on in what happened to a parcel',
  description:
    'The events after a number, the oldest first. `next` is the `after` of the page that follows; it is there also at the end.',
  security,
  request: {
    params: parcelParameter,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0).openapi({ description: 'The `next` of the page before.' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: {
    200: { description: 'A page.', ...json(z.object({ events: z.array(eventSchema), next: z.number().int() })) },
    ...problemResponses(usual),
  },
})

const scorecardSchema = z
  .object({
    partner: z.string(),
    dispatch: z.string().nullable(),
    received: z.number().int(),
    amended: z.number().int(),
    unreadable: z.number().int(),
    vague: z.number().int(),
    withoutHs: z.number().int(),
    withoutOrigin: z.number().int(),
  })
  .openapi('Scorecard')

const scorecardsRoute = createRoute({
  method: 'get',
  path: '/scorecards',
  tags: ['Parcels'],
  summary: 'How good the data are, by partner and country of dispatch',
  description: 'Counts of a whole tenant: who is limited to places is not told them, and a partner is told its own.',
  security,
  request: {
    query: z.object({
      from: z.iso.date().optional(),
      to: z.iso.date().optional().openapi({ description: 'Last day.' }),
    }),
  },
  responses: {
    200: { description: 'Counts of messages.', ...json(z.object({ scorecards: z.array(scorecardSchema) })) },
    ...problemResponses(usual),
  },
})

/** Adds the routes that read parcels and their cases. */
export function addCasesReading(api: Api, { store, knowledge }: CasesReading): void {
  api.openapi(listRoute, async (context) => {
    const caller = callerOf(context)
    const asked = context.req.valid('query')
    const { places } = knowledge()
    if (asked.identifier !== undefined) {
      const found = await byIdentifier(store, caller, asked.identifier)
      const seen = found === null || !seesCase(caller, found, places) ? [] : [parcelRow(found.parcel)]
      return context.json({ parcels: seen, before: null }, 200)
    }
    const parcels = await readParcels(store.db, {
      tenant: caller.tenant,
      partner: caller.role === 'partner' ? caller.partner : null,
      places: placesSeen(caller, places),
      proposal: asked.proposal ?? null,
      status: asked.status ?? null,
      waiting: asked.waiting === 'yes',
      before: asked.before ?? null,
      limit: asked.limit,
    })
    const before = parcels.length < asked.limit ? null : (parcels.at(-1)?.parcel ?? null)
    return context.json({ parcels: parcels.map(parcelRow), before }, 200)
  })
  api.openapi(caseRoute, async (context) => {
    const caller = callerOf(context)
    const { parcel } = context.req.valid('param')
    const stored = await caseFor(store, caller, parcel, knowledge().places)
    return context.json(caseView(stored, knowledge(), caller.role === 'partner' ? caller.partner : null), 200)
  })
  api.openapi(caseEventsRoute, async (context) => {
    const caller = callerOf(context)
    const { parcel } = context.req.valid('param')
    const { after, limit } = context.req.valid('query')
    const stored = await caseFor(store, caller, parcel, knowledge().places)
    const { events } = caseView(stored, knowledge(), caller.role === 'partner' ? caller.partner : null)
    const page = events.filter(({ seq }) => seq > after).slice(0, limit)
    return context.json({ events: page, next: page.at(-1)?.seq ?? after }, 200)
  })
  api.openapi(scorecardsRoute, async (context) => {
    const { tenant, role, partner, places } = callerOf(context)
    if (places !== null && role !== 'partner')
      throw new ApiProblem('not-allowed', 'Scorecards count parcels to all places, and yours are some of them.')
    const { from = '0000-01-01', to = '9999-12-31' } = context.req.valid('query')
    if (from > to) throw new ApiProblem('request-invalid', 'from: it lies after `to`.')
    const scorecards = await readScorecards(store.db, {
      tenant,
      partner: role === 'partner' ? partner : null,
      from,
      to,
    })
    return context.json({ scorecards: [...scorecards] }, 200)
  })
}

/** The case that an identifier names, of whatever kind it is. */
async function byIdentifier(store: Store, { tenant, partner }: Caller, text: string) {
  const keys = identifierKinds.flatMap((kind) =>
    identifiersOf({ [kind]: text }).map((one) =>
      one.kind === 'lrn' ? `lrn:${partner ?? ''}:${one.value}` : `${one.kind}:${one.value}`,
    ),
  )
  const parcel = await findParcel(store.db, tenant, [...keys, `content:${text.toLowerCase()}`])
  return parcel === null ? null : readCase(store.db, tenant, parcel)
}
