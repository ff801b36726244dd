import { z } from '@hono/zod-openapi'
import { checkVerdicts } from '../core/act/check.ts'
import { mostDestinations, statable } from '../core/act/check-item.ts'
import { articles } from '../core/parcel/articles.ts'
import { modes, recipients } from '../core/parcel/parcel.ts'
import { parts, uses } from '../core/parcel/state.ts'
import { branches } from '../core/require/pack.ts'

/** One item of a check. What is missing is unknown; what cannot be read is answered with its field, and the others go on. */
export const checkItemSchema = z
  .object({
    id: z.string().optional().openapi({ description: 'Comes back with the answer.', example: 'SKU-17' }),
    title: z.string().openapi({ example: 'Dendrobium nobile, rooted plants' }),
    description: z.string().nullable().optional(),
    hs: z.string().nullable().optional().openapi({ description: 'Harmonized System code.', example: '0602.90' }),
    category: z.string().nullable().optional().openapi({ description: 'Category of a marketplace: a path or number.' }),
    goods: z
      .object({
        article: z.enum(statable),
        taxon: z.string().openapi({ description: 'Scientific name.', example: 'Dendrobium nobile' }),
        part: z.enum(parts),
        use: z.enum(uses),
      })
      .partial()
      .nullable()
      .optional()
      .openapi({ description: 'What the seller states the goods are; it never outweighs the words.' }),
    originCountry: z.string().nullable().optional().openapi({
      description: 'Where the material grew; never taken from where it ships from.',
      example: 'TH',
    }),
    shipsFrom: z.string().nullable().optional().openapi({ example: 'TH' }),
    destinations: z
      .array(z.string())
      .min(1)
      .max(mostDestinations)
      .openapi({ example: ['FR', 'JP'] }),
    pieces: z.number().min(0).nullable().optional(),
    grams: z.number().min(0).nullable().optional(),
    documents: z
      .array(z.object({ kind: z.string(), number: z.string().nullable().optional() }))
      .nullable()
      .optional(),
    by: z.enum(modes).nullable().optional(),
    recipient: z.enum(recipients).nullable().optional(),
    seller: z.string().nullable().optional().openapi({ description: 'Name or number of the seller.' }),
    sku: z.string().nullable().optional().openapi({ description: 'Stock-keeping unit of the seller.' }),
    url: z.string().nullable().optional().openapi({ description: 'Page of the offer.' }),
  })
  .openapi('CheckItem')

const rule = z
  .object({
    requirement: z.string().openapi({ example: 'eu/annex-xi-a-2-plants' }),
    title: z.string(),
    certainty: z.enum(['required', 'possible']),
    detail: z.string().nullable(),
    branch: z.enum(branches),
    source: z.object({ title: z.string(), href: z.string() }),
    verified: z.boolean().openapi({ description: 'Whether the text of the law was read.' }),
    read: z.string().nullable().openapi({ description: 'Day on which it was read.' }),
    edition: z.string().nullable().openapi({ description: 'Day of an old edition that was read.' }),
  })
  .openapi('CheckRule')

const step = z
  .object({
    step: z.string().openapi({ example: 'phytosanitary-certificate' }),
    sentence: z.string(),
    certainty: z.enum(['required', 'possible']),
    by: z.string().nullable().openapi({ description: 'Who owes it.', example: 'exporting-nppo' }),
    claimed: z.boolean().openapi({ description: 'Whether a paper that meets it is claimed.' }),
    rules: z.array(rule),
  })
  .openapi('CheckStep')

const destination = z
  .object({
    destination: z.string().openapi({ example: 'FR' }),
    verdict: z.enum(checkVerdicts),
    sentence: z.string(),
    complete: z
      .boolean()
      .openapi({ description: 'While the law was not read whole for such goods, nothing is permission.' }),
    next: z.array(step).openapi({ description: 'What to do, in order.' }),
    more: z.number().int().openapi({ description: 'Requirements that only could apply and are not told one by one.' }),
    questions: z.array(z.object({ fact: z.string(), sentence: z.string(), rules: z.array(z.string()) })),
  })
  .openapi('CheckDestination')

/** The answer to one item, with its receipt. */
export const checkAnswerSchema = z
  .object({
    item: z.number().int().openapi({ description: 'Position of the item in what was sent, from 1.' }),
    id: z.string().nullable(),
    goods: z.array(
      z.object({
        article: z.enum(articles),
        taxa: z.array(z.string()),
        part: z.enum(parts).nullable(),
        use: z.enum(uses).nullable(),
      }),
    ),
    choices: z
      .array(z.object({ article: z.enum(articles), sentence: z.string() }))
      .openapi({ description: 'Which goods it may mean, in a fixed order; empty when the goods are clear.' }),
    destinations: z.array(destination),
    problems: z.array(z.object({ kind: z.string(), at: z.string(), sentence: z.string() })),
    on: z.string(),
    knowledge: z.string(),
    engine: z.string(),
    receipt: z
      .object({
        id: z.string().openapi({ description: 'Fits in a field of a CN 23.', example: 'GL-7Q2M-4XKD-90TB-5' }),
        expires: z.string(),
        jws: z.string().nullable().openapi({
          description:
            'Compact JWS, EdDSA; keys at /.well-known/jwks.json. Null in answers to more than 100 items: read it at /receipts/{id}.',
        }),
      })
      .nullable()
      .openapi({ description: 'Null while the goods are not clear.' }),
  })
  .openapi('CheckAnswer')
