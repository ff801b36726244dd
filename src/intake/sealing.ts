import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Keys for one use each, drawn from the service's key. */
export interface Keys {
  readonly pseudonyms: Uint8Array
  readonly people: Uint8Array
  /** Seals the secrets of webhooks. */
  readonly webhooks: Uint8Array
}

/** Draws the keys from the service's key of 32 bytes (HKDF, RFC 5869). */
export function drawKeys(key: Uint8Array): Keys {
  const draw = (use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, '', `greenlane ${use}`, 32))
  return { pseudonyms: draw('pseudonyms'), people: draw('personal data'), webhooks: draw('webhooks') }
}

/** Most pseudonyms that are remembered: one sender sends many parcels. */
const remembered = 50_000

/** Makes the function that gives a text its pseudonym: the first 16 bytes of its HMAC-SHA-256 (RFC 2104), in base64url. */
export function pseudonymsBy(key: Uint8Array): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
    if (known.size >= remembered) known.clear()
    known.set(text, made)
    return made
  }
}

const version = 1

/** Seals a text: a byte for the form, 12 random bytes, the tag and what AES-256-GCM (NIST SP 800-38D) makes of it. `of` is what it belongs to. */
export function seal(text: string, key: Uint8Array, of: string): Uint8Array {
  const nonce = drawNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(of))
  const body = cipher.update(text, 'utf8')
  const rest = cipher.final()
  return Buffer.concat([versionByte, nonce, cipher.getAuthTag(), body, rest])
}

const versionByte = Buffer.from([version])
/** Random bytes that no nonce was made of yet: asking the system for a few takes as long as for many. */
let drawn = Buffer.alloc(0)

function drawNonce(): Uint8Array {
  if (drawn.length < 12) drawn = randomBytes(12 * 500)
  const nonce = drawn.subarray(0, 12)
  drawn = drawn.subarray(12)
  return nonce
}

/** Opens what `seal` made. Throws where the key is another, or anything was changed. */
export function unseal(sealed: Uint8Array, key: Uint8Array, of: string): string {
  if (sealed[0] !== version || sealed.length < 29) throw new Error('This was not sealed by this version of Greenlane.')
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
  decipher.setAAD(Buffer.from(of)).setAuthTag(bytes.subarray(13, 29))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
  } catch (error) {
    throw new Error('It was sealed with another key, or was changed.', { cause: error })
  }
}
