/**
 * A client of Greenlane in one file, with nothing but what Node 24 and browsers have. Copy it and keep what you need.
 *
 *     KEY=gl_… URL=http://localhost:8080 node examples/client.ts parcels.ndjson
 *
 * sends a file with one parcel a line, prints the answers as they come, and reads what was decided.
 */

/** Where the service is and the key that opens it. */
export interface Connection {
  readonly url: string
  readonly key: string
}

/** A problem that the service answered with (RFC 9457). `type` leads to its cure. */
export class GreenlaneProblem extends Error {
  override readonly name = 'GreenlaneProblem'
  readonly status: number
  readonly type: string

  constructor(status: number, problem: { readonly type?: string; readonly title?: string; readonly detail?: string }) {
    super(`${problem.title ?? `Status ${status}`}: ${problem.detail ?? ''}`)
    this.status = status
    this.type = problem.type ?? 'about:blank'
  }
}

/** Most tries of one request. */
const mostTries = 6

/**
 * Sends a request; waits and sends it again where the service is busy (429) or away (503, no answer). Parcels may be sent again at any
 * time: the same again is stored once. Throws GreenlaneProblem.
 */
export async function ask({ url, key }: Connection, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, authorization: `Bearer ${key}` }
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(new URL(path, url), { ...init, headers }).catch((error: unknown) => {
      if (tries === mostTries) throw error
      return null
    })
    if (response?.ok === true) return response
    const isBusy = response === null || response.status === 429 || response.status === 503
    if (!isBusy || tries === mostTries) throw await problemOf(response as Response)
    await response?.body?.cancel()
    await pause(Number(response?.headers.get('retry-after') ?? 2 ** (tries - 1)) * 1000)
  }
}

async function problemOf(response: Response): Promise<GreenlaneProblem> {
  const text = await response.text()
  try {
    return new GreenlaneProblem(response.status, JSON.parse(text))
  } catch {
    return new GreenlaneProblem(response.status, { detail: text.slice(0, 200) })
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}

const asJson = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The JSON that was answered. The description says what it holds: check it where you do not trust the service. */
async function told<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

/** What every answer holds; the description at /openapi.json has the rest. */
export interface Answer {
  readonly parcel: { readonly id: string | null; readonly line: number }
  readonly proposal: string
  readonly reasons: readonly { readonly sentence: string }[]
  readonly questions: readonly { readonly item: number; readonly fact: string; readonly sentence: string }[]
  readonly problems: readonly { readonly at: string; readonly sentence: string }[]
  readonly decision?: number
}

/** Sends one parcel, or a list of up to 10,000, and gives the answers in the same order. */
export async function sendParcels(at: Connection, parcels: readonly unknown[]): Promise<Answer[]> {
  return told(await ask(at, '/parcels', asJson(parcels)))
}

/**
 * Sends parcels as they come, one a line, and gives each answer as soon as it is stored: a stream of any length. Where the stream breaks
 * off, this throws; send again what has no answer yet.
 */
export async function* streamParcels(at: Connection, parcels: AsyncIterable<unknown>): AsyncGenerator<Answer> {
  const steps = parcels[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await steps.next()
      if (done === true) controller.close()
      else controller.enqueue(new TextEncoder().encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await steps.return?.()
    },
  })
  const response = await fetch(new URL('/parcels', at.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${at.key}`, 'content-type': 'application/x-ndjson' },
    body,
    // Both ways at once: answers are read while parcels are still sent.
    duplex: 'half',
  } as RequestInit)
  if (!response.ok) throw await problemOf(response)
  for await (const line of linesOf(response.body as ReadableStream<Uint8Array>)) {
    const answer = JSON.parse(line)
    if (answer.problem !== undefined) throw new GreenlaneProblem(answer.problem.status, answer.problem)
    yield answer as Answer
  }
}

/** The lines of a stream of UTF-8. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of stream as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

/** One decision: proposed by the machine or decided by a person. */
export interface Decision {
  readonly decision: number
  readonly parcel: number
  readonly kind: string
  readonly answer: Answer | null
}

/**
 * Reads decisions from a cursor on, page by page, until nothing is new. Gives each page with the cursor after it: store the cursor
 * together with what you made of the page, and nothing is skipped and nothing comes twice.
 */
export async function* decisionsAfter(
  at: Connection,
  cursor: string | null,
): AsyncGenerator<{ readonly decisions: readonly Decision[]; readonly cursor: string }> {
  let after = cursor
  for (;;) {
    const query = new URLSearchParams(after === null ? { limit: '100' } : { limit: '100', after })
    const { decisions, next } = await told<{ decisions: Decision[]; next: string }>(
      await ask(at, `/decisions?${query}`),
    )
    if (decisions.length === 0) return
    after = next
    yield { decisions, cursor: after }
  }
}

/** Answers a question about a parcel, and gives the answer that stands then. */
export async function answerQuestion(
  at: Connection,
  parcel: number,
  answer: { readonly item: number; readonly fact: string; readonly value: string },
): Promise<Answer> {
  return told(await ask(at, `/parcels/${parcel}/answers`, asJson({ as: 'sender', answers: [answer] })))
}

/** The signed receipt of a check, in an answer to one offer. */
export interface CheckAnswer {
  readonly destinations: readonly {
    readonly destination: string
    readonly verdict: string
    readonly sentence: string
  }[]
  readonly receipt: { readonly id: string; readonly expires: string; readonly jws: string | null } | null
}

/** Asks what the law of each destination says of an offer, before the sale. */
export async function checkOffer(at: Connection, offer: unknown): Promise<CheckAnswer> {
  return told(await ask(at, '/checks', asJson(offer)))
}

const base64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const base64url = (text: string) => base64(text.replaceAll('-', '+').replaceAll('_', '/'))

/**
 * Verifies a receipt with the public keys of the service, and gives its claims: what was asked and what the law answered. It says nothing
 * of what is in a parcel. Throws Error that says why it does not hold.
 */
export async function verifyReceipt(
  url: string,
  jws: string,
  today: string,
): Promise<{ readonly id: string; readonly issued: string; readonly expires: string }> {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const text = (part: string) => new TextDecoder().decode(base64url(part))
  const { alg, kid } = JSON.parse(text(header))
  if (alg !== 'EdDSA') throw new Error('The receipt is not signed with EdDSA.')
  const { keys } = (await (await fetch(new URL('/.well-known/jwks.json', url))).json()) as {
    keys: { kty: string; crv: string; x: string; kid: string }[]
  }
  const known = keys.find((one) => one.kid === kid)
  if (known === undefined) throw new Error('The receipt is signed with a key that the service does not have.')
  const jwk = { kty: known.kty, crv: known.crv, x: known.x }
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  if (!(await crypto.subtle.verify('Ed25519', key, base64url(signature), signed)))
    throw new Error('The signature does not fit: the receipt was forged or altered.')
  const claims = JSON.parse(text(payload))
  if (today < claims.issued || today > claims.expires)
    throw new Error(`It holds from ${claims.issued} to ${claims.expires}.`)
  return claims
}

/** Seconds that the clocks of sender and receiver may differ. */
const tolerance = 300

/**
 * Whether a message to a webhook comes from Greenlane (Standard Webhooks 1.0.0): its signature fits the secret (`whsec_…`) and it was sent
 * just now. `body` is the text as it came, before any JSON.parse. A message that comes again has the same `webhook-id`.
 */
export async function isFromGreenlane(
  secret: string,
  { headers, body }: { readonly headers: Headers; readonly body: string },
  now: Date,
): Promise<boolean> {
  const id = headers.get('webhook-id') ?? ''
  const sent = headers.get('webhook-timestamp') ?? ''
  if (!(Math.abs(now.getTime() / 1000 - Number(sent)) <= tolerance)) return false
  const bytes = base64(secret.replace(/^whsec_/, ''))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${sent}.${body}`)
  for (const part of (headers.get('webhook-signature') ?? '').split(' ')) {
    const [version, signature = ''] = part.split(',')
    if (version !== 'v1' || !/^[A-Za-z0-9+/]+=*$/.test(signature)) continue
    if (await crypto.subtle.verify('HMAC', key, base64(signature), signed)) return true
  }
  return false
}

async function main(file: string): Promise<void> {
  const { createReadStream } = await import('node:fs')
  const { Readable } = await import('node:stream')
  const at = { url: process.env['URL'] ?? 'http://localhost:8080', key: process.env['KEY'] ?? '' }
  async function* parcels() {
    for await (const line of linesOf(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>))
      yield JSON.parse(line)
  }
  for await (const { parcel, proposal } of streamParcels(at, parcels()))
    console.log(`${parcel.line} ${parcel.id ?? '(no name)'}: ${proposal}`)
  let count = 0
  for await (const { decisions } of decisionsAfter(at, null)) count += decisions.length
  console.log(`${count} decisions so far`)
}

if (import.meta.main) await main(process.argv[2] ?? 'knowledge/samples/consignments.ndjson')
