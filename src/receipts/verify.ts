import { compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import { readReceiptId } from '../core/act/receipt-id.ts'
import { claimsSchema } from './claims-schema.ts'
import type { PublicReceiptKey } from './receipt-key.ts'
import { receiptKind } from './sign.ts'

/** Why a receipt is refused. */
export const refusals = [
  'malformed',
  'algorithm',
  'key-unknown',
  'signature',
  'claims',
  'not-yet',
  'expired',
  'unknown',
] as const

/** A receipt that does not hold, with a sentence that says why. */
export class ReceiptRefused extends Error {
  override readonly name = 'ReceiptRefused'
  readonly why: (typeof refusals)[number]

  constructor(why: ReceiptRefused['why'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** Longest receipt that is looked at: the claims on a few hundred destinations. */
const longest = 256 * 1024

/** Verifies a receipt with the keys that are known, on a day (2026-11-24). Throws ReceiptRefused. */
export async function verifyReceipt(
  jws: string,
  keys: readonly PublicReceiptKey[],
  on: string,
): Promise<ReceiptClaims> {
  const { kid } = headerOf(jws)
  const key = keys.find((one) => one.kid === kid)
  if (key === undefined) throw new ReceiptRefused('key-unknown', 'It is signed with a key that is not known here.')
  const claims = claimsIn(new TextDecoder().decode(await payloadOf(jws, key)))
  refuseByDay(claims, on)
  return claims
}

/** Refuses a receipt that is not of this day, or not any more. Throws ReceiptRefused. */
export function refuseByDay({ issued, expires }: ReceiptClaims, on: string): void {
  if (on < issued) throw new ReceiptRefused('not-yet', `It is of ${issued}, a day that has not come.`)
  if (on > expires) throw new ReceiptRefused('expired', `It was honoured until ${expires}.`)
}

function headerOf(jws: string): { readonly kid: string } {
  const malformed = 'It is no JWS in compact form: three parts with full stops between.'
  if (jws.length > longest || jws.split('.').length !== 3) throw new ReceiptRefused('malformed', malformed)
  const header = parsedHeader(jws, malformed)
  const { alg, kid, typ } = header
  if (alg !== 'EdDSA') throw new ReceiptRefused('algorithm', 'Receipts are signed with EdDSA, and this one is not.')
  if (typ !== receiptKind) throw new ReceiptRefused('malformed', 'It is signed, and is no receipt.')
  if (typeof kid !== 'string') throw new ReceiptRefused('key-unknown', 'It does not name the key it is signed with.')
  return { kid }
}

function parsedHeader(jws: string, malformed: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(jws)
  } catch (error) {
    throw new ReceiptRefused('malformed', malformed, { cause: error })
  }
}

async function payloadOf(jws: string, key: PublicReceiptKey): Promise<Uint8Array> {
  try {
    const { payload } = await compactVerify(jws, await importJWK({ ...key }, 'EdDSA'), { algorithms: ['EdDSA'] })
    return payload
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      throw new ReceiptRefused('signature', 'Its signature does not fit: it was forged or altered.', { cause: error })
    throw new ReceiptRefused('malformed', 'It is no JWS that can be read.', { cause: error })
  }
}

/** What a payload of a receipt says. Throws ReceiptRefused where it says something else. */
export function claimsIn(payload: string): ReceiptClaims {
  const refused = (cause?: unknown): ReceiptRefused =>
    new ReceiptRefused('claims', 'It is signed, and does not say what a receipt says.', { cause })
  let told: unknown
  try {
    told = JSON.parse(payload)
  } catch (error) {
    throw refused(error)
  }
  const { data, error } = claimsSchema.safeParse(told)
  if (data === undefined || readReceiptId(data.id) !== data.id) throw refused(error)
  return data as ReceiptClaims
}
