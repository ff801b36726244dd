import { randomBytes } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import type { OpenedWithoutData } from '../core/act/case/event.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { findPlace } from '../core/parcel/places.ts'
import { identifierKinds, identifiersOf } from '../core/read/identifiers.ts'
import { keyOf } from '../intake/receive.ts'
import { openCase } from '../store/open-case.ts'
import type { Store } from '../store/open-store.ts'
import { readCase } from '../store/read-case.ts'
import { type Api, callerOf } from './api.ts'
import { parcelRow, parcelRowSchema } from './case-view.ts'
import { openingSchema } from './event-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { seesCase, seesDestination } from './seeing.ts'

/** What opening cases needs. */
export interface CasesOpening {
  readonly store: Store
  readonly knowledge: () => Knowledge
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
}

const route = createRoute({
  method: 'post',
  path: '/cases',
  tags: ['Cases'],
  summary: 'Open a case for a parcel that came without data',
  description:
    'Found by X-ray or a dog, damaged, or opened by customs. Without an identifier on the label one is made. Data that come later by `POST /parcels` with that identifier join the case.',
  security: [{ key: [] }, { session: [] }],
  request: { body: { required: true, content: { 'application/json': { schema: openingSchema } } } },
  responses: {
    201: { description: 'The parcel of the case.', content: { 'application/json': { schema: parcelRowSchema } } },
    ...problemResponses([
      'request-invalid',
      'not-signed-in',
      'not-allowed',
      'state-conflict',
      'too-many-requests',
      'store-unavailable',
    ]),
  },
})

/** Adds `POST /cases`. */
export function addCasesOpening(api: Api, { store, knowledge, now }: CasesOpening): void {
  api.openapi(route, async (context) => {
    const caller = callerOf(context)
    const { because, identifier: label, stage, destination: told } = context.req.valid('json')
    const { places, acting: policy } = knowledge()
    const destination = places.codes[findPlace(places, told)]
    if (destination === undefined)
      throw new ApiProblem(
        'request-invalid',
        `destination: ${told} is no place that is known; send a code as FR or XI.`,
      )
    if (!seesDestination(caller, destination, places))
      throw new ApiProblem('not-allowed', `Parcels to ${destination} are not among your places.`)
    const { identifier, keys } = namesOf(label ?? newLabel())
    const { tenant, actor } = caller
    const at = new Date(now()).toISOString()
    const body: OpenedWithoutData = { kind: 'opened-without-data', because, identifier: label, stage }
    const { parcel, opened } = await openCase(store, { tenant, at, actor, body, identifier, keys, destination, policy })
    const stands = await readCase(store.db, tenant, parcel)
    if (opened && stands !== null) return context.json(parcelRow(stands.parcel), 201)
    // Where it goes to a place that the caller does not see, its number is not told either.
    const isSeen = stands !== null && seesCase(caller, stands, places)
    throw new ApiProblem('state-conflict', `There is a parcel ${identifier} already.`, {
      extra: { why: 'opened-already', parcel: isSeen ? parcel : null },
    })
  })
}

/** How the parcel is called, and all names by which a message may speak of it: which kind of number a label bears is not known. */
function namesOf(label: string): { readonly identifier: string; readonly keys: readonly string[] } {
  // Local reference numbers are those of one partner: a label does not tell whose.
  const kinds = identifierKinds.filter((kind) => kind !== 'lrn')
  const found = kinds.flatMap((kind) => identifiersOf({ [kind]: label }))
  const [first] = found
  if (first === undefined) throw new ApiProblem('request-invalid', 'identifier: it holds no letter and no digit.')
  return { identifier: first.value, keys: [...new Set(found.map((one) => keyOf(one, '')))] }
}

/** A name for a parcel without a label: it is to be written on it. */
function newLabel(): string {
  return `CASE-${randomBytes(6).toString('hex').toUpperCase()}`
}
