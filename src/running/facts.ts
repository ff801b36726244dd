/**
 * What a line of the log may tell beside its sentence. Only what is named here is ever written, and only in its own shape: no
 * body, description, name, address, query or credential fits. An identifier of a parcel is none of them: it leads to a person.
 */
export interface Facts {
  /** Identifier of the request, also in the header X-Request-Id of its answer. */
  readonly request?: string
  readonly method?: string
  /** The pattern of the path (`/parcels/{id}`), never the path. */
  readonly route?: string
  readonly status?: number
  readonly milliseconds?: number
  readonly bytes?: number
  /** Identifier of a trace (OpenTelemetry). */
  readonly trace?: string
  readonly tenant?: string
  readonly role?: string
  /** `key:…`, `person:…` or `system`: identifiers, never names. */
  readonly actor?: string
  readonly partner?: string
  /** Kind of a problem, a check, an event: a word of the program. */
  readonly kind?: string
  readonly part?: string
  readonly count?: number
  readonly parcels?: number
  readonly items?: number
  readonly attempt?: number
  /** Place in the event log. */
  readonly sequence?: number
  readonly seconds?: number
  readonly days?: number
  readonly edition?: string
  readonly version?: string
  /** Where the service listens, as an address. */
  readonly listening?: string
  /** Name of a variable of the environment. */
  readonly variable?: string
  readonly signal?: string
  /** Identifier of a webhook subscription or of a delivery. */
  readonly subscription?: string
  readonly delivery?: string
  /** Name of a library that spoke. */
  readonly library?: string
}

/** Facts as they are written; what was left out is counted, so that a programmer sees that something was. */
export type WrittenFacts = Readonly<Record<string, string | number>>

const word = /^[\w][\w.:+/{}*@=-]{0,99}$/
const identifier = /^[\w-]{1,64}$/
const actor = /^(?:(?:key|person):[\w-]{1,64}|system)$/
const address = /^https?:\/\/[\w.:[\]-]{1,100}$/

const shapes: { readonly [F in keyof Required<Facts>]: RegExp | 'number' } = {
  request: identifier,
  method: /^[A-Z]{1,10}$/,
  route: /^[\w/{}:.*-]{1,100}$/,
  status: 'number',
  milliseconds: 'number',
  bytes: 'number',
  trace: /^[\da-f]{32}$/,
  tenant: identifier,
  role: /^[a-z]{1,20}$/,
  actor,
  partner: identifier,
  kind: /^[a-z][a-z-]{0,60}$/,
  part: /^[a-z][a-z -]{0,60}$/,
  count: 'number',
  parcels: 'number',
  items: 'number',
  attempt: 'number',
  sequence: 'number',
  seconds: 'number',
  days: 'number',
  edition: /^[\w+:.-]{1,150}$/,
  version: word,
  listening: address,
  variable: /^[A-Z][A-Z\d_]{0,60}$/,
  signal: /^SIG[A-Z\d]{1,10}$/,
  subscription: identifier,
  delivery: identifier,
  library: /^[a-z-]{1,30}$/,
}

/** The facts that may be written, each in its own shape. */
export function writtenFacts(facts: Facts): WrittenFacts {
  const written: Record<string, string | number> = {}
  let leftOut = 0
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null) continue
    if (fits(name, value)) written[name] = value
    else leftOut += 1
  }
  if (leftOut > 0) written['leftOut'] = leftOut
  return written
}

function fits(name: string, value: unknown): value is string | number {
  const shape = Object.hasOwn(shapes, name) ? shapes[name as keyof Facts] : null
  if (shape === 'number') return typeof value === 'number' && Number.isFinite(value)
  return shape !== null && typeof value === 'string' && shape.test(value)
}
