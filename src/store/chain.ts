import { hash } from 'node:crypto'

/** One event before it has its place in the chain. */
export interface NewEvent {
  readonly parcel: number
  readonly kind: string
  readonly at: string
  readonly actor: string
  /** JSON text. */
  readonly body: string
}

/** What the first event of a tenant is chained to. */
export const firstHash: Uint8Array = new Uint8Array(32)

/**
 * Hash of an event: SHA-256 (FIPS 180-4) of the hash before it in hexadecimal, a line feed, and the JSON list of seq, tenant, parcel,
 * kind, instant, actor and body. Who changes an event must change every hash after it.
 */
export function chainHash(before: Uint8Array, tenant: string, seq: number, event: NewEvent): Uint8Array {
  const { parcel, kind, at, actor, body } = event
  const told = JSON.stringify([seq, tenant, parcel, kind, at, actor, body])
  return hash('sha256', `${hexOf(before)}\n${told}`, 'buffer')
}

/** Bytes in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
