import { hash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import type { Case } from '../core/act/case/case.ts'
import type { EventBody } from '../core/act/case/event.ts'
import { partyRoles } from '../core/act/case/party-roles.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { askedFacts } from '../core/read/answers.ts'
import { partnerAnswer } from '../intake/partner-answer.ts'
import type { Reception } from '../intake/reception.ts'
import { unseal } from '../intake/sealing.ts'
import { appendToCase, CaseFault } from '../store/append-case.ts'
import type { Store } from '../store/open-store.ts'
import { answerSchema } from './answer-schema.ts'
import { type Api, callerOf } from './api.ts'
import type { Caller } from './caller.ts'
import { parcelParameter } from './cases-reading.ts'
import { personsEventSchema } from './event-schema.ts'
import { problemResponses } from './problem-schema.ts'
import { ApiProblem } from './problems.ts'
import { caseFor } from './seeing.ts'

/** What writing to cases needs. */
export interface CasesWriting {
  readonly store: Store
  readonly reception: Reception
  readonly knowledge: () => Knowledge
  /** Opens what was sealed of people. */
  readonly peopleKey: Uint8Array
  /** Now, in milliseconds since 1970. */
  readonly now: () => number
}

const security = [{ key: [] }, { session: [] }]
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } })
const usual = [
  'request-invalid',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'state-conflict',
  'store-unavailable',
] as const

const answersSchema = z
  .strictObject({
    as: z.enum(partyRoles).openapi({ description: 'In which capacity it is answered.' }),
    answers: z
      .array(
        z.strictObject({
          item: z.number().int().min(1).openapi({
            description:
              'Item line, from 1. What is said of the way of the parcel (dispatch, destination, by, recipient) holds for all.',
          }),
          fact: z.string().min(1).max(60).openapi({ example: 'origin', description: 'The `fact` of the question.' }),
          value: z.union([z.string().min(1).max(2000), z.number(), z.boolean()]).openapi({
            example: 'NL',
            description:
              'A word of the fact (`seeds`, `yes`), a code of a place, a scientific name or a number, as the `answers` of the question show them; what an item is may be told in words of your own.',
          }),
        }),
      )
      .min(1)
      .max(100),
  })
  .openapi('Answers')

const answersRoute = createRoute({
  method: 'post',
  path: '/parcels/{parcel}/answers',
  tags: ['Parcels'],
  summary: 'Answer questions about a parcel',
  description:
    'What is answered is a claim of who answers. The parcel is decided on again, and the answer that then stands comes back.',
  security,
  request: { params: parcelParameter, body: { required: true, ...json(answersSchema) } },
  responses: { 200: { description: 'The answer that stands now.', ...json(answerSchema) }, ...problemResponses(usual) },
})

const eventsRoute = createRoute({
  method: 'post',
  path: '/parcels/{parcel}/events',
  tags: ['Cases'],
  summary: 'Add to a case what a person did',
  description:
    'A decision, its undoing or carrying out, an inspection, a result of a laboratory, a step of a certificate, a place, a note. A decision is refused where something else was decided or became known since the case was read: `expect` tells up to where it was.',
  security,
  request: { params: parcelParameter, body: { required: true, ...json(personsEventSchema) } },
  responses: {
    200: {
      description: 'What was added.',
      ...json(z.object({ seq: z.number().int(), status: z.string(), told: z.string().nullable() })),
    },
    ...problemResponses(usual),
  },
})

const peopleRoute = createRoute({
  method: 'post',
  path: '/parcels/{parcel}/people',
  tags: ['Cases'],
  summary: 'See the people of a parcel',
  description: 'Names and addresses as they were sent, for a purpose that is told. Every look is an event of the case.',
  security,
  request: {
    params: parcelParameter,
    body: { required: true, ...json(z.strictObject({ purpose: z.string().trim().min(3).max(500) })) },
  },
  responses: {
    200: {
      description: 'People by message and role.',
      ...json(
        z.object({
          people: z.array(z.object({ message: z.number().int(), people: z.record(z.string(), z.unknown()) })),
        }),
      ),
    },
    ...problemResponses([...usual, 'gone']),
  },
})

/** Adds the routes that write to cases. */
export function addCasesWriting(api: Api, parts: CasesWriting): void {
  const { store, reception, knowledge } = parts
  api.openapi(answersRoute, async (context) => {
    const caller = callerOf(context)
    const { parcel } = context.req.valid('param')
    const { messages, answer: standing } = await caseFor(store, caller, parcel, knowledge().places)
    if (messages.length === 0)
      throw new ApiProblem('state-conflict', say(knowledge().words, 'may-follow.no-message'), {
        extra: { why: 'no-message' },
      })
    const { as, answers } = context.req.valid('json')
    refuseUnknown(answers, standing)
    const content = JSON.stringify({ answers: answers.map((one) => ({ ...one, by: as })) })
    const sending = { tenant: caller.tenant, partner: caller.partner ?? caller.actor, actor: caller.actor }
    const fresh = { content, digest: hash('sha256', content), keys: [] }
    const { decision, answer } = await reception.decideAgain({ sending, parcel, cause: 'answered', fresh })
    return context.json(
      {
        ...(JSON.parse(caller.role === 'partner' ? partnerAnswer(answer) : answer) as z.infer<typeof answerSchema>),
        decision,
      },
      200,
    )
  })
  api.openapi(eventsRoute, async (context) => {
    const caller = callerOf(context)
    const { parcel } = context.req.valid('param')
    const stored = await caseFor(store, caller, parcel, knowledge().places)
    const { expect, ...body } = context.req.valid('json')
    // Who decides at once with another is told so, also without saying up to where they had read.
    const since = expect ?? (body.kind === 'decided' ? stored.parcel.last_seq : null)
    const added = await add(parts, caller, { parcel, since }, body)
    return context.json(added, 200)
  })
  api.openapi(peopleRoute, async (context) => {
    const caller = callerOf(context)
    const { parcel } = context.req.valid('param')
    const { purpose } = context.req.valid('json')
    await caseFor(store, caller, parcel, knowledge().places)
    // The look is stored before anything is shown.
    await add(parts, caller, { parcel, since: null }, { kind: 'personal-data-viewed', purpose })
    return context.json({ people: await openPeople(parts, caller.tenant, parcel) }, 200)
  })
}

/** A case, and the number of its last event that whoever adds to it knew; null where that does not matter. */
interface Known {
  readonly parcel: number
  readonly since: number | null
}

/** What changes nothing that is decided on. */
const aside = /^event\.(note|personal-data-viewed|assigned|notified|selected|reminded)/

/** Refuses what is added on the strength of a case that has changed since. Throws ApiProblem that tells what stands now. */
function refuseStale({ history, lastSeq, status, proposal, standing, decision }: Case, since: number | null): void {
  const isStale = since !== null && history.some(({ seq, key }) => seq > since && !aside.test(key))
  if (!isStale) return
  const decided =
    decision === null
      ? null
      : { decision: decision.seq, act: decision.told.act, state: decision.state, actor: decision.actor }
  throw new ApiProblem('state-conflict', 'The case has changed since it was read: look at it again.', {
    extra: {
      why: 'changed-since',
      stands: { lastSeq, status, proposal: proposal?.told.proposal ?? null, standing, decided },
    },
  })
}

/** Adds an event of a person to a case. Throws ApiProblem where it may not follow. */
async function add(
  { store, knowledge, now }: CasesWriting,
  { tenant, actor }: Caller,
  { parcel, since }: Known,
  body: EventBody,
): Promise<{ seq: number; status: string; told: string | null }> {
  const { acting: policy, words } = knowledge()
  const at = new Date(now()).toISOString()
  try {
    const appended = await appendToCase(store, { tenant, parcel, policy }, (state) => {
      refuseStale(state, since)
      return [{ at, actor, body }]
    })
    if (appended === null) throw new ApiProblem('not-found', `There is no parcel ${parcel} here.`)
    const [told] = appended.told
    const why = told?.why ?? null
    const sentence = why === null ? null : say(words, `may-follow.${why}`, told?.facts ?? {})
    return { seq: appended.seqs[0] ?? 0, status: appended.state.status, told: sentence }
  } catch (error) {
    if (!(error instanceof CaseFault)) throw error
    const { why, facts } = error.following
    throw new ApiProblem('state-conflict', say(words, `may-follow.${why}`, facts), { cause: error, extra: { why } })
  }
}

async function openPeople(
  { store, peopleKey }: CasesWriting,
  tenant: string,
  parcel: number,
): Promise<{ message: number; people: Record<string, unknown> }[]> {
  const rows = await store.db
    .selectFrom('personal')
    .innerJoin('messages', (join) =>
      join.onRef('messages.tenant', '=', 'personal.tenant').onRef('messages.seq', '=', 'personal.seq'),
    )
    .select(['personal.seq', 'personal.sealed', 'messages.digest'])
    .where('personal.tenant', '=', tenant)
    .where('personal.parcel', '=', parcel)
    .orderBy('personal.seq')
    .execute()
  return rows.map(({ seq, sealed, digest }) => ({
    message: seq,
    people: JSON.parse(unseal(sealed, peopleKey, digest)) as Record<string, unknown>,
  }))
}

/** Throws ApiProblem where an answer is about an item that the parcel does not have, or a fact that nobody asks for. */
function refuseUnknown(
  answers: readonly { readonly item: number; readonly fact: string }[],
  standing: string | null,
): void {
  const { items } = JSON.parse(standing ?? '{"items":[]}') as { readonly items: readonly unknown[] }
  const errors = answers.flatMap(({ item, fact }, at) => [
    ...(item > items.length ? [{ at: `answers[${at}].item`, sentence: `The parcel has ${items.length} items.` }] : []),
    ...(askedFacts.has(fact) ? [] : [{ at: `answers[${at}].fact`, sentence: 'No question asks for such a fact.' }]),
  ])
  const [first] = errors
  if (first !== undefined)
    throw new ApiProblem('request-invalid', `${first.at}: ${first.sentence}`, { extra: { errors } })
}
