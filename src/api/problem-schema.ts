import { z } from '@hono/zod-openapi'
import { type ProblemName, problemKinds } from './problems.ts'

/** A problem as RFC 9457 has it, with the members that some kinds add. */
export const problemSchema = z
  .object({
    type: z
      .string()
      .openapi({ description: 'Leads to the page that tells the cure.', example: '/problems#request-invalid' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().optional().openapi({ description: 'Number of the request, for the operator.' }),
    errors: z
      .array(z.object({ at: z.string(), sentence: z.string() }))
      .optional()
      .openapi({ description: 'What is wrong, each with its place.' }),
  })
  .catchall(z.unknown())
  .openapi('Problem')

interface ProblemResponse {
  readonly description: string
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof problemSchema } }
}

/** The responses of a route that are problems, by status, each naming its kinds. */
export function problemResponses(kinds: readonly ProblemName[]): Record<number, ProblemResponse> {
  const responses: Record<number, ProblemResponse> = {}
  for (const kind of ['server-fault', ...kinds] as const) {
    const { status, title } = problemKinds[kind]
    const before = responses[status]?.description
    responses[status] = {
      description: `${before === undefined ? '' : `${before} `}${title} (${kind}).`,
      content: { 'application/problem+json': { schema: problemSchema } },
    }
  }
  return responses
}
