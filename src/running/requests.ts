import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Facts } from './facts.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** What `watchRequests` leaves in the context of a request for whoever answers it. */
export interface WatchedVariables {
  readonly requestId: string
  /** The log whose lines name the request. */
  readonly log: Log
}

/** The part of a caller that a log may tell; `caller` in the context, where somebody was recognised. */
interface ToldCaller {
  readonly tenant: string
  readonly role: string
  readonly actor: string
  readonly partner?: string | null
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Routes that machines ask every few seconds: their lines are for debugging only. */
const quietRoutes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Logs and counts each request by the pattern of its route, never by its path, and gives it an identifier, which its answer
 * carries as X-Request-Id. It stands before every other middleware. The time counted ends when the answer begins.
 */
export function watchRequests({ log, metrics }: { readonly log: Log; readonly metrics: Metrics }): MiddlewareHandler {
  return async (context, next) => {
    const began = performance.now()
    const requestId = randomUUID()
    context.set('requestId', requestId)
    context.set('log', log.with({ request: requestId }))
    metrics.requestBegan()
    try {
      await next()
      nameRequest(context, requestId)
    } finally {
      const milliseconds = performance.now() - began
      const [route, method] = [routeOf(context), methodOf(context)]
      metrics.requestEnded({ route, method, status: context.res.status, seconds: milliseconds / 1000 })
      tellRequest(log, context, {
        request: requestId,
        route,
        method,
        milliseconds: Math.round(milliseconds * 100) / 100,
      })
    }
  }
}

/** Sets the header on the answer as it is: `context.header` would copy an answer that is made already. */
function nameRequest(context: Context, requestId: string): void {
  try {
    context.res.headers.set('X-Request-Id', requestId)
  } catch {
    // Headers of a redirect cannot be changed.
    context.header('X-Request-Id', requestId)
  }
}

/** The pattern that answered, or `none` where no route did. */
export function routeOf(context: Context): string {
  const route = routePath(context, -1)
  return route === '*' || route === '/*' || route === '' ? 'none' : route
}

/** The method, or `OTHER` for one that no route has. */
export function methodOf({ req }: Context): string {
  return methods.has(req.method) ? req.method : 'OTHER'
}

function tellRequest(log: Log, context: Context, facts: Facts): void {
  const { status } = context.res
  const told = { ...facts, status, ...callerFacts(context.get('caller') as ToldCaller | null | undefined) }
  if (status >= 500) log.error('A request failed', told, context.error)
  else log[quietRoutes.has(facts.route ?? '') ? 'debug' : 'info']('A request was answered', told)
}

function callerFacts(caller: ToldCaller | null | undefined): Facts {
  if (caller === undefined || caller === null) return {}
  const { tenant, role, actor, partner } = caller
  return { tenant, role, actor, ...(partner ? { partner } : {}) }
}
