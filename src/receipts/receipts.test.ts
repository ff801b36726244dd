import { CompactSign, decodeProtectedHeader, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { receiptFor } from '../../test/checks/checks.fixture.ts'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import { receiptId } from '../core/act/receipt-id.ts'
import { type PublicReceiptKey, type ReceiptKey, receiptKey } from './receipt-key.ts'
import { receiptPayload, signReceipt } from './sign.ts'
import { ReceiptRefused, verifyReceipt } from './verify.ts'

const key = await receiptKey(new Uint8Array(32).fill(7), new Uint8Array(32))
const other = await receiptKey(new Uint8Array(32).fill(8), new Uint8Array(32))
const claims: ReceiptClaims = {
  ...receiptFor({ title: 'tomato seeds', originCountry: 'CN', shipsFrom: 'CN', destinations: ['FR'] }),
  id: receiptId(new Uint8Array(8).fill(3)),
}
const jws = signReceipt(receiptPayload(claims), key)
const on = '2026-12-01'

async function refused(
  text: string,
  { keys = [key.publicKey], day = on }: { readonly keys?: readonly PublicReceiptKey[]; readonly day?: string } = {},
): Promise<string> {
  try {
    await verifyReceipt(text, keys, day)
    return 'it holds'
  } catch (error) {
    if (!(error instanceof ReceiptRefused)) throw error
    return error.why
  }
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const [header = '', payload = '', signature = ''] = jws.split('.')

/** Signs whatever is given as if it were a receipt. */
const signed = (value: unknown, protectedHeader: object = {}, by: ReceiptKey = key): Promise<string> =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'EdDSA', kid: by.kid, typ: 'greenlane-receipt', ...protectedHeader })
    .sign(by.privateKey)

describe('a signed receipt', () => {
  it('says what it says, to whoever has the public key', async () => {
    expect(await verifyReceipt(jws, [key.publicKey], on)).toEqual(claims)
  })

  it('is a compact JWS with EdDSA that names its key by the thumbprint of RFC 7638', () => {
    expect(decodeProtectedHeader(jws)).toEqual({ alg: 'EdDSA', kid: key.kid, typ: 'greenlane-receipt' })
    expect(key.publicKey).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: key.kid })
    expect(JSON.stringify(key.publicKey)).not.toContain('"d"')
  })

  it('is the same text for the same claims', () => {
    expect(signReceipt(receiptPayload(claims), key)).toBe(jws)
  })

  it('holds after the key was rotated, while the old public key is kept', async () => {
    expect(await verifyReceipt(jws, [other.publicKey, key.publicKey], on)).toEqual(claims)
  })
})

describe('a receipt is refused', () => {
  it('when it is forged with a key that is not known', async () => {
    expect(await refused(signReceipt(receiptPayload(claims), other))).toBe('key-unknown')
  })

  it('when it is forged in the name of a key that is known', async () => {
    expect(await refused(await signed(claims, { kid: key.kid }, other))).toBe('signature')
  })

  it('when a letter of it was altered, wherever it stands', async () => {
    const altered = part({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), origin: 'NL' })
    expect(await refused([header, altered, signature].join('.'))).toBe('signature')
    const wrong = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
    expect(await refused([header, payload, wrong].join('.'))).toBe('signature')
  })

  it('when it is expired, or of a day to come', async () => {
    expect(await refused(jws, { day: claims.expires })).toBe('it holds')
    expect(await refused(jws, { day: '2027-02-23' })).toBe('expired')
    expect(await refused(jws, { day: '2026-11-23' })).toBe('not-yet')
  })

  it('when it claims to need no signature, or another algorithm', async () => {
    expect(await refused([part({ alg: 'none', kid: key.kid }), payload, ''].join('.'))).toBe('algorithm')
    const secret = Buffer.from(key.publicKey.x, 'base64url')
    const hmac = await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(secret)
    expect(await refused(hmac)).toBe('algorithm')
  })

  it('when it names no key', async () => {
    expect(await refused([part({ alg: 'EdDSA', typ: 'greenlane-receipt' }), payload, signature].join('.'))).toBe(
      'key-unknown',
    )
  })

  it('when what is signed is another kind of token, or says something else', async () => {
    expect(await refused(await signed(claims, { typ: 'JWT' }))).toBe('malformed')
    expect(await refused(await signed({ hello: 'world' }))).toBe('claims')
    expect(await refused(await signed({ ...claims, exempt: 'always' }))).toBe('claims')
    expect(await refused(await signed({ ...claims, id: 'GL-0000-0000-0000-1' }))).toBe('claims')
  })

  it.each(['', 'x', 'a.b', 'a.b.c', 'a.b.c.d', `${header}.${payload}.%%%`])('when it is none: «%s»', async (text) => {
    expect(await refused(text)).toMatch(/^(malformed|signature)$/)
  })
})

describe('the key of receipts', () => {
  it('is drawn from the key of the service, and is another one when another is given', async () => {
    const service = new Uint8Array(32).fill(5)
    const drawn = await receiptKey(null, service)
    expect((await receiptKey(null, service)).kid).toBe(drawn.kid)
    expect((await receiptKey(null, new Uint8Array(32).fill(6))).kid).not.toBe(drawn.kid)
    expect((await receiptKey(new Uint8Array(32).fill(1), service)).kid).not.toBe(drawn.kid)
  })

  it('is the Ed25519 key that RFC 8032 makes of the same 32 bytes', async () => {
    // RFC 8032, 7.1, test 1.
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
    const { publicKey } = await receiptKey(new Uint8Array(seed), new Uint8Array(32))
    const known = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
    expect(Buffer.from(publicKey.x, 'base64url').toString('hex')).toBe(known)
  })
})
