import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = readonly [Address, number]

/**
 * Finds the address that a request comes from: that of the connection, or, behind a proxy that is trusted, the last one in
 * X-Forwarded-For that no trusted proxy has. What stands before it there was written by whoever sent it.
 */
export function addressFinder(trusted: readonly string[]): (context: Context) => string {
  const ranges = trusted.map(rangeOf)
  return (context) => {
    const direct = connectedAddress(context)
    if (direct === null) return 'unknown'
    if (!isWithin(direct, ranges)) return direct.toString()
    const chain = (context.req.header('x-forwarded-for') ?? '').split(',').map((text) => text.trim())
    let last = direct
    for (const text of chain.reverse()) {
      const one = parsed(text)
      if (one === null) break
      last = one
      if (!isWithin(one, ranges)) break
    }
    return last.toString()
  }
}

/** What limits count an address by: the address, or of IPv6 the network of 64 bits that one household or office has. */
export function networkOf(address: string): string {
  const one = parsed(address)
  if (one === null || one.kind() === 'ipv4') return address
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${one.toString()}/64`).toString()}/64`
}

/** The socket's own address; null where there is no socket, as in a test without a server. */
function connectedAddress({ env }: Context): Address | null {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return parsed(incoming?.socket?.remoteAddress ?? '')
}

function parsed(text: string): Address | null {
  return ipaddr.isValid(text) ? ipaddr.process(text) : null
}

function rangeOf(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function isWithin(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
}
