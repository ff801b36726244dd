import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { networkOf } from './address.ts'
import type { Middleware } from './api.ts'
import type { Buckets } from './buckets.ts'
import { ApiProblem } from './problems.ts'

/** Bytes of a body where a route says nothing else: forms and small JSON. */
export const smallBody = 64 * 1024

/**
 * Headers of every answer. Nothing inline runs or looks, nothing comes from elsewhere, no page stands in a frame, no type is
 * guessed, no address is told to others; over https the browser remembers to come back by https only.
 */
export function secureAnswers(publicUrl: string): Middleware {
  const https = publicUrl.startsWith('https:')
  const self = ["'self'"]
  const none = ["'none'"]
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: ["'self'", 'data:'],
      fontSrc: self,
      connectSrc: self,
      formAction: self,
      frameAncestors: none,
      baseUri: none,
      objectSrc: none,
      ...(https ? { upgradeInsecureRequests: [] } : {}),
    },
    strictTransportSecurity: https ? 'max-age=31536000; includeSubDomains' : false,
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: {
      camera: [],
      microphone: [],
      geolocation: [],
      payment: [],
      usb: [],
      publickeyCredentialsGet: ['self'],
    },
  })
}

/** Answers that may tell of somebody are kept by no browser and no proxy. */
export const neverKept: Middleware = async (context, next) => {
  await next()
  if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send: an unsafe request that carries a cookie, or could set one, comes from a page of
 * this service. Sec-Fetch-Site tells it; where a browser is too old to send that, Origin; where there is neither, it is refused.
 * Requests with a key carry nothing that a browser adds by itself, and pass.
 */
export function sameOriginOnly(publicUrl: string): Middleware {
  const { origin } = new URL(publicUrl)
  return async (context, next) => {
    if (!safeMethods.has(context.req.method) && !isFromHere(context.req.raw.headers, origin))
      throw new ApiProblem('origin-refused', 'The request carries a session and came from another site.')
    await next()
  }
}

function isFromHere(headers: Headers, own: string): boolean {
  if (headers.has('authorization') && !headers.has('cookie')) return true
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin !== null) return origin === own
  return !headers.has('cookie')
}

/** Refuses a body that is larger, while it is being read. */
export function limitBody(most: number): Middleware {
  return bodyLimit({
    maxSize: most,
    onError: () => {
      throw new ApiProblem('body-too-large', `More than ${most} bytes are not taken here.`)
    },
  })
}

/** Refuses a request when the bucket of its caller is empty, or of its address where nobody is signed in. Null is no limit. */
export function limitRate(
  limits: { readonly callers: Buckets | null; readonly addresses: Buckets },
  addressOf: (context: Parameters<Middleware>[0]) => string,
): Middleware {
  return async (context, next) => {
    const caller = context.get('caller')
    const wait =
      caller === null || caller === undefined
        ? limits.addresses.take(networkOf(addressOf(context)))
        : (limits.callers?.take(`${caller.tenant} ${caller.actor}`) ?? 0)
    if (wait > 0) throw tooMany(wait)
    await next()
  }
}

/** The problem of too many requests, with the seconds to wait. */
export function tooMany(seconds: number): ApiProblem {
  const headers = { 'retry-after': String(seconds) }
  return new ApiProblem('too-many-requests', `Wait ${seconds} seconds.`, { headers })
}
