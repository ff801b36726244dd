import { z } from '@hono/zod-openapi'

export const proposals = ['no-objection', 'ask', 'hold-documents', 'inspect', 'stop-before-dispatch', 'refuse'] as const

const letters = z.object({ text: z.string(), from: z.number().int(), to: z.number().int() }).openapi('Letters')

const source = z.object({ title: z.string(), href: z.string().nullable() })

const reason = z
  .object({
    kind: z.string(),
    sentence: z.string(),
    item: z.number().int().nullable(),
    evidence: z.array(letters),
    requirement: z.string().nullable(),
    source: source.nullable(),
  })
  .openapi('Reason')

const question = z
  .object({
    fact: z.string().openapi({ example: 'origin' }),
    item: z.number().int(),
    sentence: z.string(),
    askWhom: z.array(z.string()).openapi({ example: ['sender'] }),
    wouldChange: z.array(z.string()),
    answers: z.array(z.object({ value: z.string().openapi({ example: 'NL' }), proposal: z.enum(proposals) })).openapi({
      description:
        'Answers that were tried and would change the proposal, and what each leads to: a word of the fact (`seeds`, `yes`), a code of a place, a scientific name or a number. Any other value of the kind is an answer too.',
    }),
  })
  .openapi('Question')

const measure = z
  .object({
    measure: z.string().openapi({ example: 'phytosanitary-certificate' }),
    certainty: z.enum(['required', 'possible']),
    attainable: z.enum(['yes', 'no', 'unknown']),
    by: z.string().nullable(),
    paper: z.string().nullable(),
    requirement: z.string(),
    branch: z.string(),
    verified: z.boolean(),
    source: z.object({ title: z.string(), href: z.string() }),
  })
  .openapi('Measure')

const item = z
  .object({
    index: z.number().int(),
    article: z.string().openapi({ example: 'seeds' }),
    probability: z.number(),
    articles: z.array(z.object({ article: z.string(), probability: z.number() })),
    clarity: z.number(),
    taxa: z.array(
      z.object({
        name: z.string(),
        written: z.string(),
        rank: z.string(),
        genus: z.string().nullable(),
        family: z.string().nullable(),
        eppo: z.string().nullable(),
        from: z.number().int(),
        to: z.number().int(),
      }),
    ),
    state: z.record(z.string(), z.union([z.boolean(), z.number(), z.null()])),
    use: z.string().nullable(),
    pestRiskCategory: z.number().int().nullable(),
    packaging: letters.nullable(),
    contamination: letters.nullable(),
    measures: z.array(measure),
  })
  .openapi('Item')

/** The answer to one record: what `greenlane screen` writes, with the number of the decision that was stored. */
export const answerSchema = z
  .object({
    parcel: z.object({
      id: z.string().nullable(),
      line: z.number().int().openapi({ description: 'Place of the record in the request, from 1.' }),
    }),
    proposal: z.enum(proposals),
    reasons: z.array(reason),
    questions: z.array(question),
    items: z.array(item),
    problems: z.array(z.object({ kind: z.string(), at: z.string(), sentence: z.string() })),
    knowledge: z.string().openapi({ description: 'Edition of the knowledge that decided.' }),
    engine: z.string(),
    decision: z.number().int().optional().openapi({
      description: 'Number of the decision; missing where the record could not be read and was not stored.',
    }),
  })
  .openapi('Answer')
