import { z } from '@hono/zod-openapi'

const amountText = z.union([z.string(), z.number()])

const party = z
  .object({
    name: z.string(),
    address: z
      .object({
        lines: z.array(z.string()),
        city: z.string().nullable(),
        postcode: z.string().nullable(),
        state: z.string().nullable(),
        country: z.string().nullable(),
      })
      .partial(),
    email: z.string(),
    telephone: z.string(),
    kind: z.enum(['private-person', 'institution', 'trader']),
    naturalPerson: z.boolean().nullable(),
    placingOnTheMarket: z.boolean().nullable(),
  })
  .partial()
  .loose()
  .openapi('Party', {
    description:
      'A person or organisation; all of it is sealed or reduced to a pseudonym and a zone when it is received.',
  })

const line = z
  .object({
    index: z.number().int().min(1).optional().openapi({
      description:
        'Number of the line, where it is not its place in the list: tells a further line from an amendment of an earlier one.',
    }),
    description: z.union([z.string(), z.object({ raw: z.string(), lang: z.string().nullable().optional() })]),
    quantity: z
      .union([amountText, z.object({ value: amountText, unit: z.string().nullable().optional() }), z.null()])
      .optional(),
    netWeightKg: amountText.nullable().optional(),
    weightBasis: z.enum(['line', 'unit']).optional(),
    value: z
      .object({ amount: amountText, currency: z.string(), basis: z.enum(['line', 'unit']).optional() })
      .nullable()
      .optional(),
    hs: z.union([z.string(), z.object({ raw: z.string().nullable() }).loose(), z.null()]).optional(),
    category: z
      .unknown()
      .optional()
      .openapi({ type: 'string', description: 'Category of a marketplace: a path, or a number of its list.' }),
    originCountry: z
      .string()
      .nullable()
      .optional()
      .openapi({ description: 'Where the material grew; never taken from the country of dispatch.' }),
  })
  .loose()
  .openapi('ItemLine')

/** A parcel as partners send it. What is missing is unknown; what cannot be read is answered with its place. */
export const parcelSchema = z
  .object({
    ids: z
      .object({
        s10: z.string().nullable(),
        houseBill: z.string().nullable(),
        customsMrn: z.string().nullable(),
        lrn: z.string().nullable(),
        trackingNumber: z.string().nullable(),
        orderNumber: z.string().nullable(),
      })
      .partial()
      .loose(),
    stage: z.string().openapi({
      example: 'posted',
      description: 'pre-loading, listed, ordered, posted, departed, arrived, presented …',
    }),
    route: z
      .object({
        dispatchCountry: z.string().nullable(),
        destinationCountry: z.string().nullable(),
        transitCountries: z.array(z.string()),
      })
      .partial()
      .loose(),
    sender: party,
    recipient: party,
    parties: z.record(z.string(), party),
    documents: z.array(
      z
        .object({
          kind: z.string().openapi({ example: 'phytosanitary-certificate' }),
          number: z.string().nullable(),
          issuer: z.string().nullable(),
          issuedOn: z.string().nullable(),
        })
        .partial()
        .loose(),
    ),
    receipt: z.unknown().openapi({ type: 'string', description: 'Short id of a receipt of POST /checks.' }),
    lines: z.array(line),
  })
  .partial()
  .loose()
  .openapi('Parcel', {
    example: {
      ids: { s10: 'LZ843992075CN' },
      stage: 'posted',
      route: { dispatchCountry: 'CN', destinationCountry: 'FR' },
      lines: [
        { description: 'tomato seeds 100 pcs', quantity: 1, netWeightKg: '0.012', hs: '120991', originCountry: 'CN' },
      ],
    },
  })
