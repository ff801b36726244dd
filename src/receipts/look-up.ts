import type { Kysely } from 'kysely'
import type { ReceiptClaims } from '../core/act/receipt.ts'
import { readReceiptId } from '../core/act/receipt-id.ts'
import type { LookedUp } from '../intake/reception.ts'
import { findReceipt, receiptKeysOn } from '../store/receipts.ts'
import type { Tables } from '../store/schema.ts'
import type { PublicReceiptKey, ReceiptKey } from './receipt-key.ts'
import { claimsIn, ReceiptRefused, refuseByDay, verifyReceipt } from './verify.ts'

/** Where receipts are looked up, and on which day (2026-11-24). */
export interface LookUp {
  readonly db: Kysely<Tables>
  readonly key: ReceiptKey
  readonly tenant: string
  readonly day: string
}

/** What a receipt says, by its signed form or its short id. Throws ReceiptRefused where it does not hold. */
export async function lookUpReceipt(text: string, { db, key, tenant, day }: LookUp): Promise<ReceiptClaims> {
  if (text.includes('.')) {
    const claims = await verifyReceipt(text, await knownKeys(db, key, day), day)
    if (claims.tenant !== tenant) throw new ReceiptRefused('unknown', 'It was given by another authority.')
    return claims
  }
  const id = readReceiptId(text)
  if (id === null) throw new ReceiptRefused('malformed', 'This is no id of a receipt: compare it letter by letter.')
  const found = await findReceipt(db, tenant, id)
  if (found === undefined) throw new ReceiptRefused('unknown', `There is no receipt ${id} here.`)
  const claims = claimsIn(found.payload)
  refuseByDay(claims, day)
  return claims
}

/** Looks up a receipt that a parcel claims: what it says, or why it does not hold. */
export async function lookUpClaim(text: string, where: LookUp): Promise<LookedUp> {
  // A signed form is long; what cannot be read is shown by its beginning.
  const name = readReceiptId(text) ?? text.slice(0, 24)
  try {
    const claims = await lookUpReceipt(text, where)
    return { receipt: claims.id, claims, why: null }
  } catch (error) {
    if (!(error instanceof ReceiptRefused)) throw error
    return { receipt: name, claims: null, why: error.why }
  }
}

/** The key that signs now and all that signed what has not expired on a day. */
export async function knownKeys(
  db: Kysely<Tables>,
  { publicKey }: ReceiptKey,
  day: string,
): Promise<PublicReceiptKey[]> {
  const others = (await receiptKeysOn(db, day)).map((text) => JSON.parse(text) as PublicReceiptKey)
  return [publicKey, ...others.filter(({ kid }) => kid !== publicKey.kid)]
}
