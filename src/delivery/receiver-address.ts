import { Resolver } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

/** Which receivers are allowed. */
export interface ReceiverRules {
  /** Whether loopback addresses and plain http to them are allowed: for development and tests only. */
  readonly allowLoopback: boolean
}

/** Tells the addresses of a name, as texts. Rejects where it has none. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** Why a receiver is not sent to; the message tells what to do. */
export class ReceiverRefused extends Error {
  override readonly name = 'ReceiverRefused'
}

/** A receiver with the addresses that a connection may go to, and to no others. */
export interface Receiver {
  readonly url: URL
  readonly addresses: readonly string[]
}

/** Longest URL that is kept. */
export const longestUrl = 2000

/**
 * Reads the URL of a receiver. Throws ReceiverRefused where it is none, is not https, carries a name or password, or is a
 * literal address that is not public.
 */
export function readReceiverUrl(text: string, rules: ReceiverRules): URL {
  if (text.length > longestUrl) throw new ReceiverRefused(`The URL is longer than ${longestUrl} characters.`)
  const url = URL.parse(text)
  if (url === null) throw new ReceiverRefused('This is no URL: give one as https://example.org/greenlane.')
  if (url.username !== '' || url.password !== '')
    throw new ReceiverRefused(
      'The URL carries a name or password: leave them out, messages are known by their signature.',
    )
  const literal = literalIn(url.hostname)
  const plain = url.protocol === 'http:' && rules.allowLoopback && isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !plain)
    throw new ReceiverRefused(`The URL begins with ${url.protocol}//: give one that begins with https://.`)
  if (literal !== null && !isAllowed(literal, rules)) throw new ReceiverRefused(notPublic)
  url.hash = ''
  return url
}

/**
 * Resolves the name of a receiver, once: the connection goes to these addresses and asks nobody again. Throws ReceiverRefused
 * where one of them is not public, also where others are, and where there is none.
 */
export async function findReceiver(url: URL, rules: ReceiverRules, resolve: Resolve): Promise<Receiver> {
  const literal = literalIn(url.hostname)
  const addresses = literal === null ? await resolved(url.hostname, rules, resolve) : [literal]
  if (addresses.length === 0) throw new ReceiverRefused(`${url.hostname} has no address: look at the name.`)
  if (!addresses.every((address) => isAllowed(address, rules))) throw new ReceiverRefused(notPublic)
  return { url, addresses }
}

const notPublic = 'The receiver has an address that is not public: give one that the whole internet reaches.'

async function resolved(host: string, { allowLoopback }: ReceiverRules, resolve: Resolve): Promise<readonly string[]> {
  if (allowLoopback && isLocalName(host)) return ['127.0.0.1']
  try {
    return await resolve(host)
  } catch (error) {
    throw new ReceiverRefused(`${host} has no address: look at the name.`, { cause: error })
  }
}

/** The address that a host is, without the brackets of IPv6; null for a name. */
function literalIn(host: string): string | null {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  return ipaddr.isValid(bare) ? bare : null
}

function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

function isLoopbackHost(host: string): boolean {
  const literal = literalIn(host)
  return literal === null ? isLocalName(host) : ipaddr.parse(literal).range() === 'loopback'
}

function isAllowed(address: string, { allowLoopback }: ReceiverRules): boolean {
  return isPublicAddress(address) || (allowLoopback && ipaddr.parse(address).range() === 'loopback')
}

/** Addresses in public ranges behind which clouds keep what only their own machines may ask. */
const ofClouds: readonly string[] = ['168.63.129.16']

/** Where IANA hands out global unicast addresses of IPv6 (RFC 4291, 2.4): everything else is special or not yet given. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether the whole internet reaches an address: global unicast by the registries of special addresses (RFC 6890 and its
 * followers). Private, link-local, carrier-grade NAT, and every form of IPv6 that carries an address of IPv4 are not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || ofClouds.includes(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast)
}

/**
 * Asks the name servers of the machine, with no thread of the process held while one of them does not answer. Names that only
 * the file of hosts knows are not found: they are not public.
 */
export function resolveByNameServers(): Resolve {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  return async (name) => {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    const refused = answers.find(({ status }) => status === 'rejected')
    if (addresses.length === 0 && refused?.status === 'rejected') throw refused.reason
    return addresses
  }
}
