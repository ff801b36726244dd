import { z } from '@hono/zod-openapi'
import { checkVerdicts } from '../core/act/check.ts'
import { articles } from '../core/parcel/articles.ts'
import { modes, recipients } from '../core/parcel/parcel.ts'
import { parts, stateFacts, uses } from '../core/parcel/state.ts'

const day = z.iso.date().openapi({ example: '2026-11-24' })

const goods = z.object({
  article: z.enum(articles),
  taxa: z.array(z.string()).openapi({ description: 'Accepted scientific names.', example: ['Solanum lycopersicum'] }),
  part: z.enum(parts).nullable(),
  use: z.enum(uses).nullable(),
  state: z.partialRecord(z.enum(stateFacts), z.boolean()),
})

/** What a receipt says. */
export const claimsSchema = z
  .object({
    id: z.string().openapi({ example: 'GL-7Q2M-4XKD-90TB-5' }),
    issuer: z.string(),
    tenant: z.string(),
    goods: z.array(goods),
    hs6: z.string().nullable(),
    title: z.string().openapi({ description: 'Digest of the words of the title.' }),
    pieces: z.number().nullable(),
    grams: z.number().nullable(),
    by: z.enum(modes).nullable(),
    recipient: z.enum(recipients).nullable(),
    origin: z.string().nullable(),
    dispatch: z.string().nullable(),
    destinations: z.array(
      z.object({
        place: z.string(),
        verdict: z.enum(checkVerdicts),
        rules: z.array(z.string()),
        law: z.string().openapi({ description: 'Digest of the law that could bear on the goods.' }),
      }),
    ),
    edition: z.string(),
    issued: day,
    expires: day,
    exempt: z.literal('never').openapi({ description: 'No receipt exempts a parcel from the random draw.' }),
  })
  .openapi('ReceiptClaims')
