import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressFinder, networkOf } from './address.ts'

async function found(direct: string, forwarded: string | null, trusted: readonly string[]): Promise<string> {
  const find = addressFinder(trusted)
  const app = new Hono().get('/', (context) => context.text(find(context)))
  const headers: Record<string, string> = forwarded === null ? {} : { 'x-forwarded-for': forwarded }
  const env = { incoming: { socket: { remoteAddress: direct } } }
  return (await app.request('/', { headers }, env)).text()
}

test.each([
  ['198.51.100.7', null, [], '198.51.100.7'],
  ['::ffff:198.51.100.7', null, [], '198.51.100.7'],
  ['198.51.100.7', '203.0.113.9', [], '198.51.100.7'],
  ['10.0.0.2', '203.0.113.9', ['10.0.0.0/8'], '203.0.113.9'],
  ['10.0.0.2', '192.0.2.66, 203.0.113.9, 10.0.0.9', ['10.0.0.0/8'], '203.0.113.9'],
  ['10.0.0.2', 'nonsense, 10.0.0.9', ['10.0.0.0/8'], '10.0.0.9'],
  ['10.0.0.2', null, ['10.0.0.2'], '10.0.0.2'],
  ['::1', '2001:db8::5', ['::1/128'], '2001:db8::5'],
  ['', null, [], 'unknown'],
])(
  'a request from %s with X-Forwarded-For %s behind %j comes from %4$s',
  async (direct, forwarded, trusted, address) => {
    expect(await found(direct, forwarded, trusted)).toBe(address)
  },
)

test('limits count an IPv6 address by the network of one household', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2:ffff::1'))
  expect(networkOf('2001:db8:1:2:3:4:5:6')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('198.51.100.7')).toBe('198.51.100.7')
})
