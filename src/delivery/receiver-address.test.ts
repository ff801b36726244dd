import { describe, expect, test } from 'vitest'
import {
  findReceiver,
  isPublicAddress,
  ReceiverRefused,
  readReceiverUrl,
  resolveByNameServers,
} from './receiver-address.ts'

const strict = { allowLoopback: false }
const loose = { allowLoopback: true }

describe('an address is public', () => {
  test.each(['8.8.8.8', '1.1.1.1', '185.60.216.35', '2606:4700::1111', '2a00:1450:4001::1'])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('an address is not public', () => {
  test.each([
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['private', '10.1.2.3'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['link-local and metadata of clouds', '169.254.169.254'],
    ['metadata of a cloud in a public range', '168.63.129.16'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.100.100.200'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '203.0.113.7'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['relay of 6to4', '192.88.99.1'],
    ['no address', '::'],
    ['loopback', '::1'],
    ['mapped IPv4', '::ffff:127.0.0.1'],
    ['mapped public IPv4', '::ffff:8.8.8.8'],
    ['compatible IPv4', '::127.0.0.1'],
    ['translated IPv4', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with its zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['discard', '100::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['ORCHID', '2001:20::1'],
    ['segment routing', '5f00::1'],
    ['not yet given', '4000::1'],
    ['no address at all', 'example.org'],
    ['an empty text', ''],
  ])('%s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('the URL of a receiver', () => {
  test.each([
    'https://hooks.example.org/greenlane?a=b',
    'https://hooks.example.org:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('may be %s', (url) => {
    expect(readReceiverUrl(url, strict).href).toBe(url)
  })

  test.each([
    ['', 'no URL'],
    ['hooks.example.org', 'no URL'],
    ['http://hooks.example.org/', 'begins with https'],
    ['ftp://hooks.example.org/', 'begins with https'],
    ['file:///etc/passwd', 'begins with https'],
    ['https://somebody:word@hooks.example.org/', 'name or password'],
    ['https://somebody@hooks.example.org/', 'name or password'],
    ['https://127.0.0.1/', 'not public'],
    ['https://2130706433/', 'not public'],
    ['https://0x7f.1/', 'not public'],
    ['https://0177.0.0.1/', 'not public'],
    ['https://127.1/', 'not public'],
    ['https://127.0.0.1./', 'not public'],
    ['https://①②⑦.⓪.⓪.①/', 'not public'],
    ['https://0/', 'not public'],
    ['https://169.254.169.254/latest/', 'not public'],
    ['https://[::1]/', 'not public'],
    ['https://[::ffff:7f00:1]/', 'not public'],
    ['https://[64:ff9b::7f00:1]/', 'not public'],
    [`https://hooks.example.org/${'a'.repeat(2000)}`, 'longer'],
  ])('is refused: %s', (url, why) => {
    expect(() => readReceiverUrl(url, strict)).toThrow(why)
    expect(() => readReceiverUrl(url, strict)).toThrow(ReceiverRefused)
  })

  test('may be plain http to this machine where the configuration allows it, and there alone', () => {
    for (const url of ['http://127.0.0.1:9/', 'http://localhost:9/', 'http://[::1]:9/'])
      expect(readReceiverUrl(url, loose).href).toBe(url)
    expect(() => readReceiverUrl('http://hooks.example.org/', loose)).toThrow('begins with https')
    expect(() => readReceiverUrl('http://10.0.0.1/', loose)).toThrow('begins with https')
    expect(() => readReceiverUrl('https://10.0.0.1/', loose)).toThrow('not public')
  })
})

describe('the addresses of a receiver', () => {
  const url = new URL('https://hooks.example.org/')

  test('are those that the name servers tell, asked once', async () => {
    let asked = 0
    const resolve = async (): Promise<string[]> => {
      asked += 1
      return ['8.8.8.8', '2606:4700::1111']
    }
    const { addresses } = await findReceiver(url, strict, resolve)
    expect([addresses, asked]).toEqual([['8.8.8.8', '2606:4700::1111'], 1])
  })

  test.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['8.8.8.8', '::ffff:10.0.0.1']], [['8.8.8.8', 'rubbish']]])(
    'are refused when one of them is not public: %s',
    async (addresses) => {
      await expect(findReceiver(url, strict, async () => addresses)).rejects.toThrow('not public')
    },
  )

  test('are refused when there are none, or the name servers do not tell', async () => {
    await expect(findReceiver(url, strict, async () => [])).rejects.toThrow('no address')
    await expect(findReceiver(url, strict, () => Promise.reject(new Error('ENOTFOUND')))).rejects.toThrow('no address')
  })

  test('are not asked for where the receiver is an address itself', async () => {
    const never = (): Promise<string[]> => Promise.reject(new Error('asked'))
    expect((await findReceiver(new URL('https://[2606:4700::1111]/'), strict, never)).addresses).toEqual([
      '2606:4700::1111',
    ])
    await expect(findReceiver(new URL('https://10.0.0.1/'), strict, never)).rejects.toThrow('not public')
    await expect(findReceiver(new URL('https://localhost/'), strict, resolveByNameServers())).rejects.toThrow(
      ReceiverRefused,
    )
  })
})
