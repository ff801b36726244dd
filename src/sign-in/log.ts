import type { Log } from '../running/log.ts'

/** What happened, as the log calls it: the `kind` of its line. */
export type SignInEvent =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'second-factor-set'
  | 'passkey-set'
  | 'passkey-removed'
  | 'password-changed'
  | 'link-made'
  | 'link-used'
  | 'link-refused'
  | 'link-withdrawn'
  | 'member-changed'
  | 'member-removed'
  | 'key-made'
  | 'key-rotated'
  | 'key-revoked'
  | 'provider-unreachable'

/** Who did it, where it is known: an actor, never a name or an address. */
export interface Doer {
  readonly actor?: string
  readonly tenant?: string
  readonly role?: string
}

const refusals: ReadonlySet<SignInEvent> = new Set(['sign-in-refused', 'link-refused', 'provider-unreachable'])

/** Writes a line of what matters for safety: who came in, was refused, or changed what others may do. */
export function tell(log: Log, kind: SignInEvent, doer: Doer = {}): void {
  const level = refusals.has(kind) ? 'warn' : 'info'
  log[level]('Sign-in', { kind, ...doer })
}
