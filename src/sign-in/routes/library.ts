import type { Api, ApiContext } from '../../api/api.ts'
import { ApiProblem } from '../../api/problems.ts'
import { libraryPath } from '../library.ts'
import { lifetimes } from '../lifetimes.ts'
import { tell } from '../log.ts'
import { presentOf, type SignInParts } from './parts.ts'

/**
 * Lets the sign-in library answer the few addresses that a browser's passkeys and a provider's way back need. Its other addresses are
 * not there at all.
 */
export function addLibraryRoutes(api: Api, parts: SignInParts): void {
  const { people, attempts } = parts
  const pass = (context: ApiContext): Promise<Response> => people.pass(context.req.raw)
  api.get(`${libraryPath}/callback/:provider`, pass)
  api.get(`${libraryPath}/passkey/generate-authenticate-options`, pass)
  api.post(`${libraryPath}/passkey/verify-authentication`, async (context) => {
    if (attempts.from(context) > 0) throw new ApiProblem('too-many-requests', 'Too many attempts came from here.')
    const response = await pass(context)
    tell(people.config.log, response.ok ? 'signed-in' : 'sign-in-refused')
    return response
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
  const age = parts.people.config.now().getTime() - Date.parse(session.since)
  if (age > lifetimes.fresh * 1000 || (caller === null && session.secondFactor))
    throw new ApiProblem('not-allowed', 'Sign in again to add a passkey.')
  return `person:${session.person}`
}
