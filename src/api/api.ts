import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { Log } from '../running/log.ts'
import { absenceOf } from '../store/store-fault.ts'
import type { Caller } from './caller.ts'
import { ApiProblem, answerProblem, problemKinds } from './problems.ts'

/** What a request carries through the service. */
export interface ApiEnvironment {
  Variables: {
    /** Who asks; null for nobody. */
    caller: Caller | null
    requestId: string
    /** The log whose lines name the request. */
    log: Log
  }
}

export type Api = OpenAPIHono<ApiEnvironment>
export type ApiContext = Context<ApiEnvironment>

/** Makes an empty API whose every fault is a problem (RFC 9457) that says what to do. */
export function newApi(): Api {
  const api = new OpenAPIHono<ApiEnvironment>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.map(({ path, message }) => ({ at: placeOf(path), sentence: message }))
      const [first] = errors
      const detail = first === undefined ? 'It is not as the description says.' : `${first.at}: ${first.sentence}`
      throw new ApiProblem('request-invalid', detail, { extra: { errors } })
    },
  })
  api.onError((error, context) => {
    const problem = problemOf(error)
    if (problemKinds[problem.kind].status >= 500)
      context.get('log')?.error('A request failed', { kind: problem.kind }, problem.cause ?? error)
    return answerProblem(context, problem)
  })
  api.notFound((context) =>
    answerProblem(context, new ApiProblem('not-found', `There is nothing at ${context.req.path}.`)),
  )
  return api
}

/** A path inside a body, as `items[0].title`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  )
}

/** What a fault is told as. Nothing of an unforeseen fault leaves the service but that there was one. */
function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const absence = absenceOf(error)
  if (absence !== null)
    return new ApiProblem('store-unavailable', 'The store did not take it.', {
      headers: { 'retry-after': '2' },
      cause: absence,
    })
  if (error instanceof SyntaxError || (error as { status?: number }).status === 400)
    return new ApiProblem('body-unreadable', 'The body is no JSON.', { cause: error })
  return new ApiProblem('server-fault', 'It was not foreseen.', { cause: error })
}

/** The caller; a problem where there is none. */
export function callerOf(context: ApiContext): Caller {
  const caller = context.get('caller')
  if (caller === null || caller === undefined)
    throw new ApiProblem('not-signed-in', 'This needs an API key or a session.', {
      headers: { 'www-authenticate': 'Bearer realm="greenlane"' },
    })
  return caller
}

export type Middleware = MiddlewareHandler<ApiEnvironment>
