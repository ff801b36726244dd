import { z } from '@hono/zod-openapi'
import { type Case, foldCase, newCase } from '../core/act/case/case.ts'
import { say } from '../core/decide/words.ts'
import type { Knowledge } from '../core/knowledge.ts'
import { partnerAnswer } from '../intake/partner-answer.ts'
import { caseEvent } from '../store/append-case.ts'
import type { StoredCase } from '../store/read-case.ts'
import type { ParcelRow } from '../store/schema.ts'
import { answerSchema, proposals } from './answer-schema.ts'
import { eventSchema } from './event-schema.ts'

/** A parcel in a list. */
export const parcelRowSchema = z
  .object({
    parcel: z.number().int().openapi({ description: 'Number of the parcel in this tenant.' }),
    identifier: z.string(),
    proposal: z.enum(proposals).or(z.literal('')),
    status: z.string().openapi({ example: 'to-inspect' }),
    stage: z.string(),
    dispatch: z.string().nullable(),
    destination: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    dueAt: z.string().nullable().openapi({ description: 'When a reminder or the end of a question is due.' }),
  })
  .openapi('ParcelRow')

/** A row of the store as it is told. */
export function parcelRow(row: ParcelRow): z.infer<typeof parcelRowSchema> {
  const { parcel, identifier, proposal, status, stage } = row
  return {
    parcel,
    identifier,
    proposal: proposal as (typeof proposals)[number],
    status,
    stage,
    dispatch: row.dispatch === '' ? null : row.dispatch,
    destination: row.destination === '' ? null : row.destination,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    dueAt: row.due_at,
  }
}

const questionSchema = z
  .object({
    item: z.number().int(),
    fact: z.string(),
    sentence: z.string(),
    whom: z.array(z.string()),
    state: z.enum(['open', 'answered', 'ended', 'closed']),
    round: z.number().int(),
    askedAt: z.string(),
    deadline: z.string(),
    reminders: z.number().int(),
    follows: z.string().nullable().openapi({ description: 'What followed from its end without an answer.' }),
  })
  .openapi('CaseQuestion')

/** Everything about a parcel that its caller may see, without people. */
export const caseSchema = parcelRowSchema
  .extend({
    lastSeq: z
      .number()
      .int()
      .openapi({ description: 'Number of the last event: `expect` of what is added on the strength of this view.' }),
    identifiers: z.array(z.string()),
    standing: z
      .string()
      .nullable()
      .openapi({ description: 'The proposal, made stricter by questions that nobody answered.' }),
    decided: z
      .object({ decision: z.number().int(), act: z.string(), state: z.string(), at: z.string(), actor: z.string() })
      .nullable()
      .openapi({ description: 'What a person decided, beside what the machine proposes.' }),
    proposalChangedSince: z.boolean(),
    answer: answerSchema.nullable(),
    questions: z.array(questionSchema),
    certificates: z.array(z.record(z.string(), z.unknown())),
    findings: z.array(z.record(z.string(), z.unknown())),
    messages: z.array(
      z.object({
        seq: z.number().int(),
        partner: z.string(),
        at: z.string(),
        content: z.record(z.string(), z.unknown()),
      }),
    ),
    events: z.array(eventSchema),
    personalData: z.enum(['kept', 'deleted']),
  })
  .openapi('Case')

type CaseView = z.infer<typeof caseSchema>

/** A case as it is told to a caller; a partner is shown its own messages and no events of officers. */
export function caseView(stored: StoredCase, { acting, words }: Knowledge, partner: string | null): CaseView {
  const { parcel, events, messages, answer } = stored
  const state = foldCase(events.map(caseEvent), newCase(acting.order))
  const { decision } = state
  const others = new Set(state.messages.flatMap(({ seq, told }) => (told.partner === partner ? [] : [seq])))
  const bodies = new Map(events.map((event) => [event.seq, event]))
  return {
    ...parcelRow(parcel),
    lastSeq: state.lastSeq,
    identifiers: identifiersFor(state, partner),
    standing: state.standing,
    decided:
      decision === null
        ? null
        : {
            decision: decision.seq,
            act: decision.told.act,
            state: decision.state,
            at: decision.at,
            actor: decision.actor,
          },
    proposalChangedSince: state.proposalChangedSince,
    answer:
      answer === null
        ? null
        : {
            ...(JSON.parse(partner === null ? answer : partnerAnswer(answer)) as NonNullable<CaseView['answer']>),
            decision: parcel.decision,
          },
    questions: state.questions.map((one) => ({ ...one, whom: [...one.whom] })),
    certificates: state.certificates as unknown as CaseView['certificates'],
    findings: partner === null ? (state.findings as unknown as CaseView['findings']) : [],
    messages: messages
      .filter((message) => partner === null || message.partner === partner)
      .map(({ seq, partner: by, at, content }) => ({
        seq,
        partner: by,
        at,
        content: JSON.parse(content) as object as never,
      })),
    events: state.history
      .filter(({ seq, key }) => partner === null || (!hiddenFromPartners.test(key) && !others.has(seq)))
      .map(({ seq, at, actor, key, slots }) => ({
        seq,
        kind: bodies.get(seq)?.kind ?? '',
        at,
        actor,
        sentence: say(words, key, slots),
        body: JSON.parse(bodies.get(seq)?.body ?? '{}') as Record<string, unknown>,
      })),
    personalData: state.personalData,
  }
}

/** What officers do among themselves. */
const hiddenFromPartners = /^event\.(note|selected|located|assigned|inspected|laboratory-result|personal-data-viewed)/

/** Names of the parcel; a partner is told those that it knows itself. */
function identifiersFor({ identifiers, messages }: Case, partner: string | null): string[] {
  if (partner === null) return [...identifiers]
  return [...new Set(messages.flatMap(({ told }) => (told.partner === partner ? told.identifiers : [])))]
}
