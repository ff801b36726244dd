import type { Api, ApiContext } from '../../api/api.ts'
import { ApiProblem } from '../../api/problems.ts'
import { libraryPath } from '../library.ts'
import { tell } from '../log.ts'
import { isFresh, presentOf, type SignInParts } from './parts.ts'

/**
 * Lets the sign-in library answer the few addresses that a browser's passkeys and a provider's way back need. Its other addresses are
 * not there at all.
 */
export function addLibraryRoutes(api: Api, parts: SignInParts): void {
  const { people, attempts } = parts
  const pass = (context: ApiContext): Promise<Response> => people.pass(context.req.raw)
  const told = (response: Response, worked: boolean, person?: string): Response => {
    const doer = person === undefined ? {} : { actor: `person:${person}` }
    tell(people.config.log, worked ? 'signed-in' : 'sign-in-refused', doer)
    return response
  }
  api.get(`${libraryPath}/callback/:provider`, async (context) => {
    const response = await pass(context)
    const way = response.headers.get('location') ?? '?error='
    return told(response, !way.includes('error='))
  })
  api.get(`${libraryPath}/passkey/generate-authenticate-options`, pass)
  api.post(`${libraryPath}/passkey/verify-authentication`, async (context) => {
    if (attempts.from(context) > 0) throw new ApiProblem('too-many-requests', 'Too many attempts came from here.')
    const response = await pass(context)
    if (!response.ok) return told(response, false)
    const { user } = (await response.clone().json()) as { user: { id: string } }
    return told(response, true, user.id)
  })
  api.get(`${libraryPath}/passkey/generate-register-options`, async (context) => {
    await mayAddPasskey(context, parts)
    return pass(context)
  })
  api.post(`${libraryPath}/passkey/verify-registration`, async (context) => {
    const actor = await mayAddPasskey(context, parts)
    const response = await pass(context)
    if (response.ok) tell(people.config.log, 'passkey-set', { actor })
    return response
  })
}

/** Somebody who signed in just now and is wholly in, or has nothing beside the password yet. */
async function mayAddPasskey(context: ApiContext, parts: SignInParts): Promise<string> {
  const present = await presentOf(parts, context)
  if (present === null) throw new ApiProblem('not-signed-in', 'Sign in first.')
  const { session, caller } = present
  if (!isFresh(parts.people, session) || (caller === null && session.secondFactor))
    throw new ApiProblem('not-allowed', 'Sign in again to add a passkey.')
  return `person:${session.person}`
}
