import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** How hard a password is to try (RFC 7914). Stored with each hash, so that it can grow. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** What OWASP's advice on storing passwords asks of scrypt: 32 MiB and three passes. */
export const passwordCost: ScryptCost = { N: 2 ** 15, r: 8, p: 3 }

const bytes = 32

/** Hashes a password slowly, with a salt of its own, as `scrypt$N$r$p$salt$hash`. It runs beside the event loop. */
export async function hashPassword(password: string, cost: ScryptCost = passwordCost): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether a password is the one that was hashed. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const shape = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(hash)
  if (shape === null) return false
  const [, N, r, p, salt, stored] = shape as unknown as [string, string, string, string, string, string]
  const found = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  const wanted = Buffer.from(stored, 'base64url')
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

/** The same letters count as the same, however a keyboard composed them (NIST SP 800-63B-4, 3.1.1.2). */
function derive(password: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, bytes, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
}
