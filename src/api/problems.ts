import type { Context } from 'hono'

/** One kind of problem that the service answers with: RFC 9457, listed with its cure on the page of problems. */
interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503
  readonly title: string
  /** What whoever gets it should do. */
  readonly cure: string
}

/** Every kind of problem there is. A new one is added here, and is on the page. */
export const problemKinds = {
  'request-invalid': {
    status: 400,
    title: 'The request does not have the form that is asked for',
    cure: 'Each entry of `errors` names a place and what is wrong there. Correct these and send it again.',
  },
  'body-unreadable': {
    status: 400,
    title: 'The body cannot be read',
    cure: 'Send JSON, or NDJSON with one parcel a line, in UTF-8; packed bodies with Content-Encoding: gzip.',
  },
  'cursor-unknown': {
    status: 400,
    title: 'The cursor is none that was given out',
    cure: 'Take `next` of the last page as it is, or leave `after` out to begin at the beginning.',
  },
  'not-signed-in': {
    status: 401,
    title: 'Nobody is signed in',
    cure: 'Send an API key as `Authorization: Bearer gl_…`, or sign in.',
  },
  'not-allowed': {
    status: 403,
    title: 'This caller may not do this',
    cure: 'Ask an administrator for a role, a scope or a place that allows it.',
  },
  'origin-refused': {
    status: 403,
    title: 'The request came from another site',
    cure: 'Send it from a page of this service, or with an API key and without cookies.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing here',
    cure: 'Look at the identifier. What belongs to others is told as not there.',
  },
  'method-unknown': {
    status: 405,
    title: 'This cannot be done with this address',
    cure: 'The description at /openapi.json tells which methods an address has.',
  },
  'state-conflict': {
    status: 409,
    title: 'This cannot be done as things stand',
    cure: 'Read the state again, and decide anew.',
  },
  gone: {
    status: 410,
    title: 'It was there, and is no more',
    cure: 'Ask for a new one.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is larger than is taken',
    cure: 'Send it in smaller parts, or as NDJSON: a stream of any length is answered as it is read.',
  },
  'media-type-unknown': {
    status: 415,
    title: 'This form of body is not read here',
    cure: 'Send application/json, application/x-ndjson, text/csv or text/tab-separated-values, plain or with Content-Encoding: gzip.',
  },
  'parcel-unreadable': {
    status: 422,
    title: 'The parcel could not be read',
    cure: 'The answer under `answer` names what is wrong and where. Correct it and send it again.',
  },
  'receipt-refused': {
    status: 422,
    title: 'The receipt does not hold',
    cure: '`detail` tells why: it is forged, altered, expired, or signed with a key that is not known. Ask for a new check.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    cure: 'Wait as many seconds as `Retry-After` says. Many parcels go in one request.',
  },
  'server-fault': {
    status: 500,
    title: 'Something went wrong here',
    cure: 'Send it again: the same again is stored once. Tell the operator the `instance` if it stays.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The data cannot be stored now',
    cure: 'Send it again in a moment: what was answered is stored, the rest is not, and the same again is stored once.',
  },
  'not-ready': {
    status: 503,
    title: 'The service is starting or ending',
    cure: 'Send it again in a moment.',
  },
} as const satisfies Readonly<Record<string, ProblemKind>>

export type ProblemName = keyof typeof problemKinds

/** A fault that becomes a problem of the answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly kind: ProblemName
  /** Further members of the problem. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(kind: ProblemName, detail: string, more: ProblemMore = {}) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.kind = kind
    this.extra = more.extra ?? {}
    this.headers = more.headers ?? {}
  }
}

export interface ProblemMore {
  readonly extra?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** The members of a problem (RFC 9457). `type` leads to the page of problems, relative to the service. */
export function problemBody(
  kind: ProblemName,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const { status, title } = problemKinds[kind]
  return { type: `/problems#${kind}`, title, status, detail, ...extra }
}

/** Answers with a problem. */
export function answerProblem(context: Context, { kind, message, extra, headers }: ApiProblem): Response {
  const instance = context.get('requestId') as string | undefined
  const body = problemBody(kind, message, instance === undefined ? extra : { instance, ...extra })
  return context.body(JSON.stringify(body), problemKinds[kind].status, {
    'content-type': 'application/problem+json',
    ...headers,
  })
}
