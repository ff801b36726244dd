/**
 * Where sign-in writes what happened: any structured log with these two functions, such as pino. What is handed over names people
 * and keys by their ids only.
 */
export interface SignInLog {
  readonly info: (facts: object, message: string) => void
  readonly warn: (facts: object, message: string) => void
}

/** A log that keeps nothing. */
export const silentLog: SignInLog = { info: () => {}, warn: () => {} }

/** What happened, as the log calls it. */
export type SignInEvent =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'second-factor-set'
  | 'passkey-set'
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
  | 'forbidden'
  | 'provider-unreachable'
