import type { Ledger } from './ledger.ts'
import type { SentParcel } from './parcels.ts'

/** A client of the service with its key. */
export interface Client {
  readonly partner: string
  readonly key: string
}

/** What the service said when it did not take something. */
export interface Refusal {
  readonly status: number
  readonly type: string
  readonly detail: string
  readonly answered: number | null
}

/** How a sending ended: all were answered, the service refused, or the connection broke. */
export type Sent =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'broken' }

/** Sends parcels as one body, one alone, a list, or a stream, and notes each answer the moment it is whole. */
export async function send(
  url: string,
  client: Client,
  { parcels, form, ledger }: { parcels: readonly SentParcel[]; form: 'json' | 'ndjson'; ledger: Ledger },
): Promise<Sent> {
  const { partner, key } = client
  ledger.sending(partner, parcels)
  const lines = parcels.map(({ line }) => line)
  const body = form === 'ndjson' ? `${lines.join('\n')}\n` : lines.length === 1 ? lines[0] : `[${lines.join(',')}]`
  const type = form === 'ndjson' ? 'application/x-ndjson' : 'application/json'
  const headers = { 'content-type': type, authorization: `Bearer ${key}` }
  try {
    const response = await fetch(`${url}/parcels`, { method: 'POST', headers, body: body as string })
    if (response.status !== 200) return { kind: 'refused', refusal: refusalOf(response.status, await response.text()) }
    if (form === 'ndjson') return await readStream(response, parcels, (at, line) => note(at, line))
    const text = await response.text()
    const answers = parcels.length === 1 ? [text] : (JSON.parse(text) as unknown[]).map((one) => JSON.stringify(one))
    answers.forEach((line, at) => {
      note(parcels[at], line)
    })
    return answers.length === parcels.length ? { kind: 'answered' } : { kind: 'broken' }
  } catch (error) {
    // A connection that breaks tells nothing of what was stored; anything else is a fault of the service.
    if (error instanceof TypeError || (error as { name?: string }).name === 'AbortError') return { kind: 'broken' }
    throw error
  }

  function note(parcel: SentParcel | undefined, line: string): void {
    if (parcel === undefined) throw new Error('There are more answers than parcels.')
    ledger.answered(partner, parcel, line)
  }
}

/** Reads the answers of a stream as they come; a last line may tell why there are no more. */
async function readStream(
  response: Response,
  parcels: readonly SentParcel[],
  note: (parcel: SentParcel | undefined, line: string) => void,
): Promise<Sent> {
  const decoder = new TextDecoder()
  let held = ''
  let count = 0
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n')
    held = lines.pop() as string
    for (const line of lines) {
      if (line.startsWith('{"problem":')) {
        const { problem } = JSON.parse(line) as { problem: object }
        const refusal = refusalOf(200, JSON.stringify(problem))
        if (refusal.answered !== count) throw new Error(`A stream told ${refusal.answered} answers and gave ${count}.`)
        return { kind: 'refused', refusal }
      }
      note(parcels[count], line)
      count += 1
    }
  }
  return count === parcels.length ? { kind: 'answered' } : { kind: 'broken' }
}

function refusalOf(status: number, text: string): Refusal {
  const told = JSON.parse(text) as Partial<{ status: number; type: string; detail: string; answered: number }>
  const { type = '', detail = '', answered = null } = told
  return { status: told.status ?? status, type, detail, answered }
}

/** A page of decisions. */
export interface Page {
  readonly decisions: readonly { readonly decision: number }[]
  readonly next: string
}

/** Reads one page of decisions; null where the service does not answer. */
export async function readPage(url: string, key: string, after: string | null): Promise<Page | null> {
  const query = after === null ? '' : `&after=${encodeURIComponent(after)}`
  try {
    const response = await fetch(`${url}/decisions?limit=1000${query}`, { headers: { authorization: `Bearer ${key}` } })
    const text = await response.text()
    if (response.status === 200) return JSON.parse(text) as Page
    if (response.status === 503) return null
    throw new Error(`GET /decisions gave ${response.status}: ${text.slice(0, 300)}`)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
