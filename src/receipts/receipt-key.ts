import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'

/** The private half of a key that signs receipts, and its name. Threads may be given it. */
export interface SigningKey {
  /** Thumbprint of the key (RFC 7638). */
  readonly kid: string
  readonly privateKey: KeyObject
}

/** A key that signs receipts: Ed25519 (RFC 8032). */
export interface ReceiptKey extends SigningKey {
  readonly publicKey: PublicReceiptKey
}

/** The public half as a JWK (RFC 8037) in a JWKS. */
export interface PublicReceiptKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'EdDSA'
}

/** What stands before the 32 bytes of a private Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key that signs receipts: of the 32 bytes that are given, else drawn from the service's key (HKDF with SHA-256, RFC 5869), which is
 * in the data folder and readable by its owner alone. A new one is given to rotate: receipts of the one before stay good.
 */
export async function receiptKey(given: Uint8Array | null, serviceKey: Uint8Array): Promise<ReceiptKey> {
  const seed = given ?? new Uint8Array(hkdfSync('sha256', serviceKey, 'greenlane', 'receipts', 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
  return { kid, privateKey, publicKey: { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' } }
}
