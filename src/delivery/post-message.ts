import http from 'node:http'
import https from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import type { Receiver } from './receiver-address.ts'

/** A message on its way to a receiver. */
export interface Post {
  readonly receiver: Receiver
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Milliseconds for all of it: connection, answer, and what is read of the answer. */
  readonly milliseconds: number
  /** Ends it before its time. */
  readonly signal?: AbortSignal
  /** Certificates of authorities to trust in place of the usual ones (PEM). */
  readonly authorities?: string
}

/** What a receiver answered, or why it did not. */
export interface Posted {
  /** Status of the answer (HTTP), or null where none came. */
  readonly status: number | null
  /** What the answer began with, or why none came; printable characters, at most 200. */
  readonly said: string
  /** Header Retry-After of the answer. */
  readonly retryAfter: string | undefined
}

const saidLength = 200
/** Most bytes that are read of an answer: what is kept of it, whatever its letters take. */
const readBytes = saidLength * 4

/**
 * Posts a message to a receiver, at one of its addresses and no other. Redirects are answers like any other and are not
 * followed. Whatever goes wrong is told; nothing is thrown.
 */
export async function postMessage(post: Post): Promise<Posted> {
  const over = AbortSignal.timeout(post.milliseconds)
  const signal = post.signal === undefined ? over : AbortSignal.any([over, post.signal])
  try {
    const answer = await answerTo(post, signal)
    const { statusCode, headers } = answer
    const said = printable(await beginning(answer, signal))
    return { status: statusCode ?? null, said, retryAfter: headers['retry-after'] }
  } catch (error) {
    const said = over.aborted ? `No answer within ${post.milliseconds / 1000} seconds.` : reasonOf(error)
    return { status: null, said, retryAfter: undefined }
  }
}

function answerTo(post: Post, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { receiver, headers, body, authorities } = post
  const bytes = Buffer.from(body)
  const { request } = receiver.url.protocol === 'https:' ? https : http
  return new Promise((done, failed) => {
    const sent = request(receiver.url, {
      method: 'POST',
      // A connection of its own each time: none is used again for a name that was resolved anew.
      agent: false,
      lookup: lookupOf(receiver.addresses),
      signal,
      ...(authorities === undefined ? {} : { ca: authorities }),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(bytes.length),
        'user-agent': 'Greenlane-Webhooks',
        connection: 'close',
      },
    })
    sent.once('response', done)
    // The listener stays: a connection that breaks off after the answer must not end the process.
    sent.on('error', failed)
    sent.once('close', () => failed(new Error('The receiver broke the connection off.')))
    sent.end(bytes)
  })
}

/** A lookup that knows these addresses, and asks nobody. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return (_, options, done) => {
    if (options.all === true) return done(null, all)
    const [first] = all
    if (first === undefined) return done(new Error('There is no address.'), '')
    done(null, first.address, first.family)
  }
}

/** The first bytes of an answer. The rest is not read, and an answer that breaks off or never ends is one all the same. */
async function beginning(answer: http.IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const read: Buffer[] = []
  let size = 0
  const stop = (): unknown => answer.destroy()
  signal.addEventListener('abort', stop)
  answer.on('error', () => {})
  try {
    for await (const chunk of answer) {
      read.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size >= readBytes) break
    }
  } catch {
    // What came of it counts.
  } finally {
    signal.removeEventListener('abort', stop)
    answer.destroy()
  }
  return Buffer.concat(read).subarray(0, readBytes)
}

/** The first characters of what was said: letters and the like as they are, everything else as a space. */
function printable(bytes: Buffer): string {
  const text = bytes.toString('utf8').replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]+/gu, ' ')
  return [...text].slice(0, saidLength).join('').trim()
}

/** Why no answer came, in words that name no inner things. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'The receiver refused the connection.',
    ECONNRESET: 'The receiver broke the connection off.',
    EHOSTUNREACH: 'There is no way to the receiver.',
    ENETUNREACH: 'There is no way to the receiver.',
    ETIMEDOUT: 'The receiver did not take the connection.',
    ABORT_ERR: 'It was ended before an answer came.',
  }
  const known = reasons[code ?? '']
  if (known !== undefined) return known
  if (/CERT|SSL|TLS|ALTNAME|ISSUER/i.test(code ?? ''))
    return `The certificate of the receiver was not accepted (${code}).`
  return printable(Buffer.from(code ?? message))
}
