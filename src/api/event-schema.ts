import { z } from '@hono/zod-openapi'
import { openedBecause } from '../core/act/case/event.ts'
import { acts, handOverTo } from '../core/act/case/event-deciding.ts'
import { certificateSteps } from '../core/act/case/event-inspecting.ts'
import { partyRoles } from '../core/act/case/party-roles.ts'

const instant = z.iso.datetime().openapi({ example: '2026-11-24T09:30:00Z' })
const words = z.string().trim().max(4000)
const name = z.string().trim().min(1).max(200).nullable().default(null)
const expect = z.number().int().min(0).optional().openapi({
  example: 12,
  description:
    'The `lastSeq` of the case as it was read. Where the parcel or what is decided on it changed since, nothing is stored and what stands now is told.',
})
const item = z.number().int().min(1).nullable().default(null)

const decided = z
  .strictObject({
    kind: z.literal('decided'),
    expect,
    act: z.enum(acts),
    items: z.array(z.number().int().min(1)).min(1).nullable().default(null),
    requirement: name.openapi({ example: 'eu/annex-vi-11' }),
    authority: name,
    reasons: words.default(''),
    disposal: z
      .strictObject({
        offered: z.array(z.enum(['return', 're-export', 'destroy', 'treat'])).min(1),
        cost: words.nullable(),
        until: z.iso.date(),
      })
      .nullable()
      .default(null),
    to: z.enum(handOverTo).nullable().default(null),
    until: instant.nullable().default(null),
  })
  .openapi('Decided', {
    description: 'What an officer decides. Refusing needs the requirement, the authority and the disposal offered.',
  })

const undone = z
  .strictObject({ kind: z.literal('decision-undone'), expect, decision: z.number().int(), reasons: words.min(1) })
  .openapi('DecisionUndone', { description: 'Takes a decision back, until it is carried out.' })

const carriedOut = z
  .strictObject({ kind: z.literal('carried-out'), expect, decision: z.number().int(), how: words })
  .openapi('CarriedOut')

const inspected = z
  .strictObject({
    kind: z.literal('inspected'),
    expect,
    id: z
      .string()
      .regex(/^[\w-]{8,64}$/)
      .openapi({ description: 'Made by the form: the same inspection sent again counts once.' }),
    done: instant,
    item,
    found: z.boolean(),
    taxon: name,
    part: name,
    pest: name,
    alive: z.boolean().nullable().default(null),
    soil: z.boolean().nullable().default(null),
    measure: words.nullable().default(null),
    minutes: z.number().min(0).max(10_000),
    certificateSeen: z.boolean().nullable().default(null),
    sampled: z.boolean().default(false),
    photographs: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .max(50)
      .default([]),
  })
  .openapi('Inspected')

const laboratoryResult = z
  .strictObject({
    kind: z.literal('laboratory-result'),
    expect,
    inspection: z.string(),
    laboratory: z.string().trim().min(1).max(200),
    found: z.boolean(),
    taxon: name,
    pest: name,
    alive: z.boolean().nullable().default(null),
  })
  .openapi('LaboratoryResult')

const certificateStep = z
  .strictObject({
    kind: z.literal('certificate-step'),
    expect,
    certificate: z.strictObject({
      paper: z.enum([
        'phytosanitary-certificate',
        're-export-certificate',
        'import-permit',
        'authorisation',
        'plant-passport',
        'other',
      ]),
      number: name,
      issuer: name,
      issued: z.iso.date().nullable().default(null),
      item,
    }),
    step: z.enum(certificateSteps),
    holds: z.boolean().nullable(),
    why: name,
    facts: z.record(z.string(), z.string()).default({}),
  })
  .openapi('CertificateStep')

const located = z
  .strictObject({ kind: z.literal('located'), expect, place: z.string().trim().min(1).max(200), shelf: name })
  .openapi('Located')

const assigned = z
  .strictObject({
    kind: z.literal('assigned'),
    expect,
    to: z
      .string()
      .regex(/^person:/)
      .nullable(),
  })
  .openapi('Assigned')

const notified = z
  .strictObject({
    kind: z.literal('notified'),
    expect,
    to: z.enum(partyRoles),
    about: z.enum(['refusal', 'non-compliance', 'question']),
    language: z.string().min(2).max(35),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .openapi('Notified')

const note = z.strictObject({ kind: z.literal('note'), expect, text: words.min(1) }).openapi('Note')

/** What people add to a case. The machine's own events and those of messages come by other ways. */
export const personsEventSchema = z
  .discriminatedUnion('kind', [
    decided,
    undone,
    carriedOut,
    inspected,
    laboratoryResult,
    certificateStep,
    located,
    assigned,
    notified,
    note,
  ])
  .openapi('PersonsEvent')

/** How a case begins where no data came. */
export const openingSchema = z
  .strictObject({
    because: z.enum(openedBecause),
    identifier: z.string().trim().min(3).max(64).nullable().default(null),
    stage: z.enum(['pre-departure', 'departed', 'arrived', 'unknown']).default('arrived'),
    destination: z.string().trim().min(2).max(8),
  })
  .openapi('Opening')

/** An event as it is told. */
export const eventSchema = z
  .object({
    seq: z.number().int(),
    kind: z.string(),
    at: z.string(),
    actor: z.string(),
    sentence: z.string().openapi({ description: 'The event in words.' }),
    body: z.record(z.string(), z.unknown()),
  })
  .openapi('Event')
