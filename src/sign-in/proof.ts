/**
 * What a session was proven by. A password alone proves too little: such a session can only set up a second factor or a passkey.
 */
export type Proof = 'password' | 'second-factor' | 'passkey' | 'organisation'

/** What of the sign-in library's context tells how somebody came in. */
export interface CameBy {
  readonly path?: string
  readonly context?: { readonly session?: { readonly session?: Readonly<Record<string, unknown>> } | null }
}

const proofs: Readonly<Record<string, Proof>> = {
  '/two-factor/verify-totp': 'second-factor',
  '/two-factor/verify-backup-code': 'second-factor',
  '/passkey/verify-authentication': 'passkey',
  '/callback/:id': 'organisation',
}

/** The proof of a session that is being made; whatever is not known to be more counts as a password. */
export function proofOf(cameBy: CameBy | null): Proof {
  const path = cameBy?.path ?? ''
  if (path === '/change-password') return proofIn(cameBy?.context?.session?.session?.['proof'])
  return proofs[path] ?? 'password'
}

/** A stored proof; what is not one counts as a password. */
export function proofIn(value: unknown): Proof {
  return Object.values(proofs).find((proof) => proof === value) ?? 'password'
}
