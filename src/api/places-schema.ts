import { z } from '@hono/zod-openapi'

/** Places that limit a caller: codes of countries or of border posts; null for no limit. */
export const placesSchema = z
  .array(z.string().regex(/^[\w-]{2,64}$/, 'a country (NL) or a border post, letters, digits, - and _'))
  .min(1)
  .max(300)
  .nullable()
  .openapi({ description: 'Places that limit what is seen; null for all.', example: ['NL'] })
