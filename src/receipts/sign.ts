import { sign } from 'node:crypto'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import type { SigningKey } from './receipt-key.ts'

/** Says what kind of JWS this is, so that no other token is taken for a receipt (RFC 8725, 3.11). */
export const receiptKind = 'greenlane-receipt'

/** What is signed: the claims beside the registered ones of a JWT (RFC 7519), as JSON text. */
export function receiptPayload(claims: ReceiptClaims): string {
  const { id, issuer, issued, expires } = claims
  const registered = { iss: issuer, jti: id, iat: secondsOf(issued), exp: secondsOf(expires) + secondsADay }
  return JSON.stringify({ ...registered, ...claims })
}

/**
 * Signs what a receipt says: a compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). The same payload gives the same text. Written
 * with the engine's own signature, at once: it runs in threads that check thousands of items, where a promise for each takes as long again.
 */
export function signReceipt(payload: string, { kid, privateKey }: SigningKey): string {
  const header = JSON.stringify({ alg: 'EdDSA', kid, typ: receiptKind })
  const signed = `${base64url(header)}.${base64url(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
}

const secondsADay = 86_400

function secondsOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
